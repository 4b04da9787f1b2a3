"""Properties of the arithmetic that examples alone cannot show (the examples are doctests)."""

import doctest
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from .. import alert, arithmetic, tools

pieces = st.integers(1, 10_000)
# Whole and half millimetres up to 20 m.
lengths = st.integers(1, 40_000).map(lambda halves: Decimal(halves) / 2)
grams = st.decimals(0, 2_000, places=6)
prices = st.decimals("0.01", 10_000, places=2)
quantities = st.decimals(-10_000, 10_000, places=3)
examples = settings(max_examples=200, deadline=None, database=None)


@tagged("post_install", "-at_install")
class TestArithmetic(BaseCase):
    def test_the_specification_s_numbers(self):
        for module in (arithmetic, alert, tools):
            result = doctest.testmod(module)
            self.assertFalse(result.failed)
            self.assertTrue(result.attempted)

    @examples
    @given(pieces, pieces, lengths)
    def test_metres_add_up(self, one, other, length_mm):
        self.assertEqual(
            arithmetic.metres(one + other, length_mm),
            arithmetic.metres(one, length_mm) + arithmetic.metres(other, length_mm),
        )

    @examples
    @given(pieces, lengths)
    def test_pieces_come_back_from_metres(self, number, length_mm):
        """Also through a column of six digits and a float, as the database gives it back."""
        metres = arithmetic.metres(number, length_mm)
        self.assertEqual(arithmetic.pieces_in(metres, length_mm), number)
        stored = float(arithmetic.round_half_up(metres, arithmetic.QUANTITY_DIGITS))
        self.assertEqual(arithmetic.pieces_in(stored, length_mm), number)

    @examples
    @given(pieces, lengths)
    def test_six_digits_hold_every_length(self, number, length_mm):
        metres = arithmetic.metres(number, length_mm)
        self.assertEqual(arithmetic.round_half_up(metres, arithmetic.QUANTITY_DIGITS), metres)

    @examples
    @given(st.integers(1, 20_000), lengths, lengths, grams)
    def test_material_adds_up(self, number, one_mm, other_mm, grams_per_metre):
        one = arithmetic.metres(number, one_mm)
        other = arithmetic.metres(number, other_mm)
        self.assertEqual(
            arithmetic.material_kg(one + other, grams_per_metre),
            arithmetic.material_kg(one, grams_per_metre)
            + arithmetic.material_kg(other, grams_per_metre),
        )

    def test_two_thousand_orders_do_not_drift(self):
        """2,000 orders of 1 × 1,237 mm, each rounded to what a column keeps."""
        each = arithmetic.material_kg(arithmetic.metres(1, 1237), "20.8")
        kept = arithmetic.round_half_up(each, arithmetic.QUANTITY_DIGITS)
        drift_kg = abs(2000 * kept - 2000 * each)
        self.assertLess(drift_kg, Decimal("0.001"))

    @examples
    @given(st.sampled_from(list(arithmetic.PriceBasis)), prices, pieces, lengths, grams)
    def test_no_cent_is_lost_whatever_the_price_is_for(self, basis, price, number, length, weight):
        """The price of a metre goes through a float, as Odoo keeps it."""
        wanted = arithmetic.money(price * arithmetic.billed_quantity(basis, number, length, weight))
        metre_price = float(arithmetic.price_per_metre(basis, price, number, length, weight))
        line = arithmetic.metres(number, length) * Decimal(metre_price)
        # Halves of a cent cannot survive a binary float; anything else must.
        exact = price * arithmetic.billed_quantity(basis, number, length, weight)
        if abs(exact * 100 % 1 - Decimal("0.5")) > Decimal("0.0001"):
            self.assertEqual(arithmetic.money(line), wanted)
        self.assertLess(abs(line - exact), Decimal("0.005"))

    @examples
    @given(st.sampled_from(list(arithmetic.PriceBasis)), prices, lengths, grams)
    def test_price_for_a_basis_comes_back(self, basis, price, length, weight):
        metre_price = arithmetic.price_per_metre(basis, price, 1, length, weight)
        again = arithmetic.price_for_basis(basis, metre_price, length, weight)
        if again is not None:
            self.assertAlmostEqual(again, price, places=12)

    @examples
    @given(prices, prices)
    def test_markup_and_margin_tell_the_same_profit(self, price, cost):
        markup = arithmetic.markup_percent(price, cost) * cost
        margin = arithmetic.margin_percent(price, cost) * price
        self.assertAlmostEqual(markup, margin, places=12)

    @examples
    @given(st.integers(1, 99_999), lengths)
    def test_every_good_measure_is_accepted(self, number, length_mm):
        self.assertIsNone(arithmetic.pieces_problem(number))
        self.assertIsNone(arithmetic.length_problem(length_mm))
        self.assertIsNone(arithmetic.length_problem(float(length_mm)))

    @examples
    @given(st.one_of(st.floats(), st.text(), st.none(), st.decimals()))
    def test_any_other_measure_is_named_and_never_a_traceback(self, value):
        for problem in (arithmetic.pieces_problem(value), arithmetic.length_problem(value)):
            self.assertIn(problem, [None, *arithmetic.MeasureProblem])


@tagged("post_install", "-at_install")
class TestAlertRule(BaseCase):
    @examples
    @given(quantities, quantities, st.decimals(0, 1000, places=3), st.decimals(0, 1, places=3))
    def test_less_stock_is_never_less_urgent(self, one, other, minimum, share):
        levels = list(alert.AlertLevel)
        point = minimum * share
        more, less = max(one, other), min(one, other)
        self.assertGreaterEqual(
            levels.index(alert.alert_level(less, minimum, point)),
            levels.index(alert.alert_level(more, minimum, point)),
        )

    def test_every_border(self):
        for free, level in ((51, "ok"), (50, "warning"), (21, "warning"), (20, "critical")):
            self.assertEqual(alert.alert_level(free, 50, 20), level)

    def test_without_minimum_there_is_no_alert(self):
        self.assertEqual(alert.alert_level(-1, 0, 0), "ok")

    def test_a_minimum_alone_turns_red_when_nothing_is_left(self):
        self.assertEqual(alert.alert_level(0.001, 50, 0), "warning")
        self.assertEqual(alert.alert_level(0, 50, 0), "critical")
