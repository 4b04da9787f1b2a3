"""Properties of the queue that examples alone cannot show (the examples are doctests)."""

import doctest
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from .. import scheduling
from ..scheduling import Job, Slot, WorkingTime, dispatch, place, run

HOUR = timedelta(hours=1)
durations = st.integers(0, 40 * 60).map(lambda minutes: timedelta(minutes=minutes))
jobs = st.builds(
    Job,
    profile=st.sampled_from("abc"),
    duration=durations,
    release=st.one_of(st.just(timedelta(0)), durations),
)
queues = st.lists(jobs, max_size=8)
blocks = st.lists(jobs, min_size=1, max_size=4)
changes = st.integers(0, 90).map(lambda minutes: timedelta(minutes=minutes))
profiles = st.sampled_from(["a", "b", None])
examples = settings(max_examples=300, deadline=None, database=None)

steps = st.lists(st.integers(1, 3_000), min_size=2, max_size=24).filter(lambda s: len(s) % 2 == 0)


@st.composite
def clocks(draw):
    """Working and idle minutes in turn."""
    first = datetime(2026, 11, 23, 11)
    bounds = [first + timedelta(minutes=m) for m in accumulate(draw(steps))]
    return WorkingTime(list(zip(bounds[::2], bounds[1::2], strict=True)))


@tagged("post_install", "-at_install")
class TestScheduling(BaseCase):
    def test_examples(self):
        result = doctest.testmod(scheduling)
        self.assertFalse(result.failed)
        self.assertTrue(result.attempted)

    @examples
    @given(queues, changes, profiles)
    def test_one_after_the_other(self, queue, change, ready):
        """No two jobs overlap, none starts without material or change-over."""
        slots = run(queue, change, ready)
        self.assertEqual(len(slots), len(queue))
        for job, slot in zip(queue, slots, strict=True):
            self.assertGreaterEqual(slot.start, job.release)
            self.assertEqual(slot.end - slot.start, job.duration)
        for (job, slot), (next_job, next_slot) in pairwise(zip(queue, slots, strict=True)):
            idle = change if job.profile != next_job.profile else timedelta(0)
            self.assertGreaterEqual(next_slot.start, slot.end + idle)

    @examples
    @given(queues, blocks, changes, profiles)
    def test_a_new_order_delays_nobody(self, queue, block, change, ready):
        """Who was promised before keeps the slot, whatever is placed between."""
        before = run(queue, change, ready)
        placed = place(queue, block, change, ready)
        everything = sorted(
            [*zip(before, queue, strict=True), *zip(placed, block, strict=True)],
            key=lambda pair: (pair[0].start, pair[0].end),
        )
        for (slot, job), (next_slot, next_job) in pairwise(everything):
            self.assertGreaterEqual(next_slot.start, slot.end)
            if timedelta(0) not in (job.duration, next_job.duration):
                idle = change if job.profile != next_job.profile else timedelta(0)
                # An order of no time at all stands between two without a width.
                if all(s.end > s.start for s, _job in everything):
                    self.assertGreaterEqual(next_slot.start, slot.end + idle)

    @examples
    @given(queues, blocks, changes, profiles)
    def test_never_later_than_behind_all(self, queue, block, change, ready):
        behind = run([*queue, *block], change, ready)[-1]
        placed = place(queue, block, change, ready)
        self.assertLessEqual(placed[-1].end, behind.end)
        self.assertGreaterEqual(placed[0].start, block[0].release)

    @examples
    @given(queues, blocks, changes, profiles)
    def test_without_gaps_the_queue_decides(self, queue, block, change, ready):
        """All the open work, then the order's own: what the promise says in hours."""
        queue = [job._replace(release=timedelta(0)) for job in queue]
        block = [job._replace(release=timedelta(0)) for job in block]
        if not sum((job.duration for job in block), timedelta(0)):
            return
        self.assertEqual(
            place(queue, block, change, ready), run([*queue, *block], change, ready)[len(queue) :]
        )

    @examples
    @given(clocks(), st.floats(0, 1))
    def test_clock_there_and_back(self, clock, part):
        worked = clock.total * part
        self.assertEqual(clock.worked_at(clock.end_of(worked)), worked)
        if worked < clock.total:
            start = clock.start_of(worked)
            self.assertEqual(clock.worked_at(start), worked)
            self.assertTrue(any(opening <= start < closing for opening, closing in clock.spans))
            self.assertGreaterEqual(start, clock.end_of(worked))

    @examples
    @given(clocks(), st.integers(-5_000, 60_000), st.integers(-5_000, 60_000))
    def test_clock_never_runs_back(self, clock, one, other):
        first = clock.spans[0][0]
        early, late = sorted(first + timedelta(minutes=m) for m in (one, other))
        self.assertLessEqual(clock.worked_at(early), clock.worked_at(late))
        self.assertLessEqual(clock.worked_at(late) - clock.worked_at(early), late - early)

    def test_clock_knows_its_end(self):
        clock = WorkingTime([(datetime(2026, 11, 23, 8), datetime(2026, 11, 23, 12))])
        with self.assertRaises(ValueError):
            clock.start_of(4 * HOUR)
        with self.assertRaises(ValueError):
            clock.end_of(5 * HOUR)
        with self.assertRaises(ValueError):
            WorkingTime([(datetime(2026, 1, 1), datetime(2026, 1, 3))] * 2)
        self.assertEqual(run([], HOUR), [])
        self.assertEqual(place([Job("a", HOUR)], [], HOUR), [])
        self.assertEqual(place([], [Job("a", HOUR)], HOUR, "a"), [Slot(0 * HOUR, HOUR)])

    @examples
    @given(st.integers(0, 20), st.integers(0, 5), st.integers(0, 23))
    def test_delivery_counts_business_days(self, day, lead, hour):
        closings = [datetime(2026, 11, 2, 17) + timedelta(days=d) for d in range(30)]
        ready = datetime(2026, 11, 2, hour) + timedelta(days=day)
        delivered = dispatch(ready, closings, lead)
        leaves = dispatch(ready, closings, 0)
        self.assertGreaterEqual(leaves, ready)
        self.assertEqual(closings.index(delivered) - closings.index(leaves), lead)
