"""What a confirmed order does to its manufacturing orders: reschedule, cancel, make again."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # sudo: finance opens orders too, and may not read what is manufactured.
    lacks_production = fields.Boolean(compute="_compute_lacks_production", compute_sudo=True)
    listed_production_ids = fields.Many2many(
        "mrp.production",
        string="Manufacturing orders on the form",
        compute="_compute_listed_production_ids",
        help="The manufacturing orders, as the form shows them.",
    )

    @api.depends("state", "production_ids")
    def _compute_listed_production_ids(self):
        """A quotation has none, and need not ask for them at each number that is typed."""
        for order in self:
            quoted = order.state in ("draft", "sent")
            order.listed_production_ids = False if quoted else order.production_ids

    @api.depends("state", "order_line.production_ids.state", "order_line.qty_delivered")
    def _compute_lacks_production(self):
        for order in self:
            order.lacks_production = bool(order._lines_without_production())

    def _lines_without_production(self):
        """Confirmed lines whose manufacturing orders were all cancelled by hand."""
        return self.order_line.filtered(
            lambda line: (
                line.state == "sale"
                and line.is_composite
                and line.production_ids
                and set(line.production_ids.mapped("state")) == {"cancel"}
                and line.product_uom_id.compare(line.qty_delivered, line.product_uom_qty) < 0
            )
        )

    def action_recreate_production(self):
        """Make what was cancelled again: new deliveries and manufacturing orders for its lines.

        Core turns the delivery of a cancelled manufacturing order into one from stock, which
        waits for ever; it is cancelled here and procured anew.
        """
        lines = self._lines_without_production()
        # sudo: deliveries are the warehouse's; these wait for what was just said to be made again.
        lines.sudo().move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )._action_cancel()
        lines._action_launch_stock_rule()

    def write(self, vals):
        """Another promised date reaches the manufacturing orders, not only the deliveries.

        Guarded by ``test_order_changes``.
        """
        result = super().write(vals)
        if vals.get("commitment_date"):
            self._reschedule_production()
        return result

    def _reschedule_production(self):
        slots = self.env.context.get("promise_slots") or {}
        for order in self.filtered(lambda order: order.state == "sale"):
            # sudo: the promised date is the salesperson's to give; production keeps what it has started.
            productions = order.sudo().production_ids.filtered(lambda p: p._is_unstarted())
            for bom, group in productions.grouped("bom_id").items():
                start = fields.Datetime.subtract(order.commitment_date, days=bom.produce_delay)
                planned = group.filtered(lambda p: p in slots)
                (group - planned).write(
                    {"date_deadline": order.commitment_date, "date_start": start}
                )
                for production in planned:
                    production.write(
                        {
                            "date_deadline": order.commitment_date,
                            **production._slot_values(slots[production]),
                        }
                    )

    def _action_cancel(self):
        """Give back the material of production that has not started.

        Core leaves the manufacturing orders confirmed with all they reserve. Guarded by
        ``test_order_changes``.
        """
        # sudo: a salesperson has no rights on manufacturing orders; these are their own order's.
        productions = self.sudo().production_ids.filtered(
            lambda p: p.state not in ("done", "cancel")
        )
        if started := productions.filtered(lambda p: not p._is_unstarted()):
            raise UserError(
                self.env._(
                    "%(orders)s has started, so %(sale)s cannot be cancelled. Ask production to finish "
                    "or cancel it first.",
                    orders=", ".join(started.mapped("name")),
                    sale=", ".join(started.sale_order_id.mapped("name")),
                )
            )
        # sudo: cancelling a delivery looks at purchases and stock that a salesperson may not see; it is
        # part of the order, and the right to change that is checked here.
        self.check_access("write")
        result = super(SaleOrder, self.sudo())._action_cancel()
        productions.filtered(lambda p: p.state != "cancel").action_cancel()
        return result
