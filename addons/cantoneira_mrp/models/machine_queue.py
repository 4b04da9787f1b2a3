"""The queue of each machine, and where new work finds its place in it."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import api, models

from .. import scheduling

OPEN_STATES = ("draft", "confirmed", "progress", "to_close")
HOUR = timedelta(hours=1)


class Run(NamedTuple):
    """So many metres of a profile to be made; ``key`` is the caller's name for it."""

    key: Hashable
    product: models.Model
    metres: float
    #: When its material is there; None: it is.
    release: datetime | None = None


class Slot(NamedTuple):
    """When a run is made, and from when on it could be."""

    machine: models.Model
    start: datetime
    end: datetime
    release: datetime | None


class MachinePlan(NamedTuple):
    """What one machine makes of an order."""

    machine: models.Model
    #: All open work in front, with its change-overs.
    queued: timedelta
    #: The order's own work, with its change-overs.
    own: timedelta
    #: When the order's turn would come with all its material at hand.
    free: datetime
    start: datetime
    end: datetime
    slots: dict[Hashable, Slot]

    def as_dict(self):
        """Plain data, for programs and the web client."""
        return {
            "machine_id": self.machine.id,
            "machine": self.machine.name or "",
            "queue_hours": round(self.queued / HOUR, 2),
            "order_hours": round(self.own / HOUR, 2),
            "free": self.free.strftime("%Y-%m-%d %H:%M:%S"),
            "start": self.start.strftime("%Y-%m-%d %H:%M:%S"),
            "end": self.end.strftime("%Y-%m-%d %H:%M:%S"),
        }


class NoWorkingHours(ValueError):
    """The calendar of ``machine`` has not enough working hours for its queue."""

    def __init__(self, machine):
        super().__init__(machine)
        self.machine = machine


