from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    quality_report_required = fields.Boolean(
        related="company_id.quality_report_required", readonly=False
    )
    quality_sample_size = fields.Integer(related="company_id.quality_sample_size", readonly=False)
    quality_length_tolerance_mm = fields.Float(
        related="company_id.quality_length_tolerance_mm", readonly=False
    )
    quality_flange_tolerance_mm = fields.Float(
        related="company_id.quality_flange_tolerance_mm", readonly=False
    )
    quality_thickness_tolerance_mm = fields.Float(
        related="company_id.quality_thickness_tolerance_mm", readonly=False
    )
    quality_weight_tolerance_kg = fields.Float(
        related="company_id.quality_weight_tolerance_kg", readonly=False
    )
