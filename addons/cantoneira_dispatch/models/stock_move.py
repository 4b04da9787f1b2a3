from odoo import api, models


class StockMove(models.Model):
    _inherit = "stock.move"

    @api.depends("piece_length_mm", "sale_line_id.grams_per_metre", "product_id.linear_weight")
    def _cal_move_weight(self):
        """Core multiplies with a weight typed on the product; bars weigh what their recipe does.

        Stored: deliveries and carriers add it up. Guarded by ``test_one_weight``.
        """
        result = super()._cal_move_weight()
        for move in self.filtered("is_composite"):
            move.weight = move.composite_weight
        return result

    def _gram_per_unit(self):
        """Grams in one unit of the product: a metre of a profile, or what core's weight says."""
        return self._composite_grams() if self.is_composite else self.product_id.weight * 1000
