"""The plan: the sequence of each line, and the dates that follow from it."""

from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_mrp import scheduling
from odoo.addons.cantoneira_mrp.models.machine_queue import NoWorkingHours

EPOCH = datetime(2020, 1, 1)
SECOND = timedelta(seconds=1)


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    plan_sequence = fields.Integer(
        compute="_compute_plan_sequence",
        store=True,
        readonly=False,
        copy=False,
        index=True,
        help="Place in the queue of the line: what is planned earlier comes first.",
    )
    floor_customer = fields.Char("Made for", compute="_compute_floor_plan")
    is_floor_late = fields.Boolean("Will be late", compute="_compute_floor_plan")

    @api.depends("date_start")
    def _compute_plan_sequence(self):
        for order in self:
            order.plan_sequence = int(((order.date_start or EPOCH) - EPOCH).total_seconds())

    @api.depends("move_finished_ids.move_dest_ids", "date_finished", "date_deadline", "state")
    def _compute_floor_plan(self):
        customers = self._floor_customers()
        now = fields.Datetime.now()
        for order in self:
            order.floor_customer = customers.get(order, "")
            is_open = order.state not in ("done", "cancel")
            order.is_floor_late = is_open and order._is_late(now)

    @api.model
    def _floor_order(self):
        """The operator's queue is the plan."""
        return "plan_sequence, id"

    def web_resequence(self, specification, field_name="sequence", offset=0):
        """Cards dragged on the plan: the dates of the line follow. See ``test_drag``."""
        result = super().web_resequence(specification, field_name=field_name, offset=offset)
        if field_name != "plan_sequence":
            return result
        for machine in self.machine_id:
            queue = self._plan_queue(machine).sorted(lambda each: (each.plan_sequence, each.id))
            queue._plan_in_this_order()
        return self.web_read(specification)

    @api.model
    def _plan_queue(self, machine):
        """The orders of a line that have not started, as planned."""
        orders = self.search(
            [*self._floor_domain(), ("machine_id", "=", machine.id)], order=self._floor_order()
        )
        return orders.filtered(lambda order: not order._is_running())

    def _plan_clock(self, orders):
        """``(profile on the line, jobs, clock, change)`` for these orders on their line."""
        machine, company = self.machine_id, self.company_id
        Queue = self.env["cantoneira.machine.queue"].sudo()
        now = fields.Datetime.now()
        ready, jobs, until = Queue._jobs(machine.sudo(), orders.sudo(), now)
        try:
            clock = Queue._clock_for(machine.sudo(), jobs, company, now, until)
        except NoWorkingHours:
            raise UserError(
                self.env._(
                    "%(machine)s has not enough working hours for its queue. Look at its "
                    "working hours and stops.",
                    machine=machine.name,
                )
            ) from None
        return ready, Queue._on_clock(jobs, clock), clock, machine._change_time(company)

    def _running_ahead(self):
        """What is on the line of these orders now."""
        domain = [*self._floor_domain(), ("machine_id", "=", self.machine_id.id)]
        return self.search(domain).filtered(lambda order: order._is_running())

    def _plan_in_this_order(self):
        """Give these unstarted orders of one line dates one after the other, in this order.

        :raises UserError: who is no production manager, or a line without working hours.
        """
        if not self:
            return
        if not self.env.user.has_group("cantoneira_mrp.group_production_manager"):
            raise UserError(self.env._("Only a production manager changes the plan."))
        self.machine_id._pass_queue()
        orders = self._running_ahead() + self
        ready, jobs, clock, change = self._plan_clock(orders)
        slots = scheduling.run(jobs, change, ready)
        last = EPOCH
        for order, slot in zip(orders, slots, strict=True):
            if order not in self:
                continue
            # One second apart at least: what takes no time keeps its place too.
            start = max(clock.start_of(slot.start).replace(microsecond=0), last + SECOND)
            end = max(start, clock.end_of(slot.end).replace(microsecond=0))
            last = start
            order.write({"date_start": start, "date_finished": end, "plan_sequence": 0})
            order._compute_plan_sequence()
