from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    quality_report_required = fields.Boolean(
        "Every order needs a quality report",
        help="Nothing leaves without one. A profile may say otherwise.",
    )
    quality_sample_size = fields.Integer(
        "Pieces to measure", default=5, help="Of each order; all of them when it has fewer."
    )
    quality_length_tolerance_mm = fields.Float("Length ± (mm)", digits=(10, 2), default=30)
    quality_flange_tolerance_mm = fields.Float("Flanges ± (mm)", digits=(10, 2), default=3)
    quality_thickness_tolerance_mm = fields.Float("Thickness ± (mm)", digits=(10, 2), default=0.3)
    quality_weight_tolerance_kg = fields.Float("Weight ± (kg)", digits=(10, 3), default=0.03)

    _quality_tolerances = models.Constraint(
        "CHECK (quality_sample_size > 0 AND quality_length_tolerance_mm >= 0 "
        "AND quality_flange_tolerance_mm >= 0 AND quality_thickness_tolerance_mm >= 0 "
        "AND quality_weight_tolerance_kg >= 0)",
        "A tolerance cannot be below zero, and at least one piece is measured.",
    )
