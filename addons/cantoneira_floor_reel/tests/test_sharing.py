"""What needs no database: what was not weighed, shared over the reels that are on."""

import unittest
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ..sharing import share_evenly

weights = st.decimals(min_value=0, max_value=1500, places=6)
needs = st.decimals(min_value=0, max_value=6000, places=6)


class TestSharing(unittest.TestCase):
    @settings(max_examples=10_000, deadline=None)
    @given(st.lists(weights, max_size=8), needs)
    def test_nothing_is_left_over_and_nothing_lacks(self, held, need):
        shares, missing = share_evenly(enumerate(held), need)
        self.assertEqual(sum(shares.values(), Decimal(0)) + missing, need)
        self.assertEqual(missing, max(need - sum(held, Decimal(0)), 0))
        for reel, kg in shares.items():
            self.assertTrue(0 <= kg <= held[reel])
        # Who is not used up gave as much as any other, to the milligram of rounding.
        most = max(shares.values(), default=0)
        for reel, kg in shares.items():
            self.assertTrue(kg == held[reel] or most - kg <= Decimal("0.000008"))

    @settings(max_examples=1000, deadline=None)
    @given(st.lists(weights, min_size=1, max_size=8))
    def test_floats_as_the_database_has_them(self, held):
        """The whole stock is the whole stock, and all of it is used."""
        shares, missing = share_evenly(enumerate(map(float, held)), str(sum(held, Decimal(0))))
        self.assertEqual(missing, 0)
        self.assertEqual(list(map(shares.get, range(len(held)))), held)
