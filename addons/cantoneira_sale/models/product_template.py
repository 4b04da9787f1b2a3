from odoo import fields, models

from .sale_order_line_price import COST_GROUP, PRICE_BASES

#: Who works with costs; core shows them to every employee, salespeople included. Purchase need not
#: be installed; where it is, its part of the form refers to the cost, and without its group here the
#: form of whoever sees no cost would not open (``test_screens``).
COST_GROUPS = ",".join(
    [
        COST_GROUP,
        "stock.group_stock_user",
        "mrp.group_mrp_user",
        "purchase.group_purchase_user",
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
