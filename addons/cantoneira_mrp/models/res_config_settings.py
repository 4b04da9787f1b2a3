from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    consumption_tolerance_percent = fields.Float(
        related="company_id.consumption_tolerance_percent", readonly=False
    )
