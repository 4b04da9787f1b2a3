"""The buyer is told when a level is crossed downward, once; and once a day of all that is low."""

from odoo import api, fields, models

from odoo.addons.cantoneira_stock.alert import AlertLevel
from odoo.addons.cantoneira_stock.tools import format_number

from .res_company import BUYER_GROUP

ACTIVITY = "cantoneira_purchase.mail_activity_buy"
URGENCY = [level.value for level in AlertLevel]
IN_ALERT = URGENCY[1:]


class ProductTemplate(models.Model):
    _inherit = "product.template"

    told_alert_level = fields.Selection(
        [
            (AlertLevel.OK.value, "OK"),
            (AlertLevel.WARNING.value, "Low"),
            (AlertLevel.CRITICAL.value, "Critical"),
        ],
        "Told alert",
        company_dependent=True,
        copy=False,
        help="The last level the buyer was told of, so that they are told once.",
    )

    # ---------------------------------------------------------------- once, when it falls
    @api.model
    def _cron_tell_alerts(self):
        for company in self.env["res.company"].search([]):
            self._in_company(company)._tell_alerts(company)

    @api.model
    def _in_company(self, company):
        """Stock and levels of this company alone, in its buyer's language."""
        language = company._stock_buyer().lang or self.env.lang
        return self.with_company(company).with_context(
            allowed_company_ids=company.ids, lang=language
        )

    @api.model
    def _tell_alerts(self, company):
        """An activity for what fell to a worse level; nothing for what stays; reset when better."""
        watched = self.search(
            [
                ("is_storable", "=", True),
                ("company_id", "in", [False, company.id]),
                "|",
                ("min_stock_qty", ">", 0),
                ("told_alert_level", "in", IN_ALERT),
            ]
        )
        changed = watched.filtered(lambda t: t._alert_urgency() != t._told_urgency())
        worse = changed.filtered(lambda t: t._alert_urgency() > t._told_urgency())
        # What was said before is out of date, whether it got worse or better.
        changed.activity_unlink([ACTIVITY])
        buyer = company._stock_buyer()
        for template in worse if buyer else ():
            template._tell_buyer(buyer)
        for level, templates in changed.grouped("alert_level").items():
            templates.told_alert_level = level

    def _alert_urgency(self):
        return URGENCY.index(self.alert_level)

    def _told_urgency(self):
        return URGENCY.index(self.told_alert_level or URGENCY[0])

    def _tell_buyer(self, buyer):
        # No e-mail for each: the daily one lists them.
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            ACTIVITY, user_id=buyer.id, summary=self._alert_sentence()
        )

    def _alert_sentence(self):
        """``Bobina 400g: 18 kg free, critical at 20 kg``."""
        critical = self.alert_level == AlertLevel.CRITICAL
        limit = self.reorder_point_qty if critical else self.min_stock_qty
        values = {
            "product": self.display_name,
            "free": format_number(self.env, self.free_to_promise_qty),
            "limit": format_number(self.env, limit),
            "unit": self.uom_id.name,
        }
        if critical:
            return self.env._(
                "%(product)s: %(free)s %(unit)s free, critical at %(limit)s %(unit)s", **values
            )
        return self.env._(
            "%(product)s: %(free)s %(unit)s free, low at %(limit)s %(unit)s", **values
        )

    # ---------------------------------------------------------------- once a day
    @api.model
    def _cron_stock_digest(self):
        for company in self.env["res.company"].search([("stock_digest", "=", True)]):
            self._in_company(company)._send_stock_digest(company)

    @api.model
    def _send_stock_digest(self, company):
        """One e-mail to each buyer, in their language; none when nothing is low."""
        low = self.search(
            [("alert_level", "in", IN_ALERT), ("company_id", "in", [False, company.id])]
        ).sorted(lambda t: (-t._alert_urgency(), t.name))
        if not low:
            return
        mails = [
            low.with_context(lang=user.lang)._prepare_digest(user, company)
            for user in company._people(BUYER_GROUP)
            if user.email
        ]
        self.env["mail.mail"].create(mails)

    def _prepare_digest(self, user, company):
        rows = [
            (
                template,
                format_number(self.env, template.free_to_promise_qty),
                format_number(self.env, template.min_stock_qty),
            )
            for template in self
        ]
        body = self.env["ir.qweb"]._render(
            "cantoneira_purchase.stock_digest",
            {
                "greeting": self.env._(
                    "Hello %(name)s, this is low or critical at %(company)s; what is promised to "
                    "orders is already taken off.",
                    name=user.name,
                    company=company.name,
                ),
                "rows": rows,
                "critical": AlertLevel.CRITICAL.value,
                "address": f"{company.get_base_url()}/odoo/cantoneira-to-buy",
            },
        )
        return {
            "subject": self.env._("%(count)s materials to buy", count=len(self)),
            "body_html": body,
            "email_from": company.email_formatted or user.email_formatted,
            "email_to": user.email_formatted,
            "auto_delete": True,
        }
