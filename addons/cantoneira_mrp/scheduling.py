"""When a machine is through with its queue: plain Python, no ORM.

Everything is counted on the machine's own clock, which runs only while the machine works
(:class:`WorkingTime`), in :class:`datetime.timedelta`, which is whole microseconds and exact.
A queue of jobs becomes slots on that clock; a new block of jobs takes the first gap in which it
delays nobody. Moments are naive UTC, as Odoo stores them.

Two jobs of 5 h, the second of another profile; half an hour to change over:

>>> h = lambda hours: timedelta(hours=hours)
>>> queue = [Job("40x40", h(5)), Job("50x50", h(5))]
>>> [(str(slot.start), str(slot.end)) for slot in run(queue, h(0.5), ready="40x40")]
[('0:00:00', '5:00:00'), ('5:30:00', '10:30:00')]

An order of 2 h of 50x50 goes to the end and needs no change; one of 60x60 does:

>>> [slot] = place(queue, [Job("50x50", h(2))], h(0.5), ready="40x40")
>>> str(slot.start), str(slot.end)
('10:30:00', '12:30:00')
>>> [slot] = place(queue, [Job("60x60", h(2))], h(0.5), ready="40x40")
>>> str(slot.start), str(slot.end)
('11:00:00', '13:00:00')

A job that waits for its paper leaves a gap, which belongs to whoever fits:

>>> waiting = [Job("40x40", h(5), release=h(20))]
>>> [slot] = place(waiting, [Job("40x40", h(8))], h(0.5), ready="40x40")
>>> str(slot.end)
'8:00:00'
>>> [slot] = place(waiting, [Job("40x40", h(21))], h(0.5), ready="40x40")
>>> str(slot.start)
'1 day, 1:00:00'
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

NOTHING = timedelta(0)


class Job(NamedTuple):
    """So much work of one profile; ``release`` is when its material is there."""

    profile: Hashable
    duration: timedelta
    release: timedelta = NOTHING


class Slot(NamedTuple):
    """From when to when a job runs; the change-over before it is not in it."""

    start: timedelta
    end: timedelta


class WorkingTime:
    """The clock of a machine: it runs in ``spans`` and stands still between them.

    >>> day = datetime(2026, 11, 23)
    >>> clock = WorkingTime(
    ...     [(day.replace(hour=8), day.replace(hour=12)), (day.replace(hour=13), day.replace(hour=17))]
    ... )
    >>> str(clock.total), str(clock.worked_at(day.replace(hour=14)))
    ('8:00:00', '5:00:00')
    >>> str(clock.end_of(timedelta(hours=4))), str(clock.start_of(timedelta(hours=4)))
    ('2026-11-23 12:00:00', '2026-11-23 13:00:00')
    """

    def __init__(self, spans: Iterable[tuple[datetime, datetime]]):
        self.spans = sorted(span for span in spans if span[0] < span[1])
        for (_start, end), (following, _end) in pairwise(self.spans):
            if following < end:
                raise ValueError(f"spans overlap at {following}")
        self._worked = []
        total = NOTHING
        for start, end in self.spans:
            self._worked.append(total)
            total += end - start
        #: Work that all spans hold.
        self.total = total

    def worked_at(self, moment: datetime) -> timedelta:
        """Return the work done until ``moment``."""
        index = bisect_right(self.spans, moment, key=lambda span: span[0]) - 1
        if index < 0:
            return NOTHING
        start, end = self.spans[index]
        return self._worked[index] + min(moment, end) - start

    def start_of(self, worked: timedelta) -> datetime:
        """Return when work goes on after ``worked``, in the next span where one ends there.

        :raises ValueError: when the spans do not hold more work than that.
        """
        if worked < NOTHING or worked >= self.total:
            raise ValueError(f"{worked} is not within {self.total}")
        index = bisect_right(self._worked, worked) - 1
        return self.spans[index][0] + worked - self._worked[index]

    def end_of(self, worked: timedelta) -> datetime:
        """Return when ``worked`` is done, at the end of a span where it ends there.

        :raises ValueError: when the spans hold less work than that.
        """
        if worked <= NOTHING:
            return self.start_of(NOTHING)
        if worked > self.total:
            raise ValueError(f"{worked} is not within {self.total}")
        index = bisect_left(self._worked, worked) - 1
        return self.spans[index][0] + worked - self._worked[index]


def run(jobs: Sequence[Job], change: timedelta, ready: Hashable = None) -> list[Slot]:
    """Return the slots of ``jobs``, one after the other in this order.

    :param change: time to set the machine up for another profile.
    :param ready: the profile it is set up for; None: for none of them.
    """
    slots, free, profile = [], NOTHING, ready
    for job in jobs:
        start = _start(job, free, profile, change)
        slots.append(Slot(start, start + job.duration))
        free, profile = slots[-1].end, job.profile
    return slots


def place(
    jobs: Sequence[Job], block: Sequence[Job], change: timedelta, ready: Hashable = None
) -> list[Slot]:
    """Return the slots of ``block`` in the first gap of ``jobs`` where it delays none of them.

    A block runs as a whole, in its order; behind the last job there is always room.
    """
    if not block:
        return []
    slots = run(jobs, change, ready)
    free, profile = NOTHING, ready
    needed = sum((job.duration for job in block), NOTHING)
    for job, slot in zip(jobs, slots, strict=True):
        if slot.start - free < needed:
            free, profile = slot.end, job.profile
            continue
        placed = _run_from(block, free, profile, change)
        if _start(job, placed[-1].end, block[-1].profile, change) <= slot.start:
            return placed
        free, profile = slot.end, job.profile
    return _run_from(block, free, profile, change)


def _run_from(block, free, profile, change):
    first = _start(block[0], free, profile, change)
    slots = [Slot(first, first + block[0].duration)]
    for before, job in pairwise(block):
        start = _start(job, slots[-1].end, before.profile, change)
        slots.append(Slot(start, start + job.duration))
    return slots


def _start(job, free, profile, change):
    """A machine can be set up while the material is still on its way."""
    return max(free + (NOTHING if job.profile == profile else change), job.release)


def together(jobs: Sequence[tuple[Hashable, Hashable]]) -> list[tuple[Hashable, Hashable]]:
    """Return ``(key, profile)`` pairs with equal profiles together, in the order of the first.

    >>> together([(1, "a"), (2, "b"), (3, "a")])
    [(1, 'a'), (3, 'a'), (2, 'b')]
    """
    rank: dict[Hashable, int] = {}
    for _key, profile in jobs:
        rank.setdefault(profile, len(rank))
    return sorted(jobs, key=lambda job: rank[job[1]])


def dispatch(ready: datetime, days: Sequence[datetime], lead: int) -> datetime:
    """Return when what is ``ready`` has been delivered, ``lead`` business days later.

    :param days: the closing time of each business day, in order. What is ready by the closing
        of a day leaves that day.
    :raises ValueError: when there are not that many days.

    >>> closings = [datetime(2026, 11, day, 17) for day in (23, 24, 25)]
    >>> str(dispatch(datetime(2026, 11, 23, 15), closings, 1))
    '2026-11-24 17:00:00'
    >>> str(dispatch(datetime(2026, 11, 23, 19), closings, 1))
    '2026-11-25 17:00:00'
    """
    following = [day for day in days if day >= ready]
    if lead >= len(following):
        raise ValueError(f"no {lead} business days follow {ready}")
    return following[lead]
