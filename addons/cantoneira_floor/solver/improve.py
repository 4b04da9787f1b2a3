"""Improve the sequence of a machine with OR-Tools' CP-SAT. A program of its own: JSON in, JSON out.

It is started by ``solving.py`` in a process of its own, so that neither the memory nor the time of
a web worker is spent. It knows neither Odoo nor our addons. It reads a list of questions::

    {"jobs": [[profile, duration, release, due or null], …], "sequence": [indices], "change": c,
     "free": when the machine is free, "ready": its profile or null, "seconds": wall clock limit}

and writes a list of answers::

    {"sequence": [indices], "solved": how many parts, "finished": false when out of time}

Where there is no OR-Tools it ends with ``NO_SOLVER``.

Times are whole seconds on the machine's clock. A sequence is judged by (late jobs, total lateness,
set-ups), as ``sequencing.score`` does. One stretch of the sequence at a time is put into its best
order, together with jobs that come too late and could be early there; what comes too late in any
case may go to the end. What follows is shifted, and what that costs is part of the model. A part is
kept only when the whole is better, so the answer is never worse than what came in. The parts are
chosen by a seeded generator and each is solved by one worker within a deterministic limit: the same
question has the same answer, as long as the wall clock does not end it.
"""

import json
import os
import random
import sys
import time
from itertools import groupby
from typing import NamedTuple

#: Exit code.
NO_SOLVER = 3
SEED = 4
#: Chains of jobs that are put in order at a time, and how many late jobs are offered to them. Small
#: parts and little work on each gain more than large ones (measured: DEVELOP.md).
WINDOW, RESCUED = 6, 2
#: CP-SAT's own measure of work for one part, about seconds.
EFFORT = 0.02
#: The search ends when so many parts in a row gave nothing, or so many for each job.
PATIENCE, PATIENCE_PER_JOB = 600, 8


class Job(NamedTuple):
    profile: object
    duration: int
    release: int
    due: int | None


class Chain(NamedTuple):
    """Jobs of one profile made one after the other, each so long after the first's start."""

    jobs: tuple
    offsets: tuple
    profile: object
    duration: int
    release: int


class Plan:
    """The machine, its jobs, and how a sequence of them is judged."""

    def __init__(self, question):
        self.jobs = [Job(*row) for row in question["jobs"]]
        self.change, self.free = question["change"], question["free"]
        self.ready = question["ready"]
        self.horizon = max(
            [self.free, *(job.release for job in self.jobs)],
        ) + sum(job.duration + self.change for job in self.jobs)

    def setup(self, before, after):
        return 0 if before == after else self.change

    def starts(self, sequence, free=None, profile=None):
        """``(starts, when it is free, profile)``; ``free`` None: from the beginning."""
        if free is None:
            free, profile = self.free, self.ready
        found = []
        for index in sequence:
            job = self.jobs[index]
            start = max(free + self.setup(profile, job.profile), job.release)
            found.append(start)
            free, profile = start + job.duration, job.profile
        return found, free, profile

    def score(self, sequence):
        free, profile, late, lateness, setups = self.free, self.ready, 0, 0, 0
        change = self.change
        for index in sequence:
            job_profile, duration, release, due = self.jobs[index]
            if job_profile != profile:
                free += change
                setups += 1
                profile = job_profile
            if release > free:
                free = release
            free += duration
            if due is not None and free > due:
                late += 1
                lateness += free - due
        return late, lateness, setups

    def late(self, sequence):
        starts, _free, _profile = self.starts(sequence)
        return [
            index
            for index, start in zip(sequence, starts, strict=True)
            if self.jobs[index].due is not None
            and start + self.jobs[index].duration > self.jobs[index].due
        ]

    def chain(self, indices):
        offsets, duration, release = [], 0, 0
        for index in indices:
            offsets.append(duration)
            # As late as its last material: nothing waits inside a chain.
            release = max(release, self.jobs[index].release - duration)
            duration += self.jobs[index].duration
        profile = self.jobs[indices[0]].profile
        return Chain(tuple(indices), tuple(offsets), profile, duration, release)


