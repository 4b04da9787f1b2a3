from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import arithmetic


class StockMove(models.Model):
    """Moves of profiles carry the length of their pieces from the order to the truck."""

    _name = "stock.move"
    _inherit = ["stock.move", "cantoneira.composite.length.mixin"]

    _composite_metres_depends = ("product_uom_qty", "quantity", "state")

    pieces_moved = fields.Integer(
        "Pieces moved",
        compute="_compute_pieces_moved",
        inverse="_inverse_pieces_moved",
        help="Whole pieces in the quantity: who loads the truck counts pieces, not metres.",
    )

    def _composite_metres(self):
        """What was moved once done, what was asked for until then."""
        return self.quantity if self.state == "done" else self.product_uom_qty

    @api.depends("quantity", "piece_length_mm")
    def _compute_pieces_moved(self):
        for move in self:
            move.pieces_moved = int(arithmetic.pieces_in(move.quantity, move.piece_length_mm))

    @api.onchange("pieces_moved")
    def _inverse_pieces_moved(self):
        """Metres from the pieces that were counted."""
        for move in self.filtered("piece_length_mm"):
            if move.pieces_moved < 0:
                raise ValidationError(
                    self.env._(
                        "%(product)s: %(pieces)s pieces cannot be moved. Type a number from zero "
                        "up.",
                        product=move.product_id.display_name,
                        pieces=move.pieces_moved,
                    )
                )
            move.quantity = float(arithmetic.metres(move.pieces_moved, move.piece_length_mm))

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        """Never add bars of different lengths into one move.

        Guarded by ``test_other_length`` and ``test_delivery_slip`` of cantoneira_sale.
        """
        return super()._prepare_merge_moves_distinct_fields() + ["piece_length_mm"]

    @api.model
    def _prepare_merge_negative_moves_excluded_distinct_fields(self):
        """A decrease is merged into the move it takes from, whatever length it says."""
        return super()._prepare_merge_negative_moves_excluded_distinct_fields() + [
            "piece_length_mm"
        ]

    def _prepare_procurement_values(self):
        """Hand the length on to what is procured for this move."""
        values = super()._prepare_procurement_values()
        if self.piece_length_mm:
            values["piece_length_mm"] = self.piece_length_mm
        return values


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        """Copy the length from the procurement to the move. Guarded by ``test_other_length`` and ``test_delivery_slip`` of cantoneira_sale."""
        return super()._get_custom_move_fields() + ["piece_length_mm"]
