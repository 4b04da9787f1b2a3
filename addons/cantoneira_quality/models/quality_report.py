from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number

#: What is measured: the measure on a sample, its nominal and tolerance on the report.
MEASURES = {
    "flange_a_mm": "tolerance_flange_mm",
    "flange_b_mm": "tolerance_flange_mm",
    "thickness_mm": "tolerance_thickness_mm",
    "length_mm": "tolerance_length_mm",
    "weight_kg": "tolerance_weight_kg",
}
VERDICTS = [("approved", "Approved"), ("failed", "Failed")]
#: What may still be written on a concluded report.
AFTERWARDS = {
    "release_reason",
    "release_user_id",
    "release_date",
    "message_main_attachment_id",
    "activity_ids",
    "message_follower_ids",
    "message_ids",
}


def refuse_readonly(records, vals, allowed=()):
    """What screens show and nobody types, programs do not type either.

    :raises AccessError: for a stored field that follows from others or is a button's to write
    """
    if records.env.su:
        return
    fields_of = records._fields
    for name in vals.keys() - set(allowed):
        if name in fields_of and fields_of[name].store and fields_of[name].readonly:
            raise AccessError(
                records.env._(
                    "“%(field)s” of a quality report cannot be typed: it follows from what is "
                    "measured, concluded and released.",
                    field=fields_of[name]._description_string(records.env),
                )
            )


