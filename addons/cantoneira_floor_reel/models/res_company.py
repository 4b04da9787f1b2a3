from odoo import fields, models

#: More spindles no machine of this trade has.
MOST = 40


class ResCompany(models.Model):
    _inherit = "res.company"

    unwinders_per_line = fields.Integer(
        "Unwinders of a line",
        default=5,
        help="What a new production line begins with; every line can have its own.",
    )

    _unwinders_per_line = models.Constraint(
        f"CHECK (unwinders_per_line BETWEEN 0 AND {MOST})",
        "A production line has from 0 to 40 unwinders.",
    )
