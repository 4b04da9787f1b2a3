from odoo import fields, models


class ReelBlock(models.TransientModel):
    """Why reels must not be used."""

    _name = "cantoneira.reel.block"
    _description = "Block reels"

    lot_ids = fields.Many2many(
        "stock.lot", string="Reels", required=True, default=lambda self: self._chosen()
    )
    reason = fields.Char(required=True, help="Everybody who looks for the reel will read it.")

    def _chosen(self):
        context = self.env.context
        ids = context.get("active_ids") if context.get("active_model") == "stock.lot" else []
        return self.env["stock.lot"].browse(ids)

    def action_block(self):
        self.lot_ids._block(self.reason)
        return {"type": "ir.actions.act_window_close"}
