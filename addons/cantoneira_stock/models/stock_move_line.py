from odoo import models

from .. import arithmetic


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _get_aggregated_properties(self, move_line=False, move=False):
        """Keep bars of different lengths on lines of their own in the delivery slip.

        Core's key lacks the length and printed one sum. Guarded by ``test_delivery_slip``.
        """
        properties = super()._get_aggregated_properties(move_line=move_line, move=move)
        if length := properties["move"].piece_length_mm:
            properties["piece_length_mm"] = length
            # In front: core compares keys by their beginning.
            properties["line_key"] = f"{length}mm_{properties['line_key']}"
        return properties

    def _get_aggregated_product_quantities(self, **kwargs):
        """Say every aggregated quantity of bars in pieces × length too."""
        aggregated = super()._get_aggregated_product_quantities(**kwargs)
        for line in aggregated.values():
            if length := line.get("piece_length_mm"):
                for name in ("qty_ordered", "quantity"):
                    label = self.env["cantoneira.composite.length.mixin"]._format_pieces(
                        arithmetic.pieces_in(line[name] or 0, length), length
                    )
                    line[f"{name}_label"] = label
        return aggregated
