from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    plan_seconds = fields.Integer(related="company_id.plan_seconds", readonly=False)