class Part:
    """A stretch of the sequence as a model of CP-SAT: ``head``, chains in any order, ``tail``.

    Chains may also be left out; they go to the end, as what comes too late in any case.
    """

    def __init__(self, cp_model, plan, head, chains, tail):
        self.cp_model, self.plan = cp_model, plan
        self.head, self.chains, self.tail = head, chains, tail
        self.model = cp_model.CpModel()
        self.costs = []
        #: Dearer than any lateness: a late job.
        self.dear = 2 * plan.horizon * (len(plan.jobs) + 1)
        _starts, self.free, self.profile = plan.starts(head)
        self._sequence()
        self._own_lateness()
        self._shifted_lateness()
        self.model.minimize(sum(self.costs))

    def _sequence(self):
        model, plan, chains = self.model, self.plan, self.chains
        self.starts = [model.new_int_var(chain.release, plan.horizon, "") for chain in chains]
        self.end = model.new_int_var(0, plan.horizon + plan.change, "")
        model.add(self.end >= self.free)
        follower = plan.jobs[self.tail[0]].profile if self.tail else None
        self.arcs, self.absent = {}, []
        for j, chain in enumerate(chains):
            self.absent.append(model.new_bool_var(""))
            setup = plan.setup(self.profile, chain.profile)
            self._arc(-1, j, setup, self.starts[j], self.free + setup)
            setup = plan.setup(chain.profile, follower) if self.tail else 0
            self._arc(j, -1, setup, self.end, self.starts[j] + chain.duration + setup)
            for i, before in enumerate(chains):
                if i != j:
                    setup = plan.setup(before.profile, chain.profile)
                    ready = self.starts[i] + before.duration + setup
                    self._arc(i, j, setup, self.starts[j], ready)
        setup = plan.setup(self.profile, follower) if self.tail else 0
        self._arc(-1, -1, setup, self.end, self.free + setup)
        loops = [(j + 1, j + 1, literal) for j, literal in enumerate(self.absent)]
        model.add_circuit([(i + 1, j + 1, lit) for (i, j), lit in self.arcs.items()] + loops)

    def _arc(self, i, j, setup, later, earlier):
        literal = self.arcs[i, j] = self.model.new_bool_var("")
        self.model.add(later >= earlier).only_enforce_if(literal)
        if setup:
            self.costs.append(literal)

    def _own_lateness(self):
        """What the chains cost where they stand, or at the end."""
        for chain, start, absent in zip(self.chains, self.starts, self.absent, strict=True):
            for index, offset in zip(chain.jobs, chain.offsets, strict=True):
                job = self.plan.jobs[index]
                if job.due is None:
                    continue
                done = offset + job.duration
                self._late(start + (done - job.due), absent)
                at_end = max(0, self.plan.horizon - job.due)
                self.costs.append((self.dear + at_end) * self.weight * absent)
            if all(self.plan.jobs[index].due is None for index in chain.jobs):
                self.costs.append(absent)

    @property
    def weight(self):
        """A second of lateness is dearer than all set-ups."""
        return len(self.plan.jobs) + 1

    def _late(self, overdue, *unless):
        """Cost of a job that is ``overdue`` (an expression; late above 0)."""
        late = self.model.new_bool_var("")
        seconds = self.model.new_int_var(0, self.plan.horizon, "")
        on_time = [late.negated(), *(literal.negated() for literal in unless)]
        self.model.add(overdue <= 0).only_enforce_if(on_time)
        self.model.add(seconds >= overdue).only_enforce_if(
            [late, *(literal.negated() for literal in unless)]
        )
        self.costs += [self.dear * self.weight * late, self.weight * seconds]

    def _shifted_lateness(self):
        """What follows begins earlier or later than it would without any of the chains."""
        if not self.tail:
            return
        plan, first = self.plan, self.plan.jobs[self.tail[0]]
        setup = plan.setup(self.profile, first.profile)
        begins = max(self.free + setup, first.release)
        starts, _free, _profile = plan.starts(self.tail, self.free, self.profile)
        shift = self.model.new_int_var(0, plan.horizon, "")
        self.model.add(shift >= self.end - begins)
        most = sum(chain.duration + plan.change for chain in self.chains) + plan.change
        absorbed, free, late = 0, begins, 0
        for index, start in zip(self.tail, starts, strict=True):
            job = plan.jobs[index]
            # Idle time in front of it takes up so much of the shift.
            absorbed += max(0, start - free - plan.change)
            free = start + job.duration
            if job.due is None:
                continue
            slack = job.due - free + absorbed
            if slack < 0:
                late += 1
            elif slack < most:
                self._late(shift - slack)
        self.costs.append(self.weight * late * shift)

    def solve(self, current):
        """The chains in their best order and those left out, or None."""
        solver = self.cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = SEED
        solver.parameters.max_deterministic_time = EFFORT
        for start, value in zip(self.starts, current, strict=True):
            self.model.add_hint(start, value)
        status = solver.solve(self.model)
        if status not in (self.cp_model.OPTIMAL, self.cp_model.FEASIBLE):
            return None
        order, place = [], -1
        while True:
            place = next(j for (i, j), lit in self.arcs.items() if i == place and solver.value(lit))
            if place < 0:
                break
            order.append(place)
        left = [j for j, literal in enumerate(self.absent) if solver.value(literal)]
        return order, left


