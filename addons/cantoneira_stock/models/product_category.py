from odoo import api, fields, models


class ProductCategory(models.Model):
    _inherit = "product.category"

    product_kind = fields.Selection(
        selection=[
            ("manufactured", "Manufactured"),
            ("resale", "Resale"),
            ("material", "Material"),
        ],
        string="Kind",
        compute="_compute_product_kind",
        store=True,
        readonly=False,
        recursive=True,
        index="btree_not_null",
        help="Manufactured: made to order. Resale: bought and sold as it is. "
        "Material: consumed by production. A new category takes it from its parent.",
    )

    @api.depends("parent_id.product_kind")
    def _compute_product_kind(self):
        for category in self:
            category.product_kind = category.product_kind or category.parent_id.product_kind
