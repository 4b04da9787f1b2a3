from odoo import fields, models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    # Core has the link without an index; the order's state follows it both ways.
    sale_line_id = fields.Many2one(index="btree_not_null")
    sale_order_id = fields.Many2one(
        "sale.order",
        "Sales order",
        related="sale_line_id.order_id",
        store=True,
        index="btree_not_null",
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", related="sale_order_id.partner_id", store=True
    )
