from odoo import fields, models

from .sale_order_line_price import COST_GROUP, PRICE_BASES

#: Who works with costs; core shows them to every employee, salespeople included.
COST_GROUPS = ",".join(
    [
        COST_GROUP,
        "stock.group_stock_user",
        "mrp.group_mrp_user",
        "account.group_account_readonly",
        "account.group_account_invoice",
    ]
)


class ProductTemplate(models.Model):
    _inherit = "product.template"

    price_basis = fields.Selection(
        PRICE_BASES,
        "Price basis",
        default="metre",
        help="What the price is said for on a new order line. The sales price is always per metre.",
    )
    default_piece_length_mm = fields.Float(
        "Usual length (mm)",
        digits=(10, 2),
        help="Length of the pieces when the product is added from the catalogue.",
    )
    standard_price = fields.Float(groups=COST_GROUPS)
