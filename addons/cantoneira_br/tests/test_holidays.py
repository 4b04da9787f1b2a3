"""The holidays on which no line works."""

import doctest
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import BaseCase, tagged

from odoo.addons.cantoneira_mrp.tests.test_machine_queue import MachineCase, at

from .. import factory_holidays

#: Easter Sundays, to count from.
EASTER = {2026: date(2026, 4, 5), 2027: date(2027, 3, 28), 2028: date(2028, 4, 16)}


@tagged("post_install", "-at_install")
class TestFactoryHolidays(BaseCase):
    def test_examples(self):
        result = doctest.testmod(factory_holidays)
        self.assertFalse(result.failed)
        self.assertTrue(result.attempted)

    def test_movable_ones(self):
        """Carnival, Good Friday and Corpus Christi move with Easter."""
        for year, easter in EASTER.items():
            found = factory_holidays.of_year(year, "SP")
            kinds = {(day - easter).days: day_off.kind for day, day_off in found.items()}
            self.assertEqual(
                [kinds.get(distance) for distance in (-48, -47, -2, 60)],
                ["customary", "customary", "national", "customary"],
            )
            self.assertEqual(found[date(year, 11, 20)].kind, "national")
            strict = factory_holidays.of_year(year, "SP", customary=False)
            self.assertEqual(
                found.keys() - strict.keys(),
                {day for day, day_off in found.items() if day_off.kind == "customary"},
            )

    @settings(max_examples=60, deadline=None, database=None)
    @given(st.integers(2025, 2060), st.sampled_from(["SP", "RJ", "DF", "RS", "", "XX"]))
    def test_every_year_has_the_national_ones(self, year, state):
        found = factory_holidays.of_year(year, state)
        fixed = [(1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (11, 20), (12, 25)]
        for month, day in fixed:
            self.assertEqual(found[date(year, month, day)].kind, "national")
        self.assertTrue(all(day.year == year for day in found))


@tagged("post_install", "-at_install")
class TestHolidays(MachineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "country_id": cls.env.ref("base.br").id,
                "state_id": cls.env.ref("base.state_br_sp").id,
            }
        )
        cls.year = fields.Date.today().year
        cls.env["cantoneira.local.holiday"].search([]).unlink()
        cls.company._renew_holidays()

    def holidays(self, **values):
        domain = [("company_id", "=", self.company.id), ("holiday_date", "!=", False)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["resource.calendar.leaves"].search(domain)

    def test_nobody_works_on_them(self):
        self.holidays().unlink()
        self.company._make_holidays(2026, 2026)
        # From Thursday, 19th of November, 16:00: Friday is the 20th of November.
        plan = self.plan((self.profile, 100), now=at(19, 16))
        self.assertEqual((plan.start, plan.end), (at(19, 16, 30), at(23, 8, 30)))
        # Two business days of delivery leave it out too.
        self.assertEqual(self.promise(goods={}, lead=1, now=at(19, 16)).date, at(23, 17))

    def test_the_coming_years_once(self):
        kinds = self.holidays().mapped("holiday_kind")
        self.assertEqual(set(kinds), {"national", "state", "customary"})
        christmas = self.holidays(holiday_date=date(self.year + 2, 12, 25))
        self.assertEqual((len(christmas), christmas.name), (1, "Natal"))
        before = self.holidays()
        # Worked on: deleted by hand, and not made again by the weekly job.
        christmas.with_user(self.production_manager).unlink()
        self.env["res.company"]._cron_make_holidays()
        self.assertEqual(self.holidays(), before - christmas)
        # A year later the next one is made.
        self.company.holidays_until = self.year + 1
        self.holidays(holiday_date=date(self.year + 2, 1, 1)).unlink()
        self.env["res.company"]._cron_make_holidays()
        self.assertTrue(self.holidays(holiday_date=date(self.year + 2, 1, 1)))

    def test_municipal(self):
        """The production manager types one; every year has it."""
        user = self.production_manager
        holiday = (
            self.env["cantoneira.local.holiday"]
            .with_user(user)
            .create({"name": "Aniversário da cidade", "day": 30, "month": "12"})
        )
        days = [date(self.year + n, 12, 30) for n in range(3)]
        self.assertEqual(self.holidays(holiday_kind="municipal").mapped("holiday_date"), days)
        holiday.day = 29
        self.assertFalse(self.holidays(holiday_date=days[1]))
        self.assertTrue(self.holidays(holiday_date=date(self.year + 1, 12, 29)))
        holiday.unlink()
        self.assertFalse(self.holidays(holiday_kind="municipal"))
        with self.assert_refused("no day 31", ValidationError):
            self.env["cantoneira.local.holiday"].create({"name": "Nunca", "day": 31, "month": "4"})
        with self.assertRaises(AccessError):
            self.env["cantoneira.local.holiday"].with_user(self.production_user).create(
                {"name": "Minha", "day": 1, "month": "4"}
            )

    def test_other_state_other_habit(self):
        day = date(self.year + 1, 7, 9)
        self.assertEqual(self.holidays(holiday_date=day).holiday_kind, "state")
        self.company.state_id = self.env.ref("base.state_br_rj")
        self.assertFalse(self.holidays(holiday_date=day))
        self.assertTrue(self.holidays(holiday_date=date(self.year + 1, 4, 23)))
        self.assertTrue(self.holidays(holiday_kind="customary"))
        self.company.customary_holidays = False
        self.assertFalse(self.holidays(holiday_kind="customary", holiday_date=date(2027, 5, 27)))
