"""A suggested sequence: asked, computed in the background, told, accepted or dropped."""

import os
from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import solving
from .test_plan import PlanCase


class SuggestionCase(PlanCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.plan_seconds = 1
        cls.production_manager.lang = "en_US"
        cls.Suggestion = cls.env["cantoneira.plan.suggestion"].with_user(cls.production_manager)
        cls.cron = cls.env.ref("cantoneira_floor.ir_cron_suggest")
        first, second, third = cls.orders.sudo()
        now = fields.Datetime.now()
        first.date_deadline = now + timedelta(days=60)
        second.date_deadline = now + timedelta(days=50)
        third.date_deadline = third.date_start + timedelta(minutes=1)

    def ask(self):
        suggestion = self.Suggestion.create({"machine_id": self.machine.id})
        suggestion.action_ask()
        return suggestion

    def compute(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def suggested(self):
        suggestion = self.ask()
        self.compute()
        return suggestion


@tagged("post_install", "-at_install")
class TestSuggestion(SuggestionCase):
    def test_in_the_background(self):
        _first, _second, third = self.orders
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.cron.id)])
        suggestion = self.ask()
        self.assertEqual(suggestion.state, "asked")
        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.cron.id)])
        self.assertEqual(triggers, before + 1, "it is computed soon")
        with self.assert_refused("looked for already"):
            suggestion.action_ask()
        self.compute()
        self.assertEqual((suggestion.state, suggestion.engine), ("ready", "solver"))
        self.assertEqual((suggestion.late_now, suggestion.late_then), (1, 0))
        self.assertEqual(suggestion.order_count, 3)
        self.assertEqual(suggestion.order_ids[0], third.id)
        self.assertIn("1 is no longer late", suggestion.effect_text)
        self.assertEqual(self.queue(), self.orders.mapped("name"), "nothing is written")
        activity = suggestion.activity_ids
        self.assertEqual(activity.user_id, self.production_manager)
        self.assertIn("late orders 1 → 0", activity.summary)
        suggestion.action_accept()
        self.assertEqual(self.queue()[0], third.name)
        self.assertEqual(suggestion.state, "accepted")
        self.assertFalse(suggestion.activity_ids)
        with self.assert_refused("Only a suggestion that is ready"):
            suggestion.action_accept()
        with self.assert_refused("is the plan already"):
            suggestion.action_drop()
        self.assertEqual(suggestion.state, "accepted")

    def test_drop(self):
        suggestion = self.suggested()
        suggestion.action_drop()
        self.assertEqual(suggestion.state, "dropped")
        self.assertFalse(suggestion.activity_ids)
        self.assertEqual(self.queue(), self.orders.mapped("name"))
        suggestion.action_ask()
        self.assertEqual(suggestion.state, "asked")

    def test_the_server_died(self):
        """What was being computed then is computed again."""
        suggestion = self.ask()
        suggestion.sudo().state = "computing"
        self.compute()
        self.assertEqual(suggestion.state, "ready")

    def test_an_order_came(self):
        suggestion = self.suggested()
        new = self.make_order()
        with self.assert_refused(f"{new.name} came. Ask for a new suggestion"):
            suggestion.action_accept()
        self.assertEqual(suggestion.state, "ready")

    def test_an_order_started(self):
        """What is on the line by now is not moved; the rest is."""
        first, second, third = self.orders
        suggestion = self.suggested()
        first.with_user(self.production_user).floor_start("a")
        suggestion.action_accept()
        self.assertEqual(self.queue(), [first.name, third.name, second.name])

    def test_the_plan_is_better_by_now(self):
        first, second, third = self.orders
        suggestion = self.suggested()
        self.apply(self.machine, third + second + first)
        first.sudo().date_deadline = first.date_finished + timedelta(minutes=1)
        second.sudo().date_deadline = second.date_finished + timedelta(minutes=1)
        suggestion.sudo().order_ids = (first + second + third).ids
        with self.assert_refused("better by now than this suggestion: 0 late orders instead of 1"):
            suggestion.action_accept()
        self.assertEqual(self.queue(), [third.name, second.name, first.name])

    def test_nothing_better(self):
        self.orders.sudo().date_deadline = False
        suggestion = self.suggested()
        self.assertFalse(suggestion.is_better)
        self.assertIn("no better sequence", suggestion.activity_ids.summary)
        self.assertEqual(suggestion.hours_gained, 0)

    def test_dates_may_cost_setups(self):
        suggestion = self.suggested()
        told = {"setups_now": 5, "setups_then": 14, "hours_gained": -4.5}
        suggestion.sudo().write({"late_now": 22, "late_then": 11, **told})
        self.assertEqual(
            suggestion._headline(),
            f"{self.machine.name}: late orders 22 → 11. Set-ups: 9 more, 4.5 h lost.",
        )

    def test_empty_queue(self):
        self.orders.sudo().action_cancel()
        suggestion = self.suggested()
        self.assertEqual((suggestion.state, suggestion.order_count), ("ready", 0))
        self.assertFalse(suggestion.is_better)

    def test_who_computed(self):
        with patch.dict(os.environ, {"CANTONEIRA_SOLVER": "/nowhere"}):
            suggestion = self.suggested()
        self.assertEqual((suggestion.engine, suggestion.late_then), ("heuristic", 0))
        self.company.plan_seconds = 0
        self.assertEqual(self.suggested().engine, "quick")

    def test_no_working_hours(self):
        suggestion = self.ask()
        self.machine.resource_calendar_id = self.env["resource.calendar"].create(
            {"name": "Never", "attendance_ids": [(5, 0, 0)]}
        )
        self.compute()
        self.assertEqual(suggestion.state, "failed")
        self.assertIn("not enough working hours", suggestion.note)
        self.assertIn("not enough working hours", suggestion.activity_ids.summary)

    def test_something_breaks(self):
        """A fault is logged, told in a sentence, and stops no other suggestion."""
        suggestion, another = self.ask(), self.ask()
        answers = iter([KeyError("boom"), solving.best_sequence([], [], timedelta())])
        module = "odoo.addons.cantoneira_floor.models.plan_suggestion"
        with (
            mute_logger(module),
            patch(f"{module}.solving.best_sequence", side_effect=lambda *a, **k: next_of(answers)),
        ):
            self.compute()
        self.assertEqual((suggestion.state, another.state), ("failed", "ready"))
        self.assertIn("server's log", suggestion.note)

    def test_rights(self):
        with self.assertRaises(AccessError):
            self.Suggestion.with_user(self.production_user).create({"machine_id": self.machine.id})
        suggestion = self.ask()
        self.production_manager.group_ids = self.env.ref("base.group_user")
        self.compute()
        self.assertEqual(suggestion.sudo().state, "failed")
        self.assertIn("Only a production manager", suggestion.sudo().note)

    def test_seconds(self):
        for seconds in (-1, 301):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
                self.company.plan_seconds = seconds
                self.company.flush_recordset()


def next_of(answers):
    answer = next(answers)
    if isinstance(answer, Exception):
        raise answer
    return answer
