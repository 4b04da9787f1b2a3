from odoo import api, fields, models

from odoo.addons.cantoneira_stock import arithmetic

COST_GROUP = "cantoneira_stock.group_see_cost"


def _from_recipe(model):
    """Dependencies of the figures, as the model names its lines and its price."""
    if model._abstract:
        return ()
    return (f"{model._recipe_lines_field}.cost_per_metre", model._recipe_price_field)


class RecipeCostMixin(models.AbstractModel):
    """What one metre of a recipe costs and earns, live wherever its lines are edited.

    Contract for the inheriting model: ``_recipe_lines_field`` names the One2many of
    ``mrp.bom.line``, ``_recipe_price_field`` the price of one metre (a dotted path is fine), and
    it fills ``cost_currency_id``. The figures are of the user's company.
    """

    _name = "cantoneira.recipe.cost.mixin"
    _description = "Cost, mark-up and margin of one metre of a recipe"

    _recipe_lines_field = ""
    _recipe_price_field = ""

    cost_currency_id = fields.Many2one("res.currency")
    recipe_cost_exact = fields.Float(
        "Exact cost per metre",
        digits=(16, 6),
        min_display_digits=2,
        compute="_compute_recipe_cost",
        groups=COST_GROUP,
        help="Sum of the recipe's lines, not rounded.",
    )
    recipe_cost_per_metre = fields.Monetary(
        "Recipe cost per metre",
        currency_field="cost_currency_id",
        compute="_compute_recipe_cost",
        groups=COST_GROUP,
        help="Sum of the recipe's lines, rounded once at the end.",
    )
    markup_percent = fields.Float(
        "Mark-up on cost (%)",
        digits=(16, 1),
        compute="_compute_recipe_cost",
        groups=COST_GROUP,
        help="(price − cost) ÷ cost, at the rounded cost per metre.",
    )
    margin_percent = fields.Float(
        "Margin on price (%)",
        digits=(16, 1),
        compute="_compute_recipe_cost",
        groups=COST_GROUP,
        help="(price − cost) ÷ price, at the rounded cost per metre.",
    )
    margin_amount = fields.Monetary(
        "Margin per metre",
        currency_field="cost_currency_id",
        compute="_compute_recipe_cost",
        groups=COST_GROUP,
        help="Price − cost of one metre.",
    )

    @api.depends(_from_recipe)
    @api.depends_context("company")
    def _compute_recipe_cost(self):
        for record in self:
            costs = (line._exact_cost_per_metre() for line in record._recipe_lines())
            exact = sum(costs, arithmetic.exact(0))
            cost = arithmetic.money(exact)
            price = arithmetic.exact(next(iter(record.mapped(self._recipe_price_field)), 0))
            record.recipe_cost_exact = float(exact)
            record.recipe_cost_per_metre = float(cost)
            # Nothing to compare before there is a recipe: not 100 % margin.
            record.markup_percent = float(arithmetic.markup_percent(price, cost) or 0)
            record.margin_percent = cost and float(arithmetic.margin_percent(price, cost) or 0)
            record.margin_amount = cost and float(price - cost)

    def _recipe_lines(self):
        """Lines that count, ``mrp.bom.line``."""
        return self[self._recipe_lines_field]
