"""The daily report by e-mail, to whom the company names."""

from datetime import timedelta

from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    daily_report_user_ids = fields.Many2many(
        "res.users",
        "cantoneira_daily_report_user_rel",
        string="Daily report to",
        help="They get the report of the day before by e-mail, each with what he may see. Empty: "
        "nobody.",
    )

    @api.model
    def _cron_daily_report(self):
        """Yesterday's page to everyone named, of companies where something happened."""
        for company in self.search([("daily_report_user_ids", "!=", False)]):
            for user in company.daily_report_user_ids.filtered("email"):
                company._send_daily_report(user)

    def _send_daily_report(self, user):
        """Print and send as ``user``: costs are in it only for who sees costs."""
        self.ensure_one()
        if self not in user.company_ids:
            return self.env["mail.mail"]
        env = self.with_user(user).with_company(self).with_context(lang=user.lang, tz=user.tz).env
        wizard = env["cantoneira.daily.report"]
        if not wizard.has_access("create"):
            return self.env["mail.mail"]
        yesterday = fields.Date.context_today(wizard) - timedelta(days=1)
        page = wizard.create({"date": yesterday, "company_id": self.id})
        if page._is_empty():
            return self.env["mail.mail"]
        report = "cantoneira_results.report_daily"
        pdf, _kind = env["ir.actions.report"]._render_qweb_pdf(report, page.ids)
        day = env["ir.qweb.field.date"].value_to_html(yesterday, {})
        # sudo: the job sends it, whatever the user may do with e-mails.
        return (
            self.env["mail.mail"]
            .sudo()
            .create(
                {
                    "subject": env._("Production of %(day)s", day=day),
                    "email_to": user.email_formatted,
                    "email_from": self.email_formatted or user.email_formatted,
                    "body_html": env._("The daily production report is attached."),
                    "attachment_ids": [
                        fields.Command.create(
                            {"name": f"{page._file_name()}.pdf", "raw": pdf, "type": "binary"}
                        )
                    ],
                }
            )
        )
