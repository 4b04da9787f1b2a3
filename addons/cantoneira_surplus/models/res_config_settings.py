from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tolerance_less_percent = fields.Float(
        related="company_id.tolerance_less_percent", readonly=False
    )
    tolerance_more_percent = fields.Float(
        related="company_id.tolerance_more_percent", readonly=False
    )
