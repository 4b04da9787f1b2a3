from odoo import api, fields, models

from .res_company import LESS_HELP, MORE_HELP, TOLERANCE_CHECK


class ResPartner(models.Model):
    _inherit = "res.partner"

    own_tolerance = fields.Boolean(
        "Own tolerance of pieces", help="Otherwise the company's counts, see the settings."
    )
    tolerance_less_percent = fields.Float("Fewer pieces (%)", digits=(5, 2), help=LESS_HELP)
    tolerance_more_percent = fields.Float("More pieces (%)", digits=(5, 2), help=MORE_HELP)

    _tolerances = models.Constraint(
        TOLERANCE_CHECK, "A tolerance of pieces is from 0 (none) to 100 %."
    )

    @api.model
    def _commercial_fields(self):
        """What was agreed with the company counts for its addresses too. See ``test_address``."""
        return super()._commercial_fields() + [
            "own_tolerance",
            "tolerance_less_percent",
            "tolerance_more_percent",
        ]

    def _piece_tolerance(self, company):
        """``(less, more)`` in percent that this customer was promised by ``company``."""
        owner = self.commercial_partner_id
        # sudo: a setting every user of the company is subject to.
        terms = owner if owner.own_tolerance else company.sudo()
        return terms.tolerance_less_percent, terms.tolerance_more_percent
