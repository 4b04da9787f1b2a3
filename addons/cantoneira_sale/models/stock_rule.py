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
