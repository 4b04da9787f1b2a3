from odoo import fields, models
from odoo.exceptions import UserError


class QuickCount(models.TransientModel):
    """One thing, counted where it stands."""

    _name = "cantoneira.quick.count"
    _description = "Count one thing"

    quant_id = fields.Many2one("stock.quant", "What", required=True, readonly=True)
    product_id = fields.Many2one(related="quant_id.product_id")
    lot_id = fields.Many2one(related="quant_id.lot_id")
    location_id = fields.Many2one(related="quant_id.location_id")
    product_uom_id = fields.Many2one(related="quant_id.product_uom_id")
    quantity = fields.Float("Found", digits="Product Unit")
    reason = fields.Char("Why it differs", required=True)

    def action_count(self):
        self.ensure_one()
        if self.quantity < 0:
            raise UserError(self.env._("Type what was found, from zero up."))
        quant = self.quant_id.with_context(inventory_mode=True, inventory_name=self.reason)
        quant.inventory_quantity = self.quantity
        quant._apply_inventory()
        return {"type": "ir.actions.act_window_close"}
