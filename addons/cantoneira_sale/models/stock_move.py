from odoo import api, models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _documents_to_warn(self):
        """The order of the customer who waits.

        Guarded by ``test_the_order_is_told_when_its_paper_is_lost``.
        """
        order = self.sale_line_id.order_id or self.raw_material_production_id.sale_line_id.order_id
        return super()._documents_to_warn() + list(order)

    @api.depends("sale_line_id.grams_per_metre")
    def _compute_composite_weight(self):
        return super()._compute_composite_weight()

    def _composite_grams(self):
        """What leaves weighs what was ordered, whatever the recipe became since.

        Guarded by ``test_one_weight``.
        """
        # sudo: an operator need not see the sale for its weight.
        line = self.sudo().sale_line_id
        return line.grams_per_metre if line.is_composite else super()._composite_grams()
