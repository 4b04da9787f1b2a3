"""A production line: its speed, its change-overs, the hours it works."""

from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.cantoneira_stock import arithmetic

from .. import scheduling

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
#: Further than this nobody promises; a calendar without working hours ends here too.
LONGEST = timedelta(days=5 * 366)


class MrpWorkcenter(models.Model):
    """The machine on which profiles are made, one order after the other.

    An empty recordset stands for "no machine": the queue of a company that has none, in the
    working hours of the company.
    """

    _inherit = "mrp.workcenter"

    change_minutes = fields.Float(
        "Change of profile (min)",
        digits=(8, 1),
        default=lambda self: self.env.company.profile_change_minutes,
        help="Minutes to set the line up for another edge protector.",
    )
    speed_ids = fields.One2many(
        "cantoneira.machine.speed",
        "machine_id",
        "Speeds of this line",
        copy=True,
        help="Only where this line is faster or slower than the edge protector says.",
    )
    stop_ids = fields.One2many(
        related="resource_id.stop_ids", readonly=False, string="Maintenance stops"
    )
    coming_stop_count = fields.Integer("Stops to come", compute="_compute_coming_stop_count")
    queue_passes = fields.Integer(
        default=0, copy=False, help="How often its queue was promised; see _pass_queue."
    )

    _change_minutes_not_negative = models.Constraint(
        "CHECK (change_minutes >= 0)",
        "The change of profile takes zero minutes or more.",
    )

    # ---------------------------------------------------------------- stops
    @api.depends("stop_ids.date_to")
    def _compute_coming_stop_count(self):
        coming = [
            ("date_to", ">", fields.Datetime.now()),
            ("resource_id", "in", self.resource_id.ids),
        ]
        found = self.env["resource.calendar.leaves"]._read_group(
            coming, ["resource_id"], ["__count"]
        )
        counts = {resource.id: count for resource, count in found}
        for machine in self:
            machine.coming_stop_count = counts.get(machine.resource_id.id, 0)

    def action_stops(self):
        """The stops of this line, those to come first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cantoneira_mrp.action_stops")
        action["domain"] = [("resource_id", "=", self.resource_id.id)]
        action["context"] = {
            "default_resource_id": self.resource_id.id,
            "search_default_to_come": True,
        }
        return action

    # ---------------------------------------------------------------- speed
    def _metres_per_hour(self, product):
        """Metres of ``product`` that this machine makes in an hour, 0 when nobody said."""
        template = product.product_tmpl_id
        own = self.speed_ids.filtered(lambda speed: speed.product_tmpl_id.id == template.id)
        return own[:1].metres_per_hour or template.metres_per_hour

    def _run_time(self, product, metres):
        """How long this machine runs for ``metres`` of ``product`` (``timedelta``)."""
        hours = arithmetic.run_hours(metres, self._metres_per_hour(product))
        return timedelta(microseconds=int(arithmetic.round_half_up(hours * 3_600_000_000, 0)))

    def _change_time(self, company):
        minutes = self.change_minutes if self else company.profile_change_minutes
        return timedelta(minutes=minutes)

    # ---------------------------------------------------------------- working hours
    def _clock(self, company, now, work, until=None):
        """The clock of this machine from ``now`` on, long enough for ``work``.

        :param company: whose hours count for no machine.
        :param work: ``timedelta`` of work that follows ``until`` (default: now).
        :return: ``scheduling.WorkingTime``; shorter than asked where the calendar has not so
            many hours in five years.
        """
        calendar = self.resource_calendar_id or company.resource_calendar_id
        until = max(until or now, now)
        weekly = timedelta(hours=calendar.hours_per_week) or HOUR
        span = (until - now) + 1.2 * (work / weekly) * WEEK + 2 * WEEK
        while True:
            clock = self._working_time(calendar, company, now, now + span)
            if clock.total - clock.worked_at(until) > work or span >= LONGEST:
                return clock
            span = min(2 * span, LONGEST)

    def _working_time(self, calendar, company, start, end):
        """Working hours between two moments (naive UTC) without holidays and stops.

        Within one question (the context's ``known_hours``, a dict) a calendar is asked once for
        the company and the machine, and not again for what lies inside.
        """
        known = self.env.context.get("known_hours", {})
        key = (calendar.id, self.resource_id.id)
        if key not in known or not known[key][0] <= start <= end <= known[key][1]:
            first, last = start - timedelta(days=1), end + 6 * WEEK
            intervals = calendar._work_intervals_batch(
                pytz.utc.localize(first),
                pytz.utc.localize(last),
                resources=self.resource_id,
                domain=[("time_type", "=", "leave"), ("company_id", "in", (False, company.id))],
            )
            for resource_id, found in intervals.items():
                known[calendar.id, resource_id] = (first, last, self._spans(found))
        spans = ((max(a, start), min(b, end)) for a, b in known[key][2])
        return scheduling.WorkingTime((a, b) for a, b in spans if a < b)

    @api.model
    def _spans(self, intervals):
        """Naive UTC, those that touch as one."""
        spans = []
        for bounds in intervals:
            opening, closing = (
                moment.astimezone(pytz.utc).replace(tzinfo=None) for moment in bounds[:2]
            )
            if spans and opening <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(closing, spans[-1][1]))
            else:
                spans.append((opening, closing))
        return spans

    # ---------------------------------------------------------------- two at once
    def _pass_queue(self):
        """Let two who promise on the same machines collide, as the promise gate does for stock.

        See ``cantoneira.promise.gate``: the row is changed, so that who comes second runs again
        on the queue as it is then.
        """
        if not self:
            return
        self.env.cr.execute(
            SQL(
                """
                WITH locked AS MATERIALIZED (
                    SELECT id FROM mrp_workcenter WHERE id = ANY(%(ids)s) ORDER BY id
                FOR NO KEY UPDATE
                )
                UPDATE mrp_workcenter machine
                   SET queue_passes = COALESCE(machine.queue_passes, 0) + 1
                  FROM locked
                 WHERE machine.id = locked.id
                """,
                ids=self.ids,
            )
        )
        self.invalidate_model(["queue_passes"])

    @api.model
    def _first_of(self, company):
        """The machine of profiles that name none: the company's first."""
        return self.search_fetch(
            [("company_id", "in", (False, company.id))],
            ["name", "resource_id", "resource_calendar_id", "change_minutes"],
            limit=1,
        )


class ResourceResource(models.Model):
    _inherit = "resource.resource"

    stop_ids = fields.One2many("resource.calendar.leaves", "resource_id", "Stops")
