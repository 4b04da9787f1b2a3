"""The production manager plans; the operator's queue follows."""

from datetime import timedelta

from odoo import fields
from odoo.tests import Form, tagged

from .test_operator import FloorCase


@tagged("post_install", "-at_install")
class TestPlan(FloorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile.metres_per_hour = 100
        cls.orders = cls.env["mrp.production"]
        for pieces in (10, 20, 30):
            cls.orders |= cls.make_order(pieces, 1000)

    def test_drag(self):
        first, second, third = self.orders
        planner = self.orders.with_user(self.production_manager)
        dragged = planner.browse([third.id, first.id, second.id])
        dragged.web_resequence({}, field_name="plan_sequence", offset=first.plan_sequence)
        names = [third.name, first.name, second.name]
        self.assertEqual(self.queue(), names)
        self.assertLess(third.date_start, first.date_start)
        self.assertGreaterEqual(first.date_start, third.date_finished)
        open_work = self.env["cantoneira.machine.queue"]._open_work([self.machine], self.company)
        self.assertEqual(open_work[self.machine].mapped("name"), names, "promises follow")

    def test_only_managers(self):
        with self.assert_refused("Only a production manager"):
            self.orders.with_user(self.production_user).web_resequence(
                {}, field_name="plan_sequence", offset=0
            )

    def test_suggestion(self):
        first, second, third = self.orders
        now = fields.Datetime.now()
        planner = self.orders.with_user(self.production_manager)
        planner.browse(self.orders.ids)._plan_in_this_order()
        first.sudo().date_deadline = now + timedelta(days=60)
        second.sudo().date_deadline = now + timedelta(days=50)
        third.sudo().date_deadline = third.date_start + timedelta(minutes=1)
        wizard = Form(self.env["cantoneira.plan.suggestion"].with_user(self.production_manager))
        wizard.machine_id = self.machine
        suggestion = wizard.save()
        self.assertEqual((suggestion.late_now, suggestion.late_then), (1, 0))
        self.assertEqual(suggestion.order_count, 3)
        suggestion.action_accept()
        self.assertEqual(self.queue()[0], third.name)
        self.make_order()
        with self.assert_refused("has changed meanwhile"):
            suggestion.action_accept()
