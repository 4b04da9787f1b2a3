from odoo import fields, models


class FloorReason(models.Model):
    _inherit = "cantoneira.floor.reason"

    is_setup = fields.Boolean(
        "Set-up",
        help="Pauses for this reason are the time that a change of profile really took.",
    )
