"""What needs no database: first in first out, lists, tolerances."""

import unittest
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from .. import reels

weights = st.decimals(min_value=0, max_value=1500, places=3)
lots = st.lists(weights, max_size=12)


class TestFirstInFirstOut(unittest.TestCase):
    @settings(max_examples=10_000, deadline=None)
    @given(lots, st.decimals(min_value=0, max_value=6000, places=6))
    def test_nothing_is_left_over_and_nothing_lacks(self, held, need):
        taken, missing = reels.first_in_first_out(enumerate(held), need)
        self.assertEqual(sum((kg for _reel, kg in taken), Decimal(0)) + missing, need)
        self.assertEqual(missing, max(need - sum(held, Decimal(0)), 0))
        for reel, kg in taken:
            self.assertTrue(0 < kg <= held[reel])
        # Every reel before the last one touched is used up.
        used = dict(taken)
        for reel in range(max(used, default=0)):
            self.assertEqual(used.get(reel, 0), held[reel])

    @settings(max_examples=1000, deadline=None)
    @given(lots)
    def test_floats_that_people_typed(self, held):
        """As floats, as they come from the database: the whole stock is the whole stock."""
        taken, missing = reels.first_in_first_out(
            enumerate(map(float, held)), str(sum(held, Decimal(0)))
        )
        self.assertEqual(missing, 0)
        self.assertEqual(len(taken), sum(1 for kg in held if kg))


class TestLists(unittest.TestCase):
    @settings(max_examples=1000, deadline=None)
    @given(st.lists(st.decimals(min_value="0.001", max_value=9999, places=3), max_size=10))
    def test_what_is_written_is_read(self, kilos):
        text = "\n".join(f"{kg:f}".replace(".", ",") for kg in kilos)
        found, bad = reels.read_list(text)
        self.assertEqual([reel.weight_kg for reel in found], kilos)
        self.assertFalse(bad)

    @settings(max_examples=1000, deadline=None)
    @given(st.text(max_size=80))
    def test_no_text_is_a_traceback(self, text):
        found, bad = reels.read_list(text)
        self.assertTrue(all(reel.weight_kg > 0 for reel in found))
        lines = [line for line in text.splitlines() if line.strip()]
        self.assertEqual(len(found) + len(bad), len(lines))

    def test_spreadsheets(self):
        found, bad = reels.read_list("B1\t312,5\tK-9\n B2 ; 200 kg \n")
        self.assertEqual(
            found,
            [reels.Weighed("B1", Decimal("312.5"), "K-9"), reels.Weighed("B2", Decimal(200))],
        )
        self.assertFalse(bad)

    def test_what_cannot_be_a_weight(self):
        _found, bad = reels.read_list("1.312\n-3\n0\n20000\nB1;\nB1;;2")
        self.assertEqual(
            [line.problem.value for line in bad],
            ["ambiguous", "not_a_weight", "not_positive", "too_heavy"] + ["not_a_weight"] * 2,
        )
