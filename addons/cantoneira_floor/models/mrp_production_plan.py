"""The sequence of each line, and the dates that follow from it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_mrp import scheduling
from odoo.addons.cantoneira_mrp.models.machine_queue import NoWorkingHours
from odoo.addons.cantoneira_stock.models.acceleration import batch

from ..sequencing import Due

EPOCH = datetime(2020, 1, 1)
SECOND = timedelta(seconds=1)
#: What core reads, beside the ordinary fields, of each move of an order whose dates are written.
CHAIN = ["move_orig_ids", "move_dest_ids", "move_line_ids"]


class Line(NamedTuple):
    """The queue of one line: what is on it, then what has not started, as planned."""

    machine: models.Model
    running: models.Model
    waiting: models.Model


class Clocked(NamedTuple):
    """A sequence of orders on the clock of a line, what runs first."""

    dues: list[Due]
    #: How many of them run.
    ahead: int
    clock: scheduling.WorkingTime
    #: Time to set the line up for another profile.
    change: timedelta
    #: The profile it is set up for; None: nobody knows.
    ready: object


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    plan_sequence = fields.Integer(
        compute="_compute_plan_sequence",
        store=True,
        copy=False,
        index=True,
        help="Place in the queue of the line: what is planned earlier comes first.",
    )

    @api.depends("date_start")
    def _compute_plan_sequence(self):
        for order in self:
            order.plan_sequence = int(((order.date_start or EPOCH) - EPOCH).total_seconds())

    @api.model
    def _floor_order(self):
        """The operator's queue is the plan."""
        return "plan_sequence, id"

    @api.model
    def _plan_lines(self, machine_ids=None):
        """``{line id or 0: Line}`` of these lines, or of all; the same queries for any number.

        Archived lines are there as long as orders stand in their queue.

        :param machine_ids: ids of lines, 0 for orders that have none.
        """
        machines = self.env["mrp.workcenter"].with_context(active_test=False)
        domain = [] if machine_ids is None else [("id", "in", [key for key in machine_ids if key])]
        machines = machines.search_fetch(domain, ["name", "active"])
        by_id = {machine.id: machine for machine in machines.with_env(self.env)}
        if machine_ids is None or 0 in machine_ids:
            by_id[0] = machines.browse()
        orders = self.search(
            [*self._floor_domain(), ("machine_id", "in", [key or False for key in by_id])],
            order=self._floor_order(),
        )
        running = orders.filtered(lambda order: order._is_running())
        queues = orders.grouped(lambda order: order.machine_id.id or 0)
        lines = {}
        for key, machine in by_id.items():
            queue = queues.get(key, self.browse())
            if queue or machine.active:
                lines[key] = Line(machine, queue & running, queue - running)
        return lines

    @api.model
    def _plan_on_clock(self, line, waiting):
        """Put what runs on a line, and ``waiting`` behind it in this order, on its clock.

        :raises UserError: a line without working hours.
        :return: :class:`Clocked`
        """
        orders = line.running + waiting
        company = line.machine.company_id or orders.company_id[:1] or self.env.company
        # sudo: the working hours of a line, which whoever plans need not be able to change.
        Queue = self.env["cantoneira.machine.queue"].sudo()
        machine = line.machine.sudo()
        now = fields.Datetime.now()
        ready, jobs, until = Queue._jobs(machine, orders.sudo(), now)
        try:
            clock = Queue._clock_for(machine, jobs, company, now, until)
        except NoWorkingHours:
            raise UserError(
                self.env._(
                    "%(machine)s has not enough working hours for its queue. Look at its "
                    "working hours and stops.",
                    machine=machine.name or company.name,
                )
            ) from None
        dues = []
        for order, job in zip(orders, Queue._on_clock(jobs, clock), strict=True):
            promised = order.date_deadline
            dues.append(Due(order.id, job, clock.worked_at(promised) if promised else None))
        return Clocked(dues, len(line.running), clock, machine._change_time(company), ready)

    @api.model
    def _plan_slots(self, clocked):
        """``{order id: (start, end)}`` of those that have not started, naive UTC."""
        found = scheduling.run([due.job for due in clocked.dues], clocked.change, clocked.ready)
        slots, last, clock = {}, EPOCH, clocked.clock
        for due, slot in list(zip(clocked.dues, found, strict=True))[clocked.ahead :]:
            # One second apart at least: what takes no time keeps its place too.
            start = max(clock.start_of(slot.start).replace(microsecond=0), last + SECOND)
            last = start
            slots[due.key] = (start, max(start, clock.end_of(slot.end).replace(microsecond=0)))
        return slots

    def _plan_write(self, machine, slots):
        """Give these orders their line and dates; ``slots`` as :meth:`_plan_slots` has them."""
        changed = self._plan_changes(machine, slots)
        orders = self.browse([order.id for order, _values in changed])
        with batch(self.env):
            # Core writes order by order, each with its moves and those that they feed: here they
            # are read for all at once. See ``test_saving_costs``.
            orders.fetch(["move_raw_ids", "move_finished_ids"])
            moves = orders.move_raw_ids + orders.move_finished_ids
            moves.fetch(CHAIN)
            moves |= moves.move_orig_ids | moves.move_dest_ids
            moves.fetch()
            moves.fetch(CHAIN)
            for order, values in changed:
                order.write(values)

    def _plan_changes(self, machine, slots):
        """``[(order, values)]`` of those that are not as planned yet."""
        changed = []
        for order in self:
            start, end = slots[order.id]
            values = {}
            if order.machine_id != machine:
                values["machine_id"] = machine.id
            if (order.date_start, order.date_finished) != (start, end):
                values.update(date_start=start, date_finished=end)
            if values:
                changed.append((order, values))
        return changed
