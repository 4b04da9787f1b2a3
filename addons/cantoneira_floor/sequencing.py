"""In which order a machine makes its queue: dates first, set-ups second. Plain Python, no ORM.

A sequence is judged by (late orders, total lateness, set-ups), the first that differs decides.

>>> h = lambda hours: timedelta(hours=hours)
>>> jobs = [
...     Due("A", Job("40x40", h(2)), None),
...     Due("B", Job("50x50", h(2)), h(20)),
...     Due("C", Job("40x40", h(2)), None),
...     Due("D", Job("60x60", h(2)), h(3)),
... ]
>>> [due.key for due in suggest(jobs, h(0.5))]
['D', 'B', 'A', 'C']
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import timedelta
from typing import NamedTuple

from odoo.addons.cantoneira_mrp.scheduling import NOTHING, Job, run

#: So many sequences are tried at most: with 500 jobs a few seconds.
TRIALS = 2500


class Due(NamedTuple):
    """A job that should have ended at ``due`` on the machine's clock; None: no date."""

    key: Hashable
    job: Job
    due: timedelta | None


class Score(NamedTuple):
    """What a sequence costs; less is better, the first that differs decides."""

    late: int
    lateness: timedelta
    setups: int


def score(dues: Sequence[Due], change: timedelta, ready: Hashable = None) -> Score:
    """Judge ``dues`` in this order."""
    slots = run([due.job for due in dues], change, ready)
    late, lateness, setups, profile = 0, NOTHING, 0, ready
    for due, slot in zip(dues, slots, strict=True):
        if due.due is not None and slot.end > due.due:
            late += 1
            lateness += slot.end - due.due
        setups += due.job.profile != profile
        profile = due.job.profile
    return Score(late, lateness, setups)


def suggest(dues: Sequence[Due], change: timedelta, ready: Hashable = None) -> list[Due]:
    """Return the best sequence found, never worse than ``dues`` as they came.

    Starts are the order given, earliest date first, and what can be in time before what cannot;
    the best is improved by moving one job at a time to its own profile or in front of another.
    Deterministic.
    """
    dues = list(dues)
    by_date = sorted(dues, key=lambda due: (due.due is None, due.due or NOTHING))
    starts = [dues, by_date, _in_time_first(by_date, change, ready)]
    best = min(starts, key=lambda sequence: score(sequence, change, ready))
    return _improve(best, change, ready)


def behind(
    ahead: Sequence[Due],
    dues: Sequence[Due],
    change: timedelta,
    ready: Hashable = None,
    arrived: Sequence[Due] = (),
) -> tuple[list[Due], Score, Score]:
    """Suggest a sequence of ``dues`` behind what runs: ``(sequence, score now, score then)``.

    :param arrived: ``dues`` as they were ordered; the suggestion is no worse than these either.
    """
    ahead, dues = list(ahead), list(dues)
    after = ahead[-1].job.profile if ahead else ready
    by_key = {due.key: due for due in dues}
    found = suggest(_delayed(ahead, dues, change, ready), change, after)
    sequences = [dues, [by_key[due.key] for due in found]]
    if arrived:
        sequences.append(list(arrived))
    best = min(sequences, key=lambda sequence: score(ahead + sequence, change, ready))
    now = score(ahead + dues, change, ready)
    return best, now, score(ahead + best, change, ready)


def _delayed(ahead, dues, change, ready):
    """``dues`` as they look once what runs is through: dates and material that much nearer."""
    slots = run([due.job for due in ahead], change, ready)
    through = slots[-1].end if slots else NOTHING
    return [
        due._replace(
            job=due.job._replace(release=max(NOTHING, due.job.release - through)),
            due=None if due.due is None else due.due - through,
        )
        for due in dues
    ]


def _in_time_first(dues, change, ready):
    """Moore and Hodgson: as long as one comes too late, the longest so far goes to the end."""
    kept, given_up = [], []
    for due in dues:
        kept.append(due)
        end = run([each.job for each in kept], change, ready)[-1].end
        if due.due is not None and end > due.due:
            longest = max(kept, key=lambda each: each.job.duration)
            kept.remove(longest)
            given_up.append(longest)
    return kept + given_up


def _improve(dues, change, ready):
    best, best_score, trials = list(dues), score(dues, change, ready), 0
    improved = True
    while improved and trials < TRIALS:
        improved = False
        for index in range(len(best)):
            for target in _targets(best, index):
                trials += 1
                if trials > TRIALS:
                    return best
                trial = best[:index] + best[index + 1 :]
                trial.insert(target, best[index])
                if (trial_score := score(trial, change, ready)) < best_score:
                    best, best_score, improved = trial, trial_score, True
                    break
    return best


def _targets(dues, index):
    """Where the job at ``index`` might stand instead, once it has been taken out."""
    profile = dues[index].job.profile
    same = [i for i, due in enumerate(dues) if due.job.profile == profile and i != index]
    before = [i for i in same if i < index][-1:]
    after = [i for i in same if i > index][:1]
    spots = [i + 1 for i in before] + [i - 1 for i in after] + [index - 1, index + 1]
    return [spot for spot in dict.fromkeys(spots) if 0 <= spot < len(dues) and spot != index]
