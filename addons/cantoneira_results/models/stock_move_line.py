from odoo import fields, models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    # Core has the link without an index; a reel is followed from here to its orders.
    lot_id = fields.Many2one(index="btree_not_null")
