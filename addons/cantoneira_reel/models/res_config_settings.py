from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    track_reels = fields.Boolean(related="company_id.track_reels", readonly=False)
    forbid_negative_paper = fields.Boolean(
        related="company_id.forbid_negative_paper", readonly=False
    )
    reel_width_tolerance_mm = fields.Float(
        related="company_id.reel_width_tolerance_mm", readonly=False
    )
    reel_grammage_tolerance_percent = fields.Float(
        related="company_id.reel_grammage_tolerance_percent", readonly=False
    )
    receipt_tolerance_percent = fields.Float(
        related="company_id.receipt_tolerance_percent", readonly=False
    )
    count_limit_kg = fields.Float(related="company_id.count_limit_kg", readonly=False)
    count_limit_value = fields.Monetary(
        related="company_id.count_limit_value",
        readonly=False,
        currency_field="currency_id",
    )
