from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    daily_report_user_ids = fields.Many2many(
        related="company_id.daily_report_user_ids", readonly=False
    )
