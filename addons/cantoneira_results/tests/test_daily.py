"""The daily report: what is on the page, for whom, and that it is one page."""

import io
from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import MONDAY, CantoneiraResultsCase

REPORT = "cantoneira_results.report_daily"


class DailyCase(CantoneiraResultsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.production_user | cls.production_manager:
            user.write({"tz": "America/Sao_Paulo", "lang": "en_US", "email": f"{user.login}@x.br"})

    def report(self, user=None, day=None, **values):
        model = self.env["cantoneira.daily.report"].with_user(user or self.production_manager)
        return model.create({"date": day or MONDAY.date(), **values})

    def printed(self, report):
        """Pages of the PDF, as text."""
        action = self.env["ir.actions.report"].with_user(report.env.user)
        action = action.with_context(force_report_rendering=True, lang="en_US")
        pdf, _kind = action._render_qweb_pdf(REPORT, report.ids)
        return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


@tagged("post_install", "-at_install")
class TestDaily(DailyCase):
    def test_page(self):
        """25 m in an hour and a half, half an hour's pause, 0.2 kg over plan."""
        order, production = self.make_sold()
        self.env["cantoneira.production.scrap"].create(
            {
                "production_id": production.id,
                "machine_id": self.machine.id,
                "reason_id": self.tear.id,
                "user_id": self.production_user.id,
                "date": MONDAY,
                "piece_qty": 2,
            }
        )
        self.finish(production, core=3)
        self.took(production, 2, pauses=[(self.meal, 30)])
        page = self.report(machine_ids=self.machine.ids)._page()
        total = page["total"]
        self.assertEqual((total["orders"], total["pieces"], total["metres"]), (1, 10, 25))
        self.assertAlmostEqual(total["speed"], 25 / 1.5)
        self.assertAlmostEqual(total["standard"], 100)
        self.assertEqual([line["name"] for line in page["lines"]], ["Linha T"])
        self.assertEqual(page["lines"][0]["rows"].production_id, production)
        self.assertEqual(page["stops"]["rows"], [{"name": "Almoço T", "count": 1, "hours": 0.5}])
        self.assertEqual(page["scrap"]["pieces"], 2)
        materials = page["materials"]
        self.assertEqual(materials["rows"][0]["name"], self.paper_core.name)
        self.assertAlmostEqual(materials["total"]["difference_kg"], 0.2)
        self.assertAlmostEqual(materials["total"]["difference_value"], 2.4)
        (text,) = self.printed(self.report(machine_ids=self.machine.ids))
        for said in (order.name, production.name, "Almoço T", "Rasgo T", "2.40", "25.0"):
            self.assertIn(said, text)

    def test_day_of_the_user(self):
        """Finished at 23:30 in São Paulo belongs to that day; a pause is cut at midnight."""
        _order, production = self.make_sold()
        self.finish(production)
        start = MONDAY.replace(hour=23)  # 20:00 in São Paulo
        self.took(production, 3.5)
        self.took(production, 3.5, start=start, pauses=[(self.meal, 300)])
        monday, tuesday = MONDAY.date(), MONDAY.date() + timedelta(days=1)
        pages = [
            self.report(day=day, machine_ids=self.machine.ids)._page() for day in (monday, tuesday)
        ]
        self.assertEqual([page["total"]["orders"] for page in pages], [1, 0])
        self.assertEqual([page["stops"]["hours"] for page in pages], [4, 1])

    def test_costs(self):
        """Who sees no costs prints the same page without a value."""
        _order, production = self.make_sold()
        self.finish(production, core=3)
        self.took(production, 2)
        report = self.report(self.production_user, machine_ids=self.machine.ids)
        page = report._page()
        self.assertFalse(page["sees_cost"])
        self.assertNotIn("difference_value", page["materials"]["total"])
        (text,) = self.printed(report)
        self.assertIn("0.200", text)
        self.assertNotIn("2.40", text)
        with self.assertRaises(AccessError):
            self.report(self.sales_user)

    def test_one_page(self):
        """Whatever happened, with the longest names there are."""
        self.profile.name = self.customer.name = "Cantoneira de nome muito comprido " * 3
        _order, production = self.make_sold()
        self.finish(production)
        self.took(production, 1)
        report = self.report()
        row = self.rows("productivity.report", production)
        late = self.env["cantoneira.punctuality.report"].with_user(self.production_manager)
        order = self.make_order(self.resale(1), confirm=True)
        order.commitment_date = fields.Datetime.now() - timedelta(days=3)
        late = late.search([("order_id", "=", order.id)])
        name = "Material de nome muito comprido " * 4
        many = [
            {
                "name": name,
                "count": 3,
                "hours": 12.5,
                "pieces": 7,
                "metres": 12.5,
                "planned_kg": 99999.123,
                "consumed_kg": 99999.123,
                "difference_kg": 999.123,
                "difference_value": 99999.99,
            }
        ] * 40
        first = type(report)._first
        full = report._totals(row)
        lines = [
            {"name": "Linha", "rows": [row] * 6, "total": full},
            {"name": "Linha", "rows": [row] * 4, "total": full},
            {"name": "Linha", "rows": [row] * 7, "total": full},
        ]
        running = self.env["cantoneira.progress.report"]
        _order, started = self.make_sold()
        started.action_start()
        running = self.rows("progress.report", started)
        with (
            patch.object(type(report), "_first", lambda self, name, _rows: first(self, name, many)),
            patch.object(type(report), "_lines", lambda self, _made: lines),
            patch.object(type(report), "_late", lambda self: {"rows": [late] * 5, "more": 40}),
            patch.object(type(report), "_running", lambda self: [running] * 4),
        ):
            pages = self.printed(report)
        self.assertEqual(len(pages), 1)
        self.assertIn(order.name, pages[0], "the last table is on it")

    def test_orders_that_do_not_fit(self):
        made = self.env["mrp.production"]
        for _number in range(4):
            _order, production = self.make_sold(1)
            self.took(self.finish(production), 1)
            made |= production
        with patch.dict("odoo.addons.cantoneira_results.wizard.daily_report.ROWS", orders=4):
            page = self.report(machine_ids=self.machine.ids)._page()
        self.assertEqual((len(page["lines"][0]["rows"]), page["more"]), (3, 1))
        self.assertEqual(page["total"]["orders"], 4, "what is not shown is in the totals")

    def test_nothing_happened(self):
        (text,) = self.printed(self.report(day=date(2001, 1, 1)))
        self.assertIn("No order was finished on this day.", text)

    def test_day_to_come(self):
        """The last day of the calendar has no next one, and tomorrow nothing was made."""
        for day in (date(9999, 12, 31), date.today() + timedelta(days=2)):
            with self.assert_refused("is still to come", ValidationError):
                self.report(day=day)

    def test_default_day(self):
        report = self.env["cantoneira.daily.report"].with_user(self.production_manager)
        with freeze_time("2026-03-02 12:00:00"):  # 9:00 in São Paulo
            self.assertEqual(report._default_date(), date(2026, 3, 1))
        with freeze_time("2026-03-02 16:00:00"):
            self.assertEqual(report._default_date(), date(2026, 3, 2))

    def test_queries(self):
        """The page of 2 orders costs what the page of 8 costs."""
        made = []
        for _number in range(8):
            _order, production = self.make_sold()
            self.took(self.finish(production), 1, pauses=[(self.meal, 5)])
            made.append(production)
        cost = {}
        for count in (2, 8):
            for production in made[count:]:
                self.env.cr.execute(
                    "UPDATE mrp_production SET date_finished = '2001-01-02' WHERE id = %s",
                    [production.id],
                )
            report = self.report(machine_ids=self.machine.ids)
            self.assertEqual(report._page()["total"]["orders"], count)
            cost[count] = self.queries(report._page)
            for production in made:
                self.took(production, 1)
        self.assertLessEqual(cost[8], cost[2])


@tagged("post_install", "-at_install")
class TestDailyMail(DailyCase):
    def test_each_gets_what_he_may_see(self):
        """Nobody by default; a manager gets values, an operator none, a salesperson nothing."""
        mails = self.env["mail.mail"].sudo()
        _order, production = self.make_sold()
        self.finish(production, core=3)
        yesterday = fields.Datetime.now().replace(hour=15, minute=0) - timedelta(days=1)
        self.took(production, 1, start=yesterday)
        before = mails.search([])
        self.env["res.company"]._cron_daily_report()
        self.assertEqual(mails.search([]), before, "off by default")
        self.company.daily_report_user_ids = (
            self.production_manager | self.production_user | self.sales_user
        )
        # Tests print HTML unless they ask for more.
        self.env["res.company"].with_context(force_report_rendering=True)._cron_daily_report()
        sent = {mail.email_to: mail for mail in mails.search([]) - before}
        self.assertEqual(len(sent), 2)
        for user, sees in ((self.production_manager, True), (self.production_user, False)):
            mail = sent[user.email_formatted]
            (pdf,) = [attachment.raw for attachment in mail.attachment_ids]
            text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
            self.assertEqual("2.40" in text, sees)

    def test_quiet_days(self):
        self.company.daily_report_user_ids = self.production_manager
        with freeze_time("2001-01-03 15:00:00"):
            self.assertFalse(self.company._send_daily_report(self.production_manager))
