"""Lines + freight + discount = total, exactly: 10,000 orders of arithmetic, some through the ORM."""

import random
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.arithmetic import PriceBasis

from .common import CantoneiraTermsCase

cents = st.decimals(0, 5_000, places=2)
lines = st.lists(
    st.tuples(
        st.sampled_from(list(PriceBasis)),
        st.integers(1, 2_000),
        st.integers(1, 40_000).map(lambda halves: Decimal(halves) / 2),
        st.decimals("0.01", 500, places=2),
        st.sampled_from([0, 0, 0, 5, Decimal("12.5")]),
        st.one_of(st.none(), st.none(), st.none(), st.decimals(0, 20, places=2)),
    ),
    min_size=1,
    max_size=6,
)


def charged(price, quantity, discount):
    """As Odoo does it: binary floats, rounded once."""
    return round(float(price) * float(quantity) * (1 - float(discount) / 100) + 1e-9, 2)


@tagged("post_install", "-at_install")
class TestTotals(BaseCase):
    @settings(max_examples=10_000, deadline=None, database=None)
    @given(lines, cents, cents, cents)
    def test_no_cent_is_lost(self, typed, discount, freight, minimum):
        metres = [arithmetic.metres(pieces, length) for _, pieces, length, *_ in typed]
        prices = [
            float(arithmetic.price_per_metre(basis, price, pieces, length, "147.8"))
            for basis, pieces, length, price, _, _ in typed
        ]
        own = [line[4] for line in typed]
        goods = [
            arithmetic.line_amount(*values) for values in zip(prices, metres, own, strict=True)
        ]
        for basis, amount, (_, pieces, length, price, less, _) in zip(
            (line[0] for line in typed), goods, typed, strict=True
        ):
            billed = arithmetic.billed_quantity(basis, pieces, length, "147.8")
            self.assertAlmostEqual(
                amount, arithmetic.line_amount(price, billed, less), delta=Decimal("0.01")
            )
        discount = min(discount, sum(goods))
        taken = arithmetic.spread(discount, goods)
        lacking = arithmetic.raised_to(minimum, sum(goods) - discount)
        more = arithmetic.spread(lacking, goods)
        fixed = [line[5] for line in typed]
        freight += sum(share for share in fixed if share is not None)
        fixed[0] = None if None not in fixed else fixed[0]
        carried = arithmetic.spread_around(freight, metres, fixed)
        self.assertEqual(sum(taken), discount)
        self.assertEqual(sum(more), lacking)
        self.assertEqual(sum(carried), freight)
        self.assertTrue(all(share >= 0 for share in (*taken, *more, *carried)))
        amounts = [g - t + m + c for g, t, m, c in zip(goods, taken, more, carried, strict=True)]
        final = [
            float(arithmetic.price_of_amount(*values))
            for values in zip(amounts, metres, own, strict=True)
        ]
        papers = [charged(*values) for values in zip(final, metres, own, strict=True)]
        self.assertEqual(papers, [float(amount) for amount in amounts])
        self.assertEqual(sum(amounts), sum(goods) - discount + lacking + freight)


@tagged("post_install", "-at_install")
class TestTotalsOfOrders(CantoneiraTermsCase):
    def test_random_orders_and_their_invoices(self):
        dice = random.Random(3)
        (self.profile | self.other_profile | self.tape).invoice_policy = "order"
        self.company.write({"minimum_line_amount": 25, "minimum_order_amount": 300})
        for number in range(30):
            with self.subTest(number):
                order = self.make_order(*self.some_lines(dice), **self.some_terms(dice))
                self.assertFalse(order.terms_problem)
                self.assert_adds_up(order)
                order.sudo().write({"state": "sale"})
                invoice = order.with_user(self.finance_user)._create_invoices()
                self.assertAlmostEqual(invoice.amount_untaxed, order.amount_untaxed, 2)
                for line in order.order_line:
                    self.assertEqual(line.invoice_lines.price_subtotal, line.price_subtotal)

    def some_lines(self, dice):
        found = [
            self.composite(
                dice.randint(1, 400),
                dice.randint(100, 12_000) / 2,
                dice.choice([self.profile, self.other_profile]),
                price_basis=dice.choice(["metre", "piece", "kg"]),
                discount=dice.choice([0, 0, 7.5]),
            )
            for _line in range(dice.randint(1, 4))
        ]
        if dice.random() < 0.5:
            found.append(self.resale(dice.randint(1, 30), price_unit=dice.randint(1, 999) / 100))
        return found

    def some_terms(self, dice):
        return {
            **dice.choice(
                [
                    {},
                    {
                        "header_discount_kind": "percent",
                        "header_discount_percent": dice.randint(1, 999) / 100,
                    },
                    {
                        "header_discount_kind": "amount",
                        "header_discount_amount": dice.randint(1, 2000) / 100,
                    },
                ]
            ),
            **dice.choice(
                [
                    {},
                    {
                        "freight_mode": "cif",
                        "freight_amount": dice.randint(1, 30_000) / 100,
                        "freight_spread_by": dice.choice(["weight", "value"]),
                    },
                ]
            ),
        }
