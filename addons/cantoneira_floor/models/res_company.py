from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    plan_seconds = fields.Integer(
        "Seconds for a suggestion",
        default=30,
        help="How long OR-Tools looks for a better sequence of a production line, in the "
        "background; 0: only quick rules, at once.",
    )

    _plan_seconds_range = models.Constraint(
        "CHECK (plan_seconds BETWEEN 0 AND 300)",
        "The seconds for a suggestion are from 0 to 300.",
    )
