"""On which machine an order runs, and for how long."""

from odoo import api, fields, models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    machine_id = fields.Many2one(
        "mrp.workcenter",
        "Production line",
        compute="_compute_machine_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        tracking=True,
        help="The line in whose queue this order stands.",
    )
    date_material = fields.Datetime(
        "Material expected",
        copy=False,
        help="When the material was expected that was missing as the date was promised; the order "
        "is planned behind it.",
    )

    @api.depends("product_id", "company_id")
    def _compute_machine_id(self):
        Queue = self.env["cantoneira.machine.queue"]
        for company, orders in self.grouped("company_id").items():
            machines = Queue._machines_of(orders.product_id, company)
            for order in orders:
                if order.state in (False, "draft", "confirmed"):
                    order.machine_id = machines.get(order.product_id)

    def _is_running(self):
        """Whether it is on the machine now."""
        return bool(self) and (self.state in ("progress", "to_close") or self.qty_producing > 0)

    def _run_time(self):
        """How long its machine runs for this order (``timedelta``); none when nobody said."""
        self.ensure_one()
        return self.machine_id._run_time(self.product_id, self.product_uom_qty)

    @api.model
    def _slot_values(self, slot):
        """Values of an order that is made in this :class:`machine_queue.Slot`."""
        return {
            "machine_id": slot.machine.id,
            "date_start": slot.start,
            "date_finished": slot.end,
            "date_material": slot.release,
        }

    @api.depends(
        "product_uom_qty",
        "product_id.metres_per_hour",
        "machine_id.speed_ids.metres_per_hour",
    )
    def _compute_duration_expected(self):
        """Without work orders the speed of the profile decides. See ``test_duration``."""
        result = super()._compute_duration_expected()
        for production in self.filtered(lambda order: not order.workorder_ids):
            production.duration_expected = production._run_time().total_seconds() / 60
        return result

    @api.depends("product_uom_qty", "product_id.metres_per_hour", "machine_id")
    def _compute_date_finished(self):
        """Without work orders the speed of the profile decides. See ``test_duration``.

        An order that is created in its slot (context ``slots_given``) ends with the slot, which
        knows the nights: core computes the end again while it makes the moves.
        """
        placed = self.browse()
        if self.env.context.get("slots_given"):
            placed = self.filtered(
                lambda p: p.date_start and p.date_finished >= p.date_start + p._run_time()
            )
        result = super(MrpProduction, self - placed)._compute_date_finished()
        for production in self - placed:
            needed = production._run_time()
            planned = production.is_planned or production.workorder_ids
            fixed = production.state == "done" or production.bom_id.produce_delay
            if needed and production.date_start and not planned and not fixed:
                production.date_finished = production.date_start + needed
        for production in placed:
            production.date_finished = production.date_finished
        return result
