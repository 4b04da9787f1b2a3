from odoo import models

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _quantity_text(self):
        """``10 pcs × 2,500 mm``, or ``10 Units`` of what has no length."""
        if self.composite_label:
            return self.composite_label
        quantity = format_number(self.env, self.product_uom_qty, arithmetic.QUANTITY_DIGITS)
        return f"{quantity} {self.product_uom_id.name}"

    def _can_edit_pieces_on_portal(self):
        """Whether the customer may say how many pieces of this optional line they want.

        Of a profile they never change metres (``_can_be_edited_on_portal`` is False).
        """
        self.ensure_one()
        return (
            self.is_composite
            and bool(self.piece_qty and self.piece_length_mm)
            and self._is_line_optional()
            and self.order_id._can_be_edited_on_portal()
        )

    def _set_pieces_from_portal(self, pieces):
        """Take a number of pieces, at least one; what cannot be a number changes nothing."""
        try:
            pieces = max(int(pieces), 1)
        except (TypeError, ValueError, OverflowError):
            return
        if not arithmetic.pieces_problem(pieces):
            self.piece_qty = pieces
