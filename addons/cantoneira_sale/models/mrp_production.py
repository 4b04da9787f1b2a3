from odoo import api, fields, models


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

    def _metres_for_line(self):
        """Metres that its sale line gets: those made once it is done, those planned until then."""
        return self.qty_produced if self.state == "done" else self.product_qty

    @api.depends("sale_line_id.grams_per_metre")
    def _compute_composite_weight(self):
        return super()._compute_composite_weight()

    def _composite_grams(self):
        """What is made weighs what was ordered. Guarded by ``test_one_weight``."""
        # sudo: an operator need not see the sale for its weight.
        line = self.sudo().sale_line_id
        return line.grams_per_metre if line.is_composite else super()._composite_grams()
