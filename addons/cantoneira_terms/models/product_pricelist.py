from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    has_own_minimum = fields.Boolean(
        "Own minimum charges", help="Otherwise those of the company's settings apply."
    )
    minimum_line_amount = fields.Monetary(
        "Minimum charge per line", help="A line of goods that comes to less is raised to it."
    )
    minimum_order_amount = fields.Monetary(
        "Minimum charge per order",
        help="Goods that come to less, after the discount, are raised to it.",
    )

    @api.constrains("minimum_line_amount", "minimum_order_amount")
    def _check_minimum_amounts(self):
        if any(p.minimum_line_amount < 0 or p.minimum_order_amount < 0 for p in self):
            raise ValidationError(
                self.env._("A minimum charge cannot be negative. Type 0 for none.")
            )

    def _get_applicable_rules(self, products, date, **kwargs):
        """Use the rules that were looked up for all lines of an order at once.

        They are more than those of ``products``; core asks each whether it applies. Guarded by
        ``test_steps_cost_no_query_per_line``.
        """
        known = self.env.context.get("price_rules_known") or {}
        if (rules := known.get((self.id, date))) is not None:
            return rules
        return super()._get_applicable_rules(products, date, **kwargs)
