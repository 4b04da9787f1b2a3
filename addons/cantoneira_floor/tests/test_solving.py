"""OR-Tools is never worse than the heuristic, which is never worse than first come first served."""

import os
import random
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from time import perf_counter
from unittest.mock import patch

from hypothesis import given, settings

from odoo.tests import BaseCase, tagged

from odoo.addons.cantoneira_mrp.scheduling import Job

from .. import solving
from ..sequencing import Due, behind, score
from ..solving import SolverFailed, ask, best_sequence, question
from .test_sequencing import changes, plans

MINUTE = timedelta(minutes=1)
CHANGE = 30 * MINUTE
#: Each starts a program.
examples = settings(max_examples=12, deadline=None, database=None)


def factory(seed, count, profiles=12, load=1.0):
    """A random factory: few profiles make most of the work, some material is late."""
    randomly = random.Random(seed)
    drawn = [
        (
            min(int(randomly.paretovariate(1.2)), profiles),
            max(3, int(randomly.lognormvariate(3.8, 0.9))),
        )
        for _each in range(count)
    ]
    total = sum(minutes for _profile, minutes in drawn) + 15 * count
    dues = []
    for key, (profile, minutes) in enumerate(drawn):
        release = int(randomly.random() * total * 0.5) if randomly.random() < 0.15 else 0
        due = release + minutes + int(randomly.random() * total / load)
        job = Job(profile, minutes * MINUTE, release * MINUTE)
        dues.append(Due(key, job, due * MINUTE if randomly.random() < 0.9 else None))
    return dues


@tagged("post_install", "-at_install")
class TestSolving(BaseCase):
    def test_it_is_installed(self):
        """Without OR-Tools the other tests here would say nothing about it."""
        self.assertEqual(best_sequence([], factory(1, 5), CHANGE, seconds=1).engine, "solver")

    @examples
    @given(plans, plans, changes)
    def test_never_worse(self, ahead, dues, change):
        dues = [due._replace(key=("new", due.key)) for due in dues]
        first_come = dues[::-1]
        _found, now, heuristic = behind(ahead, dues, change, arrived=first_come)
        answer = best_sequence(ahead, dues, change, arrived=first_come, seconds=1)
        self.assertCountEqual(answer.dues, dues)
        self.assertEqual(answer.now, now)
        self.assertEqual(answer.then, score([*ahead, *answer.dues], change))
        self.assertLessEqual(answer.then, heuristic)
        self.assertLessEqual(heuristic, score([*ahead, *first_come], change))

    def test_best_of_all(self):
        """Of six jobs it finds what trying all 720 sequences finds."""
        plans = [factory(seed, 6, profiles=3, load=1.5) for seed in range(12)]
        answers = ask([question([], dues, CHANGE, None, 5) for dues in plans], 5)
        for dues, answer in zip(plans, answers, strict=True):
            found = score([dues[index] for index in answer["sequence"]], CHANGE)
            self.assertEqual(found, min(score(each, CHANGE) for each in permutations(dues)))

    def test_the_same_every_time(self):
        asked = [question([], factory(seed, 14, profiles=4), CHANGE, None, 60) for seed in (1, 2)]
        first, second = ask(asked, 60), ask(asked, 60)
        self.assertEqual(first, second)
        self.assertTrue(all(answer["finished"] for answer in first))

    def test_five_hundred(self):
        """In under a minute, and better than the heuristic in the few seconds it is given here."""
        dues = factory(1, 500)
        before = perf_counter()
        answer = best_sequence([], dues, CHANGE, arrived=dues, seconds=10)
        self.assertLess(perf_counter() - before, 60)
        _found, _now, heuristic = behind([], dues, CHANGE, arrived=dues)
        self.assertEqual(answer.engine, "solver")
        self.assertLess(answer.then, heuristic)
        self.assertLess(heuristic, score(dues, CHANGE))

    def test_without_it(self):
        dues = factory(3, 20)
        heuristic = behind([], dues, CHANGE)[2]
        with patch.dict(os.environ, {"CANTONEIRA_SOLVER": "/nowhere"}):
            answer = best_sequence([], dues, CHANGE, seconds=5)
        self.assertEqual((answer.engine, answer.then), ("heuristic", heuristic))
        self.assertEqual(best_sequence([], dues, CHANGE, seconds=0).then, heuristic)

    def test_it_fails(self):
        dues = factory(3, 20)
        with patch.object(solving, "PROGRAM", Path("/nowhere.py")):
            answer = best_sequence([], dues, CHANGE, seconds=5)
            with self.assertRaisesRegex(SolverFailed, "nowhere"):
                ask([], 1)
        self.assertEqual((answer.engine, answer.then), ("failed", behind([], dues, CHANGE)[2]))
        with (
            patch.object(solving, "GRACE", -4.9),
            self.assertRaisesRegex(SolverFailed, "timed out"),
        ):
            ask([question([], dues, CHANGE, None, 5)], 5)
