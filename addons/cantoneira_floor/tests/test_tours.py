"""What an operator does with a finger on a tablet."""

from odoo.tests import HttpCase, tagged

from .test_operator import FloorCase


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


@tagged("post_install", "-at_install")
class TestOperatorTourOnPhone(TestOperatorTour):
    browser_size = "390x844"
