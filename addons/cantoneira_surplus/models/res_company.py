from odoo import fields, models

#: Of both the company's and a customer's tolerances, in percent.
TOLERANCE_CHECK = (
    "CHECK (tolerance_less_percent >= 0 AND tolerance_less_percent <= 100 "
    "AND tolerance_more_percent >= 0 AND tolerance_more_percent <= 100)"
)
LESS_HELP = "An order may be closed with so many fewer pieces. 0: never without a manager."
MORE_HELP = (
    "Pieces made over the order, up to this, are delivered and invoiced; the rest is surplus. "
    "0: the customer takes none."
)


class ResCompany(models.Model):
    _inherit = "res.company"

    tolerance_less_percent = fields.Float("Fewer pieces (%)", digits=(5, 2), help=LESS_HELP)
    tolerance_more_percent = fields.Float("More pieces (%)", digits=(5, 2), help=MORE_HELP)

    _tolerances = models.Constraint(
        TOLERANCE_CHECK, "A tolerance of pieces is from 0 (none) to 100 %."
    )