class MachineQueue(models.AbstractModel):
    """Open orders of a machine, in the order in which they are planned, as work on its clock.

    Everything is read with sudo by the callers' environment: a salesperson may not see other
    people's orders and is told only when a machine is free. A constant number of queries for
    any number of open orders.
    """

    _name = "cantoneira.machine.queue"
    _description = "Queue of a production line"

    @api.model
    def _plan(self, runs, company, now):
        """Find the place of ``runs`` behind (or between) what is open.

        :param list runs: :class:`Run` s of one order.
        :return: ``[MachinePlan]``, one for each machine.
        :raises NoWorkingHours: where the calendar holds no place for them.
        """
        machines = self._machines_of([run.product for run in runs], company)
        by_machine = {}
        for run in runs:
            by_machine.setdefault(machines[run.product], []).append(run)
        queues = self._open_work(by_machine, company)
        return [
            self._plan_machine(machine, own, queues.get(machine, self._no_orders()), company, now)
            for machine, own in by_machine.items()
        ]

    @api.model
    def _replan(self, productions, releases, now):
        """When these open orders are made, where they stand in their queues.

        :param dict releases: ``{production: datetime}`` of those whose material is not there.
        :return: ``[MachinePlan]`` whose slots have the productions as keys.
        """
        plans = []
        if not productions:
            return plans
        company = productions.company_id
        queues = self._open_work({order.machine_id for order in productions}, company)
        for machine, orders in queues.items():
            own = orders & productions
            if not own:
                continue
            ready, jobs, until = self._jobs(machine, orders, now, releases)
            clock = self._clock_for(machine, jobs, company, now, until)
            jobs = self._on_clock(jobs, clock)
            change = machine._change_time(company)
            slots = self._timed(machine, clock, scheduling.run(jobs, change, ready), orders)
            plans.append(self._summary(machine, slots, own, orders, jobs, change))
        return plans

    # ---------------------------------------------------------------- what is open
    @api.model
    def _machines_of(self, products, company):
        """``{product: machine}``: the profile's own, else the company's first, else none."""
        first = None
        machines = {}
        # sudo: which machine a product runs on is read by who only sells it.
        for product in self.env["product.product"].concat(*products).sudo():
            machine = product.machine_id
            if not machine.active or machine.company_id.id not in (False, company.id):
                if first is None:
                    first = self.env["mrp.workcenter"].sudo()._first_of(company)
                machine = first
            machines[product] = machine
        return machines

    @api.model
    def _no_orders(self):
        # sudo: see the class; what leaves it are totals and dates.
        return self.env["mrp.production"].sudo()

    @api.model
    def _open_work(self, machines, company):
        """``{machine: open orders}`` as planned, what runs first; one query."""
        ids = [machine.id for machine in machines]
        orders = self._no_orders().search_fetch(
            [
                ("company_id", "=", company.id),
                ("state", "in", OPEN_STATES),
                ("machine_id", "in", ids),
            ],
            [
                "product_id",
                "product_uom_qty",
                "qty_producing",
                "machine_id",
                "state",
                "date_material",
                "company_id",
            ],
            order="date_start, id",
        )
        orders.product_id.fetch(["product_tmpl_id"])
        orders.product_id.product_tmpl_id.fetch(["metres_per_hour"])
        running = orders.filtered(lambda order: order._is_running())
        return (running + (orders - running)).grouped("machine_id")

    @api.model
    def _jobs(self, machine, orders, now, releases=()):
        """``(profile on the machine, [(profile, work, release)], last release)``."""
        releases = dict(releases)
        jobs = []
        for order in orders:
            metres = order.product_uom_qty - order.qty_producing
            # Material that was expected before now is here, or its receipt says so elsewhere.
            release = max(releases.get(order) or order.date_material or now, now)
            jobs.append((order.product_id.id, machine._run_time(order.product_id, metres), release))
        ready = orders[:1].product_id.id if orders[:1]._is_running() else None
        return ready, jobs, max((release for *_job, release in jobs), default=now)

    # ---------------------------------------------------------------- on the clock
    @api.model
    def _plan_machine(self, machine, runs, orders, company, now):
        ready, queued, until = self._jobs(machine, orders, now)
        by_key = {run.key: run for run in runs}
        order = scheduling.together([(run.key, run.product.id) for run in runs])
        own = []
        for key, profile in order:
            run = by_key[key]
            work = machine._run_time(run.product, run.metres)
            own.append((profile, work, max(run.release or now, now)))
        until = max([until, *(release for *_job, release in own)])
        clock = self._clock_for(machine, queued + own, company, now, until)
        change = machine._change_time(company)
        queue, block = self._on_clock(queued, clock), self._on_clock(own, clock)
        slots = scheduling.place(queue, block, change, ready)
        unhindered = [job._replace(release=scheduling.NOTHING) for job in block]
        free = scheduling.place(queue, unhindered, change, ready)
        timed = self._timed(machine, clock, slots, [key for key, _profile in order])
        for key, slot in timed.items():
            timed[key] = slot._replace(release=by_key[key].release)
        return MachinePlan(
            machine=machine,
            queued=self._work(queue, change, ready),
            own=self._work(block, change, block[0].profile),
            free=clock.start_of(free[0].start),
            start=clock.start_of(slots[0].start),
            end=max(slot.end for slot in timed.values()),
            slots=timed,
        )

    @api.model
    def _clock_for(self, machine, jobs, company, now, until):
        change = machine._change_time(company)
        work = sum((duration + change for _profile, duration, _release in jobs), change)
        clock = machine._clock(company, now, work, until)
        if clock.total - clock.worked_at(until) <= work:
            raise NoWorkingHours(machine)
        return clock

    @api.model
    def _on_clock(self, jobs, clock):
        return [
            scheduling.Job(profile, duration, clock.worked_at(release))
            for profile, duration, release in jobs
        ]

    @api.model
    def _timed(self, machine, clock, slots, keys):
        """``{key: Slot}`` in real time."""
        timed = {}
        for key, slot in zip(keys, slots, strict=True):
            start = clock.start_of(slot.start)
            # What takes no time begins in one span and would end in the one before.
            timed[key] = Slot(machine, start, max(start, clock.end_of(slot.end)), None)
        return timed

    @api.model
    def _work(self, jobs, change, ready):
        """Hours of these jobs without waiting for material."""
        unhindered = [job._replace(release=scheduling.NOTHING) for job in jobs]
        slots = scheduling.run(unhindered, change, ready)
        return slots[-1].end if slots else scheduling.NOTHING

    @api.model
    def _summary(self, machine, slots, own, orders, jobs, change):
        mine = {order: slots[order] for order in own}
        first = next(index for index, order in enumerate(orders) if order in own)
        profiles = {order.id: job for order, job in zip(orders, jobs, strict=True)}
        block = [profiles[order.id] for order in own]
        return MachinePlan(
            machine=machine,
            queued=self._work(jobs[:first], change, None),
            own=self._work(block, change, block[0].profile),
            free=min(slot.start for slot in mine.values()),
            start=min(slot.start for slot in mine.values()),
            end=max(slot.end for slot in mine.values()),
            slots=mine,
        )
