"""A plan that is being changed: what it would do to every date, before it is written."""

from __future__ import annotations

from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_mrp import scheduling
from odoo.addons.cantoneira_mrp.models.machine_queue import HOUR
from odoo.addons.cantoneira_stock.tools import format_number

from .. import sequencing
from .mrp_production_plan import SECOND, Line

#: Less working time than this is no reason to renew the dates of a plan.
DRIFT = HOUR
#: More than these orders are not named in a sentence.
NAMED = 3


class Change(NamedTuple):
    """An order in a draft: its line and dates as they would be."""

    order: models.Model
    machine: models.Model
    start: object
    end: object
    late_before: bool
    late: bool


class PlanDraft(models.AbstractModel):
    """What whoever plans has moved and not saved yet; kept by the screen, judged here.

    A *draft* is ``{line id: [order ids]}``: the whole sequence of what has not started, for each
    line touched; line 0 stands for none, keys may be text (JSON). *seen* is ``{line id:
    {"running": [ids], "waiting": [ids]}}`` as :meth:`plan_read` told it: a queue that changed
    since then is not overwritten. Every method takes the same number of queries for any number
    of orders, but for the writing itself.
    """

    _name = "cantoneira.plan.draft"
    _description = "Plan that is being changed"

    # ---------------------------------------------------------------- for the screen
    @api.model
    def plan_read(self):
        """The queues as they are: ``{"can_plan": bool, "lines": [{"id", "name", ...}], "drift": […]}``.

        ``drift``: a sentence for each line whose dates do not hold any more.
        """
        lines = self.env["mrp.production"]._plan_lines()
        return {
            "can_plan": self._can_plan(),
            "lines": [
                {
                    "id": key,
                    "name": line.machine.name or self.env._("No production line"),
                    "running": line.running.ids,
                    "waiting": line.waiting.ids,
                }
                for key, line in lines.items()
            ],
            "drift": self._drift(lines.values()),
        }

    @api.model
    def _drift(self, lines):
        """What a stop, a holiday or lost time does to dates that were planned before it."""
        Production = self.env["mrp.production"].with_context(known_hours={})
        now = fields.Datetime.now()
        sentences = []
        for line in lines:
            if not line.waiting:
                continue
            try:
                clocked = Production._plan_on_clock(line, line.waiting)
            except UserError as no_hours:
                sentences.append(str(no_hours))
                continue
            slots = Production._plan_slots(clocked)
            ends = [(order, slots[order.id][1]) for order in line.waiting]
            later = [each for each in ends if self._has_drifted(*each, clocked.clock)]
            if later:
                late = [each for each in later if self._becomes_late(*each, now)]
                sentences.append(self._drift_text(line, len(later), len(late)))
        return sentences

    def _has_drifted(self, order, end, clock):
        """Whether it ends on a later day than planned, by more than a minute at closing time."""
        planned = order.date_finished
        if not planned or planned >= end or self._day(order, planned) == self._day(order, end):
            return False
        worked = clock.worked_at(planned)
        # When it was to end the line stops by now, or it is some working time later.
        return worked == clock.worked_at(planned - SECOND) or clock.worked_at(end) - worked >= DRIFT

    def _becomes_late(self, order, end, now):
        return order._is_late(now, end) and not order._is_late(now)

    def _drift_text(self, line, later, late):
        return self.env._(
            "%(machine)s: the planned dates do not hold any more. As things are, orders that end on "
            "a later day: %(later)s, of which become late: %(late)s.",
            machine=line.machine.name or self.env._("No production line"),
            later=later,
            late=late,
        )

    @api.model
    def plan_preview(self, draft, seen):
        """What ``draft`` would change, nothing is written. See :meth:`_effect`."""
        before, after = self._checked(draft, seen)
        return self._effect(before, after)

    @api.model
    def plan_group(self, draft, seen):
        """``draft`` with the orders of a profile one after the other, where its first stands.

        :return: ``{"draft": …, "effect": …}``
        """
        before, after = self._checked(draft, seen)
        grouped = {}
        for key, line in after.items():
            profiles = [(order.id, order.product_id.id) for order in line.waiting]
            if line.running:
                # What the line is set up for now comes first.
                profiles.insert(0, (None, line.running[-1].product_id.id))
            ids = [order_id for order_id, _profile in scheduling.together(profiles) if order_id]
            grouped[key] = line._replace(waiting=line.waiting.browse(ids))
        return {
            "draft": {str(key): line.waiting.ids for key, line in grouped.items()},
            "effect": self._effect(before, grouped),
        }

    @api.model
    def plan_apply(self, draft, seen):
        """Write ``draft``: lines, sequence and dates. Returns the effect it had.

        :raises UserError: who does not plan, a queue that changed since it was ``seen``, a line
            without working hours.
        """
        if not self._can_plan():
            raise UserError(self.env._("Only a production manager changes the plan."))
        keys = self._line_ids(draft)
        # Two who plan, or plan and start, collide here: who comes second is run again by Odoo,
        # on the queue as it is then, and is told below.
        self.env["mrp.workcenter"].browse([key for key in keys if key])._pass_queue()
        before, after = self._checked(draft, seen)
        effect = self._effect(before, after)
        Production = self.env["mrp.production"]
        for line in after.values():
            slots = Production._plan_slots(Production._plan_on_clock(line, line.waiting))
            line.waiting._plan_write(line.machine, slots)
        return effect

    @api.model
    def _can_plan(self):
        return self.env.user.has_group("cantoneira_mrp.group_production_manager")

    # ---------------------------------------------------------------- is it still true
    @api.model
    def _line_ids(self, draft):
        try:
            return sorted(int(key) for key in draft)
        except (OverflowError, TypeError, ValueError):
            raise UserError(self._malformed()) from None

    def _malformed(self):
        return self.env._("A draft of the plan is the sequence of order ids of each line.")

    @api.model
    def _checked(self, draft, seen):
        """``({id: Line} as they are, {id: Line} as drafted)`` of the lines touched.

        :raises UserError: where the queue is not the one that was seen, in words.
        """
        keys = self._line_ids(draft)
        before = self.env["mrp.production"]._plan_lines(keys)
        try:
            wanted = {int(key): [int(each) for each in ids] for key, ids in draft.items()}
            known = {
                int(key): (list(map(int, line["running"])), list(map(int, line["waiting"])))
                for key, line in seen.items()
            }
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            raise UserError(self._malformed()) from None
        for key in keys:
            # Line 0 and lines that are gone have no queue of their own.
            line = before.setdefault(key, self._empty(key))
            self._check_seen(line, *known.get(key, ([], [])))
        ids = [each for sequence in wanted.values() for each in sequence]
        orders = self.env["mrp.production"].union(*(line.waiting for line in before.values()))
        if sorted(ids) != sorted(orders.ids):
            raise UserError(
                self.env._(
                    "The draft does not hold the orders of its lines, each once. "
                    "Look at the plan again."
                )
            )
        after = {
            key: line._replace(waiting=line.waiting.browse(wanted[key]))
            for key, line in before.items()
        }
        return before, after

    def _empty(self, key):
        nothing = self.env["mrp.production"]
        return Line(self.env["mrp.workcenter"].browse(key or []).exists(), nothing, nothing)

    @api.model
    def _check_seen(self, line, running, waiting):
        """Refuse, in words, when this is not the queue that was seen."""
        if (line.running.ids, line.waiting.ids) == (running, waiting):
            return
        now = line.running + line.waiting
        then = self.env["mrp.production"].browse(running + waiting).exists()
        reasons = []
        for orders, told in (
            ((line.running & then).filtered(lambda o: o.id in waiting), self.env._("started")),
            (now - then, self.env._("new in it")),
            (then - now, self.env._("no longer in it")),
        ):
            if orders:
                names = ", ".join(orders[:NAMED].mapped("name"))
                more = "…" if len(orders) > NAMED else ""
                reasons.append(f"{names}{more}: {told}")
        raise UserError(
            self.env._(
                "The queue of %(machine)s has changed since you looked at it (%(reasons)s). "
                "Nothing was saved: look at the plan again.",
                machine=line.machine.name or self.env._("No production line"),
                reasons="; ".join(reasons) or self.env._("somebody changed its sequence"),
            )
        )

    # ---------------------------------------------------------------- what it would do
    @api.model
    def _effect(self, before, after):
        """What changes from the lines as they are to those drafted, plain data.

        ``summary``: sentences; ``rows``: the orders whose promised day or lateness changes, with a
        ``text`` each, those that become late first; ``dates``: ``{order id: [start, end, late]}``
        of all orders of these lines (UTC); ``late`` and ``setups``: ``[before, after]``;
        ``hours``: set-up hours saved, negative when more are needed.
        """
        # A calendar is asked once for the sequence as it is and the one drafted.
        Production = self.env["mrp.production"].with_context(known_hours={})
        now = fields.Datetime.now()
        changes, setups, hours = [], [0, 0], 0
        for key, line in after.items():
            clocked = Production._plan_on_clock(line, line.waiting)
            slots = Production._plan_slots(clocked)
            for order in line.waiting:
                start, end = slots[order.id]
                late = order._is_late(now), order._is_late(now, end)
                changes.append(Change(order, line.machine, start, end, *late))
            counts = (
                self._setups(Production._plan_on_clock(before[key], before[key].waiting)),
                self._setups(clocked),
            )
            setups = [so_far + count for so_far, count in zip(setups, counts, strict=True)]
            hours += (counts[0] - counts[1]) * (clocked.change / HOUR)
        listed = [change for change in changes if self._is_told(change)]
        listed.sort(key=lambda each: (not each.late, each.late_before, each.end))
        customers = Production.union(*(each.order for each in listed))._floor_customers()
        return {
            "summary": self._summary(listed, setups, hours),
            "rows": [self._row(change, customers) for change in listed],
            "dates": {
                str(each.order.id): [
                    fields.Datetime.to_string(each.start),
                    fields.Datetime.to_string(each.end),
                    each.late,
                ]
                for each in changes
            },
            "late": [sum(each.late_before for each in changes), sum(each.late for each in changes)],
            "setups": setups,
            "hours": round(hours, 2),
        }

    def _setups(self, clocked):
        return sequencing.score(clocked.dues, clocked.change, clocked.ready).setups

    def _is_told(self, change):
        order = change.order
        days = (self._day(order, order.date_finished), self._day(order, change.end))
        moved = order.machine_id != change.machine
        return moved or change.late != change.late_before or days[0] != days[1]

    def _day(self, order, moment):
        """The day of a moment where the order's company works, as people read it."""
        if not moment:
            return "–"
        return self.env["cantoneira.promise.date"]._day(moment, order.company_id)

    def _row(self, change, customers):
        order = change.order
        return {
            "id": order.id,
            "late": change.late,
            "late_before": change.late_before,
            "text": self._text(change, customers.get(order, "")),
        }

    def _text(self, change, customer):
        """``OP-0012 Metalúrgica: 24/11/2026 → 26/11/2026 (promised for 25/11/2026)``."""
        order = change.order
        who = f"{order.name} {customer}".strip()
        old, new = self._day(order, order.date_finished), self._day(order, change.end)
        dates = new if old == new else f"{old} → {new}"
        if order.machine_id != change.machine:
            dates = f"{change.machine.name or self.env._('No production line')}, {dates}"
        if not order.date_deadline:
            return f"{who}: {dates}"
        return self.env._(
            "%(order)s: %(dates)s (promised for %(promised)s)",
            order=who,
            dates=dates,
            promised=self._day(order, order.date_deadline),
        )

    def _summary(self, listed, setups, hours):
        """``3 orders change their day. 1 becomes late. Set-ups: 2 fewer, 1.0 h gained.``"""
        _ = self.env._
        worse = sum(change.late and not change.late_before for change in listed)
        better = sum(change.late_before and not change.late for change in listed)
        sentences = []
        if len(listed) == 1:
            sentences.append(_("1 order changes its day or line."))
        elif listed:
            sentences.append(_("%(count)s orders change their day or line.", count=len(listed)))
        else:
            sentences.append(_("No order changes its day."))
        if worse:
            sentences.append(
                _("1 becomes late.") if worse == 1 else _("%(count)s become late.", count=worse)
            )
        if better:
            sentences.append(
                _("1 is no longer late.")
                if better == 1
                else _("%(count)s are no longer late.", count=better)
            )
        sentences.append(self._setups_sentence(setups[0] - setups[1], hours))
        return " ".join(filter(None, sentences))

    @api.model
    def _setups_sentence(self, saved, hours):
        """``Set-ups: 2 fewer, 1.0 h gained.``; empty where none are saved nor added."""
        told = {"count": abs(saved), "hours": format_number(self.env, abs(hours), 1)}
        if saved > 0:
            return self.env._("Set-ups: %(count)s fewer, %(hours)s h gained.", **told)
        if saved < 0:
            return self.env._("Set-ups: %(count)s more, %(hours)s h lost.", **told)
        return ""
