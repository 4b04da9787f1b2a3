"""The best sequence that the heuristic and OR-Tools find. Plain Python, no ORM.

OR-Tools computes in a process of its own (``solver/improve.py``): importing it takes 0.3 s and
260 MB of address space, which a web worker has no room for, and a program that is killed leaves
nothing behind. It is found in the folder that the environment variable ``CANTONEIRA_SOLVER`` names
(``requirements/solver.txt`` installed there), or where this Python finds its packages. Without it
the heuristic answers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Hashable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from odoo.addons.cantoneira_mrp import scheduling

from . import sequencing
from .sequencing import Due, Score

PROGRAM = Path(__file__).parent / "solver" / "improve.py"
#: Exit code of the program where there is no OR-Tools.
NO_SOLVER = 3
#: What starting and ending may take beyond the time asked for.
GRACE = 30
SECOND = timedelta(seconds=1)


class Answer(NamedTuple):
    """A sequence of what has not started, beside the one it has."""

    dues: list[Due]
    now: Score
    then: Score
    #: "solver", "heuristic" (OR-Tools is not installed) or "failed" (it is, and gave nothing).
    engine: str


class NoSolver(Exception):
    """OR-Tools is not installed."""


class SolverFailed(Exception):
    """OR-Tools was stopped or failed; the message is what it said last."""


def best_sequence(
    ahead: Sequence[Due],
    dues: Sequence[Due],
    change: timedelta,
    ready: Hashable = None,
    arrived: Sequence[Due] = (),
    seconds: float = 30,
) -> Answer:
    """The best sequence of ``dues`` behind what runs.

    Never worse than the heuristic (:func:`sequencing.behind`), which is never worse than ``dues``
    as they came nor than ``arrived``. Every sequence is judged here, on exact times.

    :param seconds: wall clock for OR-Tools; 0: only the heuristic.
    """
    found, now, then = sequencing.behind(ahead, dues, change, ready, arrived)
    answer = Answer(found, now, then, "heuristic")
    if seconds <= 0 or len(found) < 2:
        return answer
    try:
        [solved] = ask([question(ahead, found, change, ready, seconds)], seconds)
    except NoSolver:
        return answer
    except SolverFailed:
        return answer._replace(engine="failed")
    sequence = [found[index] for index in solved["sequence"]]
    score = sequencing.score([*ahead, *sequence], change, ready)
    if score < then and sorted(solved["sequence"]) == list(range(len(found))):
        answer = answer._replace(dues=sequence, then=score)
    return answer._replace(engine="solver")


def question(ahead, dues, change, ready, seconds):
    """What the program is asked: whole seconds, rounded so that nothing looks better than it is."""
    slots = scheduling.run([due.job for due in ahead], change, ready)
    free = slots[-1].end if slots else scheduling.NOTHING
    after = ahead[-1].job.profile if ahead else ready
    # Profiles may be anything that can be compared; the program gets numbers.
    number = {profile: place for place, profile in enumerate({due.job.profile: 0 for due in dues})}
    return {
        "jobs": [
            [
                number[due.job.profile],
                _up(due.job.duration),
                _up(due.job.release),
                None if due.due is None else due.due // SECOND,
            ]
            for due in dues
        ],
        "sequence": list(range(len(dues))),
        "change": _up(change),
        "free": _up(free),
        "ready": number.get(after),
        "seconds": seconds,
    }


def _up(duration):
    return -(-duration // SECOND)


def ask(questions, seconds):
    """Run the program on these questions; gives its answers.

    :raises NoSolver: OR-Tools is not installed.
    :raises SolverFailed: it took too long, or ended with an error.
    """
    environment = dict(os.environ, OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
    if folder := environment.get("CANTONEIRA_SOLVER"):
        environment["PYTHONPATH"] = folder
    try:
        ended = subprocess.run(
            [sys.executable, str(PROGRAM)],
            input=json.dumps(questions),
            capture_output=True,
            text=True,
            timeout=seconds * len(questions) + GRACE,
            env=environment,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise SolverFailed(str(error)) from None
    if ended.returncode == NO_SOLVER:
        raise NoSolver
    if ended.returncode:
        raise SolverFailed(ended.stderr[-500:])
    return json.loads(ended.stdout)
