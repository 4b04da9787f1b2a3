"""A suggestion is never worse than what was there (the example is a doctest)."""

import doctest
from datetime import timedelta
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.cantoneira_mrp.scheduling import Job

from .. import sequencing
from ..sequencing import Due, behind, score, suggest

minutes = st.integers(0, 40 * 60).map(lambda value: timedelta(minutes=value))
plans = st.lists(
    st.tuples(st.builds(Job, st.sampled_from("abc"), minutes, minutes), st.none() | minutes),
    max_size=9,
).map(lambda pairs: [Due(key, *pair) for key, pair in enumerate(pairs)])
changes = st.integers(0, 90).map(lambda value: timedelta(minutes=value))
examples = settings(max_examples=150, deadline=None, database=None)


@tagged("post_install", "-at_install")
class TestSequencing(BaseCase):
    def test_examples(self):
        self.assertFalse(doctest.testmod(sequencing).failed)

    @examples
    @given(plans, changes, st.sampled_from(["a", "b", None]))
    def test_never_worse(self, dues, change, ready):
        found = suggest(dues, change, ready)
        self.assertEqual(sorted(due.key for due in found), [due.key for due in dues])
        self.assertLessEqual(score(found, change, ready), score(dues, change, ready))
        self.assertEqual(found, suggest(dues, change, ready), "the same every time")

    @examples
    @given(plans, plans, changes)
    def test_behind_what_runs(self, ahead, dues, change):
        dues = [due._replace(key=("new", due.key)) for due in dues]
        first_come = dues[::-1]
        found, now, then = behind(ahead, dues, change, arrived=first_come)
        self.assertCountEqual(found, dues)
        self.assertEqual(now, score([*ahead, *dues], change))
        self.assertEqual(then, score([*ahead, *found], change))
        self.assertLessEqual(then, now)
        self.assertLessEqual(then, score([*ahead, *first_come], change))

    def test_five_hundred(self):
        hour = timedelta(hours=1)
        dues = [
            Due(key, Job(key * 7 % 11, hour * (1 + key % 3)), hour * (key * 37 % 900))
            for key in range(500)
        ]
        before = perf_counter()
        suggest(dues, hour / 2)
        self.assertLess(perf_counter() - before, 60)
