from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    unwinders_per_line = fields.Integer(related="company_id.unwinders_per_line", readonly=False)
