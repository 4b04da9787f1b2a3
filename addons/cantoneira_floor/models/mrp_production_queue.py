"""What the operator's screen shows: lines, queues, one order."""

from odoo import api, fields, models
from odoo.exceptions import UserError

FLOOR_STATES = ("confirmed", "progress", "to_close")


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    @api.model
    def floor_machines(self):
        """The lines of the user's companies: ``[{"id", "name", "orders"}]``.

        ``id`` 0 stands for open orders that have no line.
        """
        machines = self.env["mrp.workcenter"].search_fetch([], ["name"])
        counted = {
            machine.id: count
            for machine, count in self._read_group(
                self._floor_domain(), ["machine_id"], ["__count"]
            )
        }
        lines = [
            {"id": machine.id, "name": machine.name, "orders": counted.get(machine.id, 0)}
            for machine in machines
        ]
        if counted.get(False) or not lines:
            name = self.env._("No production line")
            lines.append({"id": 0, "name": name, "orders": counted.get(False, 0)})
        return lines

    @api.model
    def floor_queue(self, machine_id):
        """The open orders of a line (0: of none), what is on it first, then as planned.

        :return: ``{"orders": [...], "reasons": {"stop": [...], "scrap": [...], ...}}``. The same
            number of queries for any number of orders.
        """
        if machine_id and type(machine_id) is not int:
            raise UserError(self.env._("Choose the production line."))
        orders = self.search_fetch(
            [*self._floor_domain(), ("machine_id", "=", machine_id or False)],
            ["name", "product_id", "piece_qty", "piece_length_mm", "state", "origin"],
            order=self._floor_order(),
        )
        running = orders.filtered(lambda order: order._is_running())
        ordered = running + (orders - running)
        reasons = self.env["cantoneira.floor.reason"].search_fetch([], ["name", "kind"])
        kinds = reasons._fields["kind"].get_values(self.env)
        return {
            "orders": ordered._floor_rows(),
            "reasons": {
                kind: [
                    {"id": reason.id, "name": reason.name}
                    for reason in reasons
                    if reason.kind == kind
                ]
                for kind in kinds
            },
        }

    @api.model
    def _floor_domain(self):
        return [
            ("state", "in", FLOOR_STATES),
            ("product_id.composite_length", "=", True),
            ("company_id", "in", self.env.companies.ids),
        ]

    def floor_read(self):
        """One order as :meth:`floor_queue` has it, with drawings, instructions, scrap, materials."""
        order = self._floor_one()
        [row] = order._floor_rows()
        scraps = order.scrap_piece_ids
        row.update(
            {
                "drawings": order.product_id._floor_drawings(),
                "instructions": order.product_id.floor_instructions or "",
                "scraps": [
                    {"id": scrap.id, "pieces": scrap.piece_qty, "reason": scrap.reason_id.name}
                    for scrap in scraps
                ],
                "rest": order._floor_rest().name or "",
                "closing": order._closing_choices(),
                **order._floor_consumption_row(),
            }
        )
        return row

    def _floor_one(self):
        """The one order meant, or a sentence."""
        if len(self) != 1 or not self.exists():
            raise UserError(self.env._("This order is no longer there. Look at the queue again."))
        return self

    def _floor_rest(self):
        """The order that makes what this finished one did not."""
        if self.state != "done" or not self.production_group_id:
            return self.browse()
        others = self.production_group_id.production_ids - self
        return others.filtered(lambda order: order.state in FLOOR_STATES)[:1]

    def _floor_rows(self):
        """What the screen says of each of these orders, plain data; dates in UTC."""
        customers = self._floor_customers()
        now = fields.Datetime.now()
        return [
            {
                "id": order.id,
                "name": order.name,
                "profile": order.product_id.name,
                "pieces": order.piece_qty,
                "length_mm": order.piece_length_mm,
                "label": order.composite_label or "",
                "metres": order.product_qty,
                "made": order.pieces_producing,
                "scrapped": order.scrapped_pieces,
                "customer": customers.get(order, ""),
                "origin": order.origin or "",
                "machine_id": order.machine_id.id or 0,
                "machine": order.machine_id.name or "",
                "deadline": fields.Datetime.to_string(order.date_deadline) or False,
                "late": order._is_late(now),
                "state": order.floor_state,
                "operator": order.floor_user_id.name or "",
                "reason": order._open_stop().reason_id.name or "",
                "since": fields.Datetime.to_string(order._open_stop().date_start) or False,
                "minutes": round(order.productive_minutes, 1),
                "material": order.reservation_state == "assigned",
            }
            for order in self
        ]

    def _floor_customers(self):
        """``{order: name}`` of who gets the bars, as far as the deliveries they feed say it.

        sudo: an operator may not read deliveries or contacts; only the name is passed on.
        """
        customers = {}
        for order in self:
            fed = order.sudo().move_finished_ids.move_dest_ids
            partner = (fed.picking_id.partner_id or fed.partner_id)[:1]
            if partner:
                customers[order] = partner.commercial_partner_id.name or partner.name
        return customers
