from odoo import fields, models
from odoo.exceptions import UserError


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    quality_report_ids = fields.One2many(
        "cantoneira.quality.report", "production_id", "Quality reports", copy=False, readonly=True
    )
    quality_report_count = fields.Integer(compute="_compute_quality_report_count")

    def _compute_quality_report_count(self):
        counts = dict(
            self.env["cantoneira.quality.report"]._read_group(
                [("production_id", "in", self.ids)], ["production_id"], ["__count"]
            )
        )
        for production in self:
            production.quality_report_count = counts.get(production, 0)

    def action_quality_report(self):
        """Open the newest quality report of this order, begun when there is none."""
        self.ensure_one()
        if report := self.quality_report_ids[:1]:
            return self._open_quality_report(report)
        return self._new_quality_report()

    def _new_quality_report(self):
        """Begin a report; there has to be something that can be measured.

        :raises UserError: before the order is confirmed, or when it is no profile's
        """
        self.ensure_one()
        if not self.is_composite or self.state in ("draft", "cancel"):
            raise UserError(
                self.env._(
                    "%s has no pieces to measure: it is no confirmed order of a profile.", self.name
                )
            )
        report = self.env["cantoneira.quality.report"].create({"production_id": self.id})
        return self._open_quality_report(report)

    def _open_quality_report(self, report):
        return {
            "type": "ir.actions.act_window",
            "name": report.name,
            "res_model": "cantoneira.quality.report",
            "res_id": report.id,
            "view_mode": "form",
        }

    def _quality_holds(self):
        """Sentences that keep what these orders made from leaving."""
        holds = []
        for production in self.filtered(lambda order: order.state != "cancel"):
            reports = production.quality_report_ids
            for report in reports.filtered("holds_dispatch"):
                holds.append(
                    self.env._(
                        "Quality report %(report)s of %(order)s failed. A production manager can "
                        "release it with a reason.",
                        report=report.name,
                        order=production.name,
                    )
                )
            needed = production.product_id.product_tmpl_id._needs_quality_report(
                production.company_id
            )
            concluded = reports.filtered(lambda report: report.state == "done")
            if needed and production.state == "done" and not concluded:
                holds.append(
                    self.env._(
                        "%(order)s (%(product)s) has no concluded quality report.",
                        order=production.name,
                        product=production.product_id.display_name,
                    )
                )
        return holds
