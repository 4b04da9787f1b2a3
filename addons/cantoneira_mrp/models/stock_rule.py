from odoo import models


class StockRule(models.Model):
    _inherit = "stock.rule"

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
        """Tell the manufacturing order the length of its pieces.

        Guarded by ``test_mixed_order`` of cantoneira_sale.
        """
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
        if values.get("piece_length_mm"):
            production["piece_length_mm"] = values["piece_length_mm"]
        return production

    def _make_mo_get_domain(self, procurement, bom):
        """Never enlarge the order of another length. Guarded by ``test_order_changes``."""
        return super()._make_mo_get_domain(procurement, bom) + (
            ("piece_length_mm", "=", procurement.values.get("piece_length_mm") or 0.0),
        )
