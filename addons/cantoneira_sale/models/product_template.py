from odoo import fields, models

from .sale_order_line_price import PRICE_BASES


class ProductTemplate(models.Model):
    _inherit = "product.template"

    price_basis = fields.Selection(
        PRICE_BASES,
        default="metre",
        help="What the price is said for on a new order line. The sales price is always per metre.",
    )
    default_piece_length_mm = fields.Float(
        "Usual length (mm)",
        digits=(10, 2),
        help="Length of the pieces when the product is added from the catalogue.",
    )
