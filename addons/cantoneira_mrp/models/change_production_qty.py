from odoo import api, fields, models

from odoo.addons.cantoneira_stock import arithmetic


class ChangeProductionQty(models.TransientModel):
    """Resize an order in pieces; the metres follow."""

    _inherit = "change.production.qty"

    piece_qty = fields.Integer("Pieces", compute="_compute_piece_qty", readonly=False)
    piece_length_mm = fields.Float(related="mo_id.piece_length_mm")

    @api.depends("product_qty", "mo_id")
    def _compute_piece_qty(self):
        for wizard in self:
            pieces = arithmetic.pieces_in(wizard.product_qty, wizard.piece_length_mm)
            wizard.piece_qty = int(pieces)

    @api.onchange("piece_qty")
    def _onchange_piece_qty(self):
        if self.piece_length_mm:
            self.product_qty = self.mo_id._composite_quantity(self.piece_qty, self.piece_length_mm)

    def change_prod_qty(self):
        """Promise what the order grows by. Guarded by ``test_growth_only``."""
        for wizard in self:
            order = wizard.mo_id
            order._promise_growth(order._needs_for(wizard.product_qty))
        return super().change_prod_qty()
