from odoo import fields, models


class ProductTemplate(models.Model):
    """A profile may be stricter, or laxer, than the company."""

    _inherit = "product.template"

    quality_report_policy = fields.Selection(
        [("company", "As the company says"), ("yes", "Required"), ("no", "Not required")],
        "Quality report",
        # Required on the form, not in the database: there products are made before this addon is
        # loaded, when one that it depends on is updated.
        default="company",
    )
    quality_length_tolerance_mm = fields.Float(
        "Length ± (mm)", digits=(10, 2), help="0: the company's."
    )
    quality_flange_tolerance_mm = fields.Float(
        "Flanges ± (mm)", digits=(10, 2), help="0: the company's."
    )
    quality_thickness_tolerance_mm = fields.Float(
        "Thickness ± (mm)", digits=(10, 2), help="0: the company's."
    )
    quality_weight_tolerance_kg = fields.Float(
        "Weight ± (kg)", digits=(10, 3), help="0: the company's."
    )

    _quality_tolerances = models.Constraint(
        "CHECK (coalesce(quality_length_tolerance_mm, 0) >= 0 "
        "AND coalesce(quality_flange_tolerance_mm, 0) >= 0 "
        "AND coalesce(quality_thickness_tolerance_mm, 0) >= 0 "
        "AND coalesce(quality_weight_tolerance_kg, 0) >= 0)",
        "A tolerance cannot be below zero.",
    )

    def _quality_tolerance(self, name, company):
        """This profile's own tolerance, else the company's."""
        # sudo: a setting every user of the company is subject to.
        return self[name] or company.sudo()[name]

    def _needs_quality_report(self, company):
        if not self.composite_length or self.quality_report_policy == "no":
            return False
        # sudo: a setting every user of the company is subject to.
        return self.quality_report_policy == "yes" or company.sudo().quality_report_required
