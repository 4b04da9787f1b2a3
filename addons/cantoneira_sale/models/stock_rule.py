from odoo import models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _make_mo_get_domain(self, procurement, bom):
        """One manufacturing order per sale line: never enlarge another line's.

        Core matches product and order only. Guarded by ``test_order_changes``.
        """
        domain = super()._make_mo_get_domain(procurement, bom)
        if line_id := procurement.values.get("sale_line_id"):
            domain += (("sale_line_id", "=", line_id),)
        return domain

    def _prepare_mo_vals(
        self,
        product_id,
        product_qty,
        product_uom,
        location_dest_id,
        name,
        origin,
        company_id,
        values,
        bom,
    ):
        """The place in the queue that the promised date rests on. Guarded by ``test_promise_date``."""
        production = super()._prepare_mo_vals(
            product_id,
            product_qty,
            product_uom,
            location_dest_id,
            name,
            origin,
            company_id,
            values,
            bom,
        )
        slots = self.env.context.get("promise_slots") or {}
        if slot := slots.get(values.get("sale_line_id")):
            production.update(self.env["mrp.production"]._slot_values(slot))
        return production
