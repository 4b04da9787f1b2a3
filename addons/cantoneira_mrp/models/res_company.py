from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    consumption_tolerance_percent = fields.Float(
        "Consumption tolerance (%)",
        digits=(5, 2),
        default=10,
        help="Closing a manufacturing order asks to confirm what was consumed when a material "
        "differs by more than this from what its pieces need.",
    )

    profile_change_minutes = fields.Float(
        "Change of profile (min)",
        digits=(8, 1),
        default=30,
        help="Minutes to set a production line up for another edge protector: what a new line "
        "begins with.",
    )

    _profile_change_not_negative = models.Constraint(
        "CHECK (profile_change_minutes >= 0)",
        "The change of profile takes zero minutes or more.",
    )
    _consumption_tolerance_not_negative = models.Constraint(
        "CHECK (consumption_tolerance_percent >= 0)",
        "The consumption tolerance is a percentage from zero up.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """A new company values by kind too. Guarded by ``test_category_kind``."""
        companies = super().create(vals_list)
        categories = self.env["product.category"].search([("product_kind", "!=", False)])
        categories._apply_cost_method(companies)
        return companies
