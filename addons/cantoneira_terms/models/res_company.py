from odoo import api, fields, models
from odoo.exceptions import ValidationError

SPREAD_BY = [("weight", "by weight"), ("value", "by value")]


class ResCompany(models.Model):
    _inherit = "res.company"

    minimum_line_amount = fields.Monetary(
        "Minimum charge per line",
        help="A line of goods that comes to less is raised to it. 0: no minimum. A price list may "
        "have its own.",
    )
    minimum_order_amount = fields.Monetary(
        "Minimum charge per order",
        help="Goods that come to less, after the discount, are raised to it. 0: no minimum.",
    )
    minimum_margin_percent = fields.Float(
        "Minimum margin (%)",
        digits=(16, 2),
        help="Orders with less margin on the price, freight left out, are confirmed by a sales "
        "manager with a reason. 0: not checked.",
    )
    freight_spread_by = fields.Selection(SPREAD_BY, "Freight is spread", default="weight")

    @api.constrains("minimum_line_amount", "minimum_order_amount", "minimum_margin_percent")
    def _check_terms_settings(self):
        for company in self:
            if min(company.minimum_line_amount, company.minimum_order_amount) < 0:
                raise ValidationError(
                    self.env._("A minimum charge cannot be negative. Type 0 for none.")
                )
            if not 0 <= company.minimum_margin_percent < 100:
                raise ValidationError(
                    self.env._("Type a minimum margin from 0 (not checked) to less than 100 %.")
                )
