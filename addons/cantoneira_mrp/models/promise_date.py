"""The date that can be kept, and why it is that one."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple

import pytz

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.cantoneira_stock.models.arrival import Arrival
from odoo.addons.cantoneira_stock.tools import format_number

from .. import scheduling
from .machine_queue import HOUR, MachinePlan, NoWorkingHours, Run, Slot
from .mrp_workcenter import LONGEST

#: More than these are not named in a sentence.
NAMED = 3


class Promise(NamedTuple):
    """When an order can be delivered; ``date`` is None when nobody can tell (see ``doubts``)."""

    date: datetime | None
    #: When all of it is made and at hand.
    ready: datetime | None
    lead_days: int
    machines: list[MachinePlan]
    arrivals: list[Arrival]
    #: ``{key of the run or production: Slot}``
    slots: dict[object, Slot]
    #: Sentences: what makes the date unknown or too early.
    doubts: list[str]
    reason: str

    def as_dict(self):
        """Plain data, for programs and the web client; moments in UTC."""
        return {
            "date": fields.Datetime.to_string(self.date) if self.date else False,
            "ready": fields.Datetime.to_string(self.ready) if self.ready else False,
            "lead_days": self.lead_days,
            "reason": self.reason,
            "machines": [plan.as_dict() for plan in self.machines],
            "materials": [arrival.as_dict() for arrival in self.arrivals],
            "doubts": self.doubts,
        }


class PromiseDate(models.AbstractModel):
    """The later of the machine's queue and the last missing material, plus the delivery.

    The machines' clocks (``cantoneira.machine.queue``) give when it is made, no earlier than its
    material is there (``cantoneira.availability`` says what is missing, ``cantoneira.arrival``
    when it comes); then business days of delivery follow. Read only, without locks, a constant
    number of queries. What users are told of other people's orders are totals and dates.
    """

    _name = "cantoneira.promise.date"
    _description = "The date that can be promised"

    @api.model
    def _for_lines(self, runs, goods, warehouse, lead_days, now=None):
        """Return the :class:`Promise` for what is not ordered yet.

        :param list runs: :class:`Run` s of made products, in metres; their ``release`` is found here.
        :param dict goods: ``{product: quantity}`` of what is taken from the shelf.
        :param warehouse: the one that delivers.
        :param lead_days: business days of delivery.
        """
        self = self.with_context(known_hours={})
        now = now or fields.Datetime.now()
        company = warehouse.company_id
        metres = defaultdict(list)
        for run in runs:
            metres[run.product].append(run.metres)
        needs_of = self.env["product.product"]._needs_by_product(metres, company)
        total = dict(goods)
        for needs in needs_of.values():
            for material, need in needs.items():
                total[material] = total.get(material, 0) + float(need)
        report = self.env["cantoneira.availability"]._report(total, warehouse)
        missing = {line.product.with_env(self.env): line.missing for line in report if line.missing}
        arrivals = self._arrivals(missing, warehouse, now)
        released = [
            run._replace(release=self._latest(arrivals, needs_of[run.product])) for run in runs
        ]
        # sudo: see ``cantoneira.machine.queue``; totals and dates are told.
        plan = self.env["cantoneira.machine.queue"].sudo()._plan
        return self._promise(
            lambda: plan(released, company, now),
            runs,
            arrivals,
            self._latest(arrivals, goods),
            warehouse,
            lead_days,
            now,
        )

    @api.model
    def _for_productions(self, productions, goods, warehouse, lead_days, now=None):
        """Return the :class:`Promise` for what is ordered: its open orders, where they stand.

        :param goods: open delivery moves of what is taken from the shelf.
        """
        self = self.with_context(known_hours={})
        now = now or fields.Datetime.now()
        # sudo: the orders behind a sale, for its date only.
        productions, goods = productions.sudo(), goods.sudo()
        lacking_of = {
            production: self._unreserved(production.move_raw_ids)
            for production in productions
            if not production._is_running()
        }
        lacking = defaultdict(float)
        for each in (*lacking_of.values(), self._unreserved(goods)):
            for product, quantity in each.items():
                lacking[product] += quantity
        # Its own demand is promised already: what free stock lacks is what all of them lack.
        report = self.env["cantoneira.availability"]._report(dict.fromkeys(lacking, 0), warehouse)
        missing = {
            line.product: min(line.missing, lacking[line.product])
            for line in report
            if line.missing
        }
        arrivals = self._arrivals(missing, warehouse, now)
        releases = {
            production: release
            for production, needs in lacking_of.items()
            if (release := self._latest(arrivals, needs))
        }
        # sudo: as in ``_for_lines``.
        replan = self.env["cantoneira.machine.queue"].sudo()._replan
        promise = self._promise(
            lambda: replan(productions, releases, now),
            [Run(p, p.product_id, p.product_uom_qty) for p in productions],
            arrivals,
            self._latest(arrivals, goods.product_id),
            warehouse,
            lead_days,
            now,
        )
        slots = {p: s._replace(release=releases.get(p)) for p, s in promise.slots.items()}
        return promise._replace(slots=slots)

    # ---------------------------------------------------------------- parts
    @api.model
    def _arrivals(self, missing, warehouse, now):
        return self.env["cantoneira.arrival"]._arrivals(missing, warehouse, now)

    @api.model
    def _latest(self, arrivals, products):
        """When the last of ``products`` that is missing arrives; None: all there, or unknown."""
        dates = [arrivals[p].date for p in products if p in arrivals and arrivals[p].date]
        return max(dates, default=None)

    @api.model
    def _unreserved(self, moves):
        """``{product: quantity}`` that these moves ask for and do not hold yet."""
        lacking = defaultdict(float)
        for move in moves:
            if move.state in ("done", "cancel") or not move.product_id.is_storable:
                continue
            held = move.product_uom._compute_quantity(
                move.quantity, move.product_id.uom_id, round=False
            )
            if move.product_id.uom_id.compare(move.product_qty, held) > 0:
                lacking[move.product_id] += move.product_qty - held
        return lacking

    @api.model
    def _promise(self, plan, runs, arrivals, goods_date, warehouse, lead_days, now):
        company = warehouse.company_id
        try:
            plans = plan()
        except NoWorkingHours as error:
            plans, date, ready = [], None, None
            doubts = [self._no_hours_sentence(error.machine, company)]
        else:
            doubts = self._doubts(plans, runs, arrivals)
            moments = [now, *(machine.end for machine in plans), *filter(None, [goods_date])]
            ready = max(moments)
            date = self._delivered(ready, company, lead_days)
        if any(not arrival.date for arrival in arrivals.values()):
            date = ready = None
        promise = Promise(
            date=date,
            ready=ready,
            lead_days=lead_days,
            machines=plans,
            # What comes last decides; what nobody knows comes first.
            arrivals=sorted(arrivals.values(), key=lambda a: a.date or datetime.max, reverse=True),
            slots={key: slot for machine in plans for key, slot in machine.slots.items()},
            doubts=doubts,
            reason="",
        )
        return promise._replace(reason=self._reason(promise, company))

    @api.model
    def _delivered(self, ready, company, lead_days):
        """Closing time of the business day ``lead_days`` after what is ``ready`` can leave."""
        # sudo: whoever sells need not read the company's calendar to be told a day.
        machine = self.env["mrp.workcenter"].sudo()
        calendar = company.sudo().resource_calendar_id
        zone = pytz.timezone(calendar.tz or "UTC")
        span = timedelta(days=2 * lead_days + 14)
        # From the day before: its closing may be after ``ready`` already in another time zone.
        start = ready - timedelta(days=1)
        while span < LONGEST:
            clock = machine._working_time(calendar, company, start, ready + span)
            closings = {}
            for _opening, closing in clock.spans:
                closings[pytz.utc.localize(closing).astimezone(zone).date()] = closing
            try:
                return scheduling.dispatch(ready, sorted(closings.values()), lead_days)
            except ValueError:
                span *= 2
        return None

    # ---------------------------------------------------------------- in words
    @api.model
    def _reason(self, promise, company):
        """``Line 1 free on 24/11/2026 (38.5 h queued), …; +2 business days of delivery``."""
        sentences = [
            self._machine_sentence(plan, company)
            for plan in sorted(promise.machines, key=lambda plan: plan.end, reverse=True)[:NAMED]
        ]
        sentences += [
            self.env["cantoneira.arrival"]._sentence(
                arrival, arrival.date and self._day(arrival.date, company)
            )
            for arrival in promise.arrivals[:NAMED]
        ]
        if len(promise.arrivals) > NAMED:
            more = len(promise.arrivals) - NAMED
            sentences.append(self.env._("%(count)s more materials missing", count=more))
        if not sentences and not promise.doubts:
            sentences.append(self.env._("all in stock"))
        if promise.lead_days:
            sentences.append(
                self.env._("+%(days)s business days of delivery", days=promise.lead_days)
                if promise.lead_days > 1
                else self.env._("+1 business day of delivery")
            )
        return "; ".join(sentences + promise.doubts)

    @api.model
    def _machine_sentence(self, plan, company):
        return self.env._(
            "%(machine)s free on %(free)s (%(queued)s queued), made in %(own)s until %(end)s",
            machine=plan.machine.name or self.env._("Production"),
            free=self._day(plan.free, company),
            queued=self._duration(plan.queued),
            own=self._duration(plan.own),
            end=self._day(plan.end, company),
        )

    @api.model
    def _duration(self, duration):
        """``38.5 h``, or minutes under an hour."""
        hours = duration / HOUR
        if hours < 1:
            return self.env._("%s min", format_number(self.env, 60 * hours, 0))
        return self.env._("%s h", format_number(self.env, hours, 1))

    @api.model
    def _day(self, moment, company):
        """The day of a moment where the company works, as people read it."""
        # sudo: a time zone.
        zone = pytz.timezone(company.sudo().resource_calendar_id.tz or "UTC")
        return format_date(self.env, pytz.utc.localize(moment).astimezone(zone).date())

    @api.model
    def _doubts(self, plans, runs, arrivals):
        doubts = []
        if any(not arrival.date for arrival in arrivals.values()):
            doubts.append(self.env._("so no date can be promised"))
        machines = {key: slot.machine for plan in plans for key, slot in plan.slots.items()}
        # sudo: a speed that is not there, told to who sells.
        unknown = {
            run.product: True
            for run in runs
            if not machines[run.key]._metres_per_hour(run.product.sudo())
        }
        doubts += [
            self.env._(
                "%(product)s has no metres per hour, so its time is not counted",
                product=product.display_name,
            )
            for product in unknown
        ]
        return doubts

    @api.model
    def _no_hours_sentence(self, machine, company):
        # sudo: the name of the working hours.
        calendar = machine.resource_calendar_id or company.sudo().resource_calendar_id
        return self.env._(
            "the working hours “%(calendar)s” leave no time for it: no date can be promised",
            calendar=calendar.name,
        )
