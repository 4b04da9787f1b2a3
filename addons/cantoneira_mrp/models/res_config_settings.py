from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    consumption_tolerance_percent = fields.Float(
        related="company_id.consumption_tolerance_percent", readonly=False
    )
    profile_change_minutes = fields.Float(
        related="company_id.profile_change_minutes", readonly=False
    )
