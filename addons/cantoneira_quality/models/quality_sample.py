from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number

from .quality_report import MEASURES, refuse_readonly


class QualitySample(models.Model):
    """One piece that was measured. 0 is what nobody measured yet."""

    _name = "cantoneira.quality.sample"
    _description = "Measured piece"
    _order = "report_id, number, id"

    report_id = fields.Many2one(
        "cantoneira.quality.report", required=True, ondelete="cascade", index=True
    )
    number = fields.Integer("Piece", required=True)
    flange_a_mm = fields.Float("Flange A (mm)", digits=(10, 2))
    flange_b_mm = fields.Float("Flange B (mm)", digits=(10, 2))
    thickness_mm = fields.Float("Thickness (mm)", digits=(10, 2))
    length_mm = fields.Float("Length (mm)", digits=(10, 2))
    weight_kg = fields.Float("Weight (kg)", digits=(10, 3))
    is_measured = fields.Boolean("Measured", compute="_compute_result", store=True)
    problems = fields.Char(
        "Out of tolerance", compute="_compute_problems", store=True, help="Empty where all is well."
    )

    _one_row_per_piece = models.Constraint(
        "UNIQUE (report_id, number)", "Each piece of a report is measured once."
    )

    @api.depends(*MEASURES, *(f"report_id.{name}" for name in MEASURES))
    def _compute_result(self):
        for sample in self:
            sample.is_measured = all(
                sample[name] > 0 for name in MEASURES if sample.report_id[name]
            ) and any(sample.report_id[name] for name in MEASURES)

    @api.depends(
        *MEASURES,
        *(f"report_id.{name}" for name in MEASURES),
        *(f"report_id.{name}" for name in set(MEASURES.values())),
    )
    def _compute_problems(self):
        for sample in self:
            report, problems = sample.report_id, []
            for name, tolerance in MEASURES.items():
                measured, nominal = sample[name], report[name]
                if not measured or not nominal:
                    continue
                if not arithmetic.is_within(measured, nominal, report[tolerance]):
                    problems.append(
                        f"{self._fields[name]._description_string(self.env)}: "
                        f"{format_number(self.env, measured)} "
                        f"({format_number(self.env, nominal)} ± "
                        f"{format_number(self.env, report[tolerance])})"
                    )
            sample.problems = "; ".join(problems) or False

    @api.constrains(*MEASURES)
    def _check_measures(self):
        for sample in self:
            for name in MEASURES:
                if sample[name] < 0:
                    raise ValidationError(
                        self.env._(
                            "Piece %(number)s: %(measure)s is %(value)s; a measure cannot be below "
                            "zero.",
                            number=sample.number,
                            measure=self._fields[name]._description_string(self.env),
                            value=format_number(self.env, sample[name]),
                        )
                    )

    # ---------------------------------------------------------------- a concluded report is a fact
    @api.model_create_multi
    def create(self, vals_list):
        """A row that was added gets the next number of its report."""
        added = {}
        for vals in vals_list:
            refuse_readonly(self, vals)
            if not vals.get("number"):
                report = vals.get("report_id")
                there = self.env["cantoneira.quality.report"].browse(report).sample_ids
                last = max(added.get(report, 0), *there.mapped("number"), 0)
                vals["number"] = added[report] = last + 1
        samples = super().create(vals_list)
        samples._check_open()
        return samples

    def write(self, vals):
        refuse_readonly(self, vals)
        self._check_open()
        result = super().write(vals)
        self._check_open()  # nor is a row put on another report that is concluded
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_concluded(self):
        self._check_open()

    def _check_open(self):
        concluded = self.report_id.filtered(lambda report: report.state == "done")
        if concluded:
            concluded._refuse_change()