class QualityReport(models.Model):
    """What was measured on samples of one manufacturing order, and the verdict that follows.

    The verdict is computed, never typed, and there is none until every measure of every sample
    is typed. Concluding fixes the report with who and when.
    """

    _name = "cantoneira.quality.report"
    _description = "Quality report"
    _inherit = ["mail.thread"]
    _order = "id desc"

    name = fields.Char("Number", readonly=True, copy=False, required=True, default="/")
    production_id = fields.Many2one(
        "mrp.production",
        "Manufacturing order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="production_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="production_id.product_id", store=True, index=True)
    # sudo: an operator need not see the sale for its number and its customer.
    sale_order_id = fields.Many2one(
        related="production_id.sale_order_id", string="Order", compute_sudo=True
    )
    partner_id = fields.Many2one(
        related="production_id.partner_id", string="Customer", compute_sudo=True
    )
    composite_label = fields.Char(related="production_id.composite_label")
    net_weight = fields.Float(
        "Net weight (kg)", digits=(16, 3), related="production_id.composite_weight"
    )
    state = fields.Selection(
        [("draft", "Measuring"), ("done", "Concluded")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    verdict = fields.Selection(
        VERDICTS, compute="_compute_verdict", store=True, index="btree_not_null", tracking=True
    )
    sample_ids = fields.One2many("cantoneira.quality.sample", "report_id", "Samples")
    sample_count = fields.Integer("Pieces to measure", compute="_compute_sample_count")
    measured_count = fields.Integer("Measured", compute="_compute_sample_count")

    # Fixed when the report begins: another setting tomorrow does not rewrite it.
    flange_a_mm = fields.Float(
        "Flange A (mm)", digits=(10, 2), compute="_compute_nominal", store=True
    )
    flange_b_mm = fields.Float(
        "Flange B (mm)", digits=(10, 2), compute="_compute_nominal", store=True
    )
    thickness_mm = fields.Float(
        "Thickness (mm)", digits=(10, 2), compute="_compute_nominal", store=True
    )
    length_mm = fields.Float("Length (mm)", digits=(10, 2), compute="_compute_nominal", store=True)
    weight_kg = fields.Float(
        "Weight per piece (kg)", digits=(10, 3), compute="_compute_nominal", store=True
    )
    tolerance_flange_mm = fields.Float(
        "Flanges ± (mm)", digits=(10, 2), compute="_compute_nominal", store=True
    )
    tolerance_thickness_mm = fields.Float(
        "Thickness ± (mm)", digits=(10, 2), compute="_compute_nominal", store=True
    )
    tolerance_length_mm = fields.Float(
        "Length ± (mm)", digits=(10, 2), compute="_compute_nominal", store=True
    )
    tolerance_weight_kg = fields.Float(
        "Weight ± (kg)", digits=(10, 3), compute="_compute_nominal", store=True
    )

    measured_by_id = fields.Many2one("res.users", "Measured by", readonly=True, copy=False)
    measured_date = fields.Datetime("Measured at", readonly=True, copy=False)
    release_user_id = fields.Many2one("res.users", "Released by", readonly=True, copy=False)
    release_date = fields.Datetime("Released at", readonly=True, copy=False)
    release_reason = fields.Text("Reason of the release", readonly=True, copy=False)
    holds_dispatch = fields.Boolean(
        "Holds the delivery",
        compute="_compute_holds_dispatch",
        store=True,
        help="It failed and nobody released it.",
    )

    # ---------------------------------------------------------------- computes
    @api.depends("production_id")
    def _compute_nominal(self):
        for report in self:
            production = report.production_id
            template, company = production.product_id.product_tmpl_id, production.company_id
            report.flange_a_mm = template.flange_a_mm
            report.flange_b_mm = template.flange_b_mm
            report.thickness_mm = template.thickness_mm
            report.length_mm = production.piece_length_mm
            metres = arithmetic.metres(1, production.piece_length_mm)
            report.weight_kg = float(
                arithmetic.round_half_up(
                    arithmetic.material_kg(metres, production._composite_grams()), 3
                )
            )
            for name, setting in (
                ("tolerance_flange_mm", "quality_flange_tolerance_mm"),
                ("tolerance_thickness_mm", "quality_thickness_tolerance_mm"),
                ("tolerance_length_mm", "quality_length_tolerance_mm"),
                ("tolerance_weight_kg", "quality_weight_tolerance_kg"),
            ):
                report[name] = template._quality_tolerance(setting, company)

    @api.depends("sample_ids.is_measured")
    def _compute_sample_count(self):
        for report in self:
            report.sample_count = len(report.sample_ids)
            report.measured_count = len(report.sample_ids.filtered("is_measured"))

    @api.depends("sample_ids.is_measured", "sample_ids.problems")
    def _compute_verdict(self):
        for report in self:
            samples = report.sample_ids
            if not samples or not all(samples.mapped("is_measured")):
                report.verdict = False
            else:
                report.verdict = "failed" if any(samples.mapped("problems")) else "approved"

    @api.depends("state", "verdict", "release_date")
    def _compute_holds_dispatch(self):
        for report in self:
            report.holds_dispatch = bool(
                report.state == "done" and report.verdict == "failed" and not report.release_date
            )

    # ---------------------------------------------------------------- what it is
    @api.model_create_multi
    def create(self, vals_list):
        """A number, and an empty row for each piece that has to be measured."""
        for vals in vals_list:
            refuse_readonly(self, vals, {"production_id"})
            vals["name"] = self.env["ir.sequence"].next_by_code("cantoneira.quality.report")
        reports = super().create(vals_list)
        for report in reports.filtered(lambda report: not report.sample_ids):
            report.sample_ids = [
                Command.create({"number": number}) for number in range(1, report._sample_size() + 1)
            ]
        return reports

    def _sample_size(self):
        # sudo: a setting every user of the company is subject to.
        wanted = self.company_id.sudo().quality_sample_size
        return max(1, min(wanted, self.production_id.piece_qty or wanted))

    def write(self, vals):
        """A concluded report is a fact: it is released or measured again, not changed."""
        if vals.keys() - AFTERWARDS and any(report.state == "done" for report in self):
            self._refuse_change()
        refuse_readonly(self, vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_concluded(self):
        if any(report.state == "done" for report in self):
            self._refuse_change()

    def _refuse_change(self):
        concluded = self.filtered(lambda report: report.state == "done")
        raise UserError(
            self.env._(
                "%(reports)s: concluded by %(who)s and cannot be changed. Measure again in a new "
                "report.",
                reports=", ".join(concluded.mapped("name")),
                who=", ".join(concluded.sudo().measured_by_id.mapped("name")),  # sudo: a name
            )
        )

    # ---------------------------------------------------------------- what is done with it
    def action_conclude(self):
        """Fix what was measured, with who and when.

        :raises UserError: while something is not measured
        """
        for report in self:
            if report.state == "done":
                report._refuse_change()
            if report.sample_count < (wanted := report._sample_size()):
                raise UserError(
                    self.env._(
                        "%(report)s: %(wanted)s pieces have to be measured, and it has rows for "
                        "%(total)s. Add the others.",
                        report=report.name,
                        wanted=wanted,
                        total=report.sample_count,
                    )
                )
            if not report.verdict:
                raise UserError(
                    self.env._(
                        "%(report)s: %(measured)s of %(total)s pieces are measured. There is no "
                        "verdict before all of them are.",
                        report=report.name,
                        measured=report.measured_count,
                        total=report.sample_count,
                    )
                )
            # sudo: nobody types a conclusion; this is the button that writes it.
            report.sudo().write(
                {
                    "state": "done",
                    "measured_by_id": self.env.uid,
                    "measured_date": fields.Datetime.now(),
                }
            )
        return True

    def _release(self, reason):
        """Let leave what failed, for a reason that is kept.

        :raises UserError: when there is nothing to release, or no reason
        """
        self.ensure_one()
        if not self.env.user.has_group("cantoneira_mrp.group_production_manager"):
            raise UserError(
                self.env._(
                    "Only a production manager releases what failed. Ask one to do it, with the "
                    "reason."
                )
            )
        if not self.holds_dispatch:
            raise UserError(self.env._("%s holds nothing back.", self.name))
        if not reason.strip():
            raise UserError(self.env._("Say why %s is released.", self.name))
        # sudo: nobody types a release; this is the way to it, for whom was checked above.
        self.sudo().write(
            {
                "release_reason": reason,
                "release_user_id": self.env.uid,
                "release_date": fields.Datetime.now(),
            }
        )
        self.message_post(body=self.env._("Released: %s", reason), subtype_xmlid="mail.mt_note")

    def action_release(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Release with a reason"),
            "res_model": "cantoneira.quality.release",
            "view_mode": "form",
            "target": "new",
            "context": {"default_report_id": self.id},
        }

    def action_measure_again(self):
        """Another report of the same order; this one stays."""
        self.ensure_one()
        return self.production_id._new_quality_report()

    def action_print(self):
        return self.env.ref("cantoneira_quality.action_report_quality").report_action(self)

    def _format(self, value, digits=3):
        return format_number(self.env, value, digits)

    def _file_name(self):
        return self.env._(
            "Quality report %(number)s %(order)s", number=self.name, order=self.production_id.name
        ).replace("/", "-")
