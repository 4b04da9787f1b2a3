from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    minimum_line_amount = fields.Monetary(related="company_id.minimum_line_amount", readonly=False)
    minimum_order_amount = fields.Monetary(
        related="company_id.minimum_order_amount", readonly=False
    )
    minimum_margin_percent = fields.Float(
        related="company_id.minimum_margin_percent", readonly=False
    )
    freight_spread_by = fields.Selection(related="company_id.freight_spread_by", readonly=False)
