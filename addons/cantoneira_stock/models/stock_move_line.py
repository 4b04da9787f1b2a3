from odoo import models
from odoo.exceptions import UserError

from .. import arithmetic


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    # The ledger reads what was moved of a product, from the newest backwards.
    _ledger_index = models.Index("(product_id, date, id) WHERE state = 'done'")

    def write(self, vals):
        """What was moved stays as it was: core lets who has the rights rewrite it.

        Guarded by ``test_stock_ledger``.
        """
        if "quantity" in vals:
            for line in self.filtered(lambda line: line.state == "done"):
                changed = line.product_uom_id.compare(vals["quantity"], line.quantity)
                if changed and line.product_id._guarded():
                    raise UserError(
                        self.env._(
                            "%(reference)s: %(product)s was moved already and stays in the ledger "
                            "as it is. Make a return, or count what is there.",
                            reference=line.reference or line.move_id.display_name,
                            product=line.product_id.display_name,
                        )
                    )
        return super().write(vals)

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
