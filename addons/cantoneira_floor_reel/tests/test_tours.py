"""Reels under an operator's finger, in a real browser."""

from odoo.tests import HttpCase, tagged

from .test_reels import FloorReelCase


@tagged("post_install", "-at_install")
class TestReelTour(FloorReelCase, HttpCase):
    browser_size = "1024x768"
    touch_enabled = True

    def test_operator(self):
        self.production_user.lang = "en_US"
        self.env["mrp.workcenter"].create({"name": "Linha 2"})
        first = self.make_reel(self.paper_core, 2, name="CORE-1", date="2026-01-01 08:00:00")
        second = self.make_reel(self.paper_core, 50, name="CORE-2", date="2026-01-02 08:00:00")
        liner = self.make_reel(self.paper_liner, 100, name="LINER-1")
        other = self.make_reel(self.other_paper, 5, name="OTHER-1")
        order = self.make_order(10, 2500)
        self.start_tour(
            "/odoo/cantoneira-operator",
            "cantoneira_floor_reel_operator",
            login=self.production_user.login,
        )
        self.assertEqual(order.state, "done")
        self.assertEqual((first.current_weight, second.current_weight), (0, 49.2))
        self.assertEqual((liner.current_weight, other.current_weight), (99.48, 5))
        self.assertEqual(second.workcenter_id, self.machine, "it stays on for the next order")


@tagged("post_install", "-at_install")
class TestReelTourOnPhone(TestReelTour):
    browser_size = "390x844"