def improve(cp_model, question):
    """Answer one question, see the module."""
    plan = Plan(question)
    best = list(question["sequence"])
    score = plan.score(best)
    randomly = random.Random(SEED)
    until = time.monotonic() + question["seconds"]
    solved = vain = 0
    patience = min(PATIENCE, PATIENCE_PER_JOB * len(best))
    while vain < patience and len(best) > 1 and score > (0, 0, 0):
        if time.monotonic() > until:
            break
        found = improve_part(cp_model, plan, best, randomly)
        solved, vain = solved + 1, vain + 1
        if found and (found_score := plan.score(found)) < score:
            best, score, vain = found, found_score, 0
    finished = time.monotonic() <= until
    return {"sequence": best, "solved": solved, "finished": finished}


def improve_part(cp_model, plan, sequence, randomly):
    """Put one stretch of ``sequence`` in order; None where that is impossible."""
    late = plan.late(sequence)
    rescued = randomly.sample(late, min(len(late), randomly.randint(0, RESCUED)))
    rest = [index for index in sequence if index not in rescued]
    blocks = cut(plan, rest, randomly)
    first = begin_at(plan, blocks, rescued, randomly)
    inside = blocks[first : first + WINDOW - len(rescued)]
    head = [index for block in blocks[:first] for index in block]
    tail = [index for block in blocks[first + len(inside) :] for index in block]
    chains = [plan.chain(block) for block in inside + [[index] for index in rescued]]
    if len(chains) < 2:
        return None
    _starts, free, profile = plan.starts(head)
    current = plan.starts([index for chain in chains for index in chain.jobs], free, profile)[0]
    hints, place = [], 0
    for chain in chains:
        hints.append(current[place])
        place += len(chain.jobs)
    answer = Part(cp_model, plan, head, chains, tail).solve(hints)
    if not answer:
        return None
    order, left = answer
    middle = [index for j in order for index in chains[j].jobs]
    given_up = [index for j in left for index in chains[j].jobs]
    return head + middle + tail + given_up


def cut(plan, sequence, randomly):
    """The sequence in chains: whole runs of a profile, or pieces of them."""
    runs = [
        list(run) for _profile, run in groupby(sequence, key=lambda index: plan.jobs[index].profile)
    ]
    longest = randomly.choice((1, 1, 2, 4, len(sequence)))
    return [run[i : i + longest] for run in runs for i in range(0, len(run), longest)]


def begin_at(plan, blocks, rescued, randomly):
    """Where the stretch begins: anywhere, or so that a rescued job could end in time."""
    room = max(1, len(blocks) - WINDOW + len(rescued) + 1)
    if not rescued:
        return randomly.randrange(room)
    starts = plan.starts([index for block in blocks for index in block])[0]
    due = plan.jobs[rescued[0]].due
    in_time = sum(start < due for start in starts)
    place = seen = 0
    for block in blocks:
        seen += len(block)
        if seen > in_time:
            break
        place += 1
    return min(room - 1, max(0, place - randomly.randrange(2 * WINDOW)))


def make_room():
    """Take the memory that Odoo's limit left to its children, and stand behind its workers."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
        hard = resource.getrlimit(limit)[1]
        resource.setrlimit(limit, (hard, hard))
    os.nice(10)


def main():
    make_room()
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        sys.exit(NO_SOLVER)
    questions = json.load(sys.stdin)
    json.dump([improve(cp_model, question) for question in questions], sys.stdout)


if __name__ == "__main__":
    main()
