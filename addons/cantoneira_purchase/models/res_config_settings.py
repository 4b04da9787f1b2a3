from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    stock_buyer_id = fields.Many2one(related="company_id.stock_buyer_id", readonly=False)
    stock_digest = fields.Boolean(related="company_id.stock_digest", readonly=False)
    cost_change_percent = fields.Float(related="company_id.cost_change_percent", readonly=False)
