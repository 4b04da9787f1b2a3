from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    shortage_policy = fields.Selection(related="company_id.shortage_policy", readonly=False)
