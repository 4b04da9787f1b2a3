"""What an operator does with a finger on a tablet, and a planner with a mouse or on a phone."""

from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .test_operator import FloorCase
from .test_plan import PlanCase
from .test_suggestion import SuggestionCase


@tagged("post_install", "-at_install")
class TestOperatorTour(FloorCase, HttpCase):
    browser_size = "1024x768"
    touch_enabled = True

    def test_operator(self):
        self.production_user.lang = "en_US"
        self.env["mrp.workcenter"].create({"name": "Linha 2"})
        order, following = self.make_order(10, 2500), self.make_order(4, 1237.5)
        self.start_tour(
            "/odoo/cantoneira-operator",
            "cantoneira_floor_operator",
            login=self.production_user.login,
        )
        self.assertEqual(order.state, "done")
        self.assertEqual(order.qty_produced, 30)
        self.assertEqual(order.scrapped_pieces, 3)
        self.assertEqual(order.stop_ids.reason_id, self.meal)
        self.assertTrue(order.stop_ids.date_end)
        self.assertEqual(order.difference_reason_id.kind, "difference")
        self.assertEqual(self.raw(order, self.glue).quantity, 4)
        trim = order.loss_ids.filtered(lambda loss: loss.cause == "trim")
        self.assertEqual((trim.material_id, trim.quantity), (self.paper_core, 0.5))
        self.assertEqual(following.floor_state, "running")

    def test_slow_answer(self):
        self.production_user.lang = "en_US"
        self.env["mrp.workcenter"].create({"name": "Linha 2"})
        self.start_tour(
            "/odoo/cantoneira-operator",
            "cantoneira_floor_slow",
            login=self.production_user.login,
        )


@tagged("post_install", "-at_install")
class TestOperatorTourOnPhone(TestOperatorTour):
    browser_size = "390x844"


@tagged("post_install", "-at_install")
class TestPlanTour(PlanCase, HttpCase):
    browser_size = "1366x768"
    language = "en_US"
    tour = "cantoneira_floor_plan"

    def test_plan(self):
        """Moving tells who becomes late, undoing takes it back, applying makes it the queue."""
        self.env["res.lang"]._activate_lang(self.language)
        self.env["ir.module.module"]._load_module_terms(["cantoneira_floor"], [self.language])
        self.production_manager.lang = self.language
        first, second, third = self.orders
        second.sudo().date_deadline = second.date_finished + timedelta(minutes=1)
        self.start_tour("/odoo/cantoneira-plan", self.tour, login=self.production_manager.login)
        self.assertEqual(self.queue(), [third.name, first.name, second.name])


@tagged("post_install", "-at_install")
class TestPlanTourOnPhone(TestPlanTour):
    browser_size = "390x844"
    touch_enabled = True
    language = "pt_BR"
    tour = "cantoneira_floor_plan_phone"


@tagged("post_install", "-at_install")
class TestSuggestionTour(SuggestionCase, HttpCase):
    browser_size = "1366x768"
    begin = "/odoo/cantoneira-plan", "cantoneira_floor_suggestion_ask"

    def test_suggestion(self):
        """Asked from the board; accepted later, when it has been computed."""
        login = self.production_manager.login
        self.start_tour(*self.begin, login=login)
        self.assertEqual(self.queue(), self.orders.mapped("name"))
        self.cron.method_direct_trigger()
        self.start_tour(
            "/odoo/cantoneira-suggestions", "cantoneira_floor_suggestion_accept", login=login
        )
        self.assertEqual(self.queue()[0], self.orders[2].name)

    def test_reload(self):
        """Its form is the first that is opened, and the page is loaded again."""
        before = self.Suggestion.search([])
        self.start_tour(
            "/odoo/cantoneira-suggestions/new",
            "cantoneira_floor_suggestion_reload",
            login=self.production_manager.login,
        )
        self.assertEqual((self.Suggestion.search([]) - before).mapped("state"), ["asked"])


@tagged("post_install", "-at_install")
class TestSuggestionTourOnPhone(TestSuggestionTour):
    browser_size = "390x844"
    touch_enabled = True
    begin = "/odoo/cantoneira-suggestions", "cantoneira_floor_suggestion_ask_phone"
