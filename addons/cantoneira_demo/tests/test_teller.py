from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ..story.teller import Teller
from .common import DemoCase


@tagged("post_install", "-at_install")
class TestTeller(DemoCase):
    """The story can be told on any day of the week."""

    def tellers(self):
        """One who tells it on each of 14 days in a row."""
        for days in range(14):
            teller = Teller(self.env)
            teller.today = date(2026, 12, 25) + timedelta(days=days)
            yield teller

    def test_days_are_working_days_in_order(self):
        for teller in self.tellers():
            days = [teller.date(number) for number in range(-40, 10)]
            self.assertEqual(days, sorted(days))
            self.assertFalse([day for day in days if day.weekday() >= 5])
            self.assertLessEqual(teller.date(0), teller.today)
            self.assertGreater(teller.date(1), teller.today)
            self.assertEqual(len({day for day in days if day > teller.today}), 9)

    def test_nothing_has_happened_in_the_future(self):
        teller = Teller(self.env)
        with patch("odoo.fields.Datetime.now", return_value=teller.moment(-3, 8)):
            self.assertEqual(teller.moment(-3, 14), teller.moment(-3, 8))
            self.assertGreater(teller.moment(1, 8), teller.moment(-3, 8))

    def test_nine_in_sao_paulo(self):
        self.assertEqual(Teller(self.env).moment(5, 9).hour, 12)
