"""What a storekeeper does with reels, in a real browser."""

from odoo import Command
from odoo.tests import HttpCase, tagged

from .common import CantoneiraReelCase


@tagged("post_install", "-at_install")
class TestReelTours(CantoneiraReelCase, HttpCase):
    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What is typed is written as this language writes numbers.
        cls.stock_user.lang = "en_US"

    def test_receive(self):
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "order_line": [
                    Command.create({"product_id": self.paper_core.id, "product_qty": 500})
                ],
            }
        )
        order.button_confirm()
        receipt = order.picking_ids
        self.start_tour(
            f"/odoo/cantoneira-receipts/{receipt.id}",
            "cantoneira_reel_receive",
            login=self.stock_user.login,
        )
        self.assertEqual(receipt.state, "done")
        weights = receipt.move_line_ids.lot_id.mapped("current_weight")
        self.assertEqual(sorted(weights), [149.5, 150.5, 200])

    def test_count(self):
        place = self.make_place("Prateleira Z")
        reel = self.make_reel(self.paper_core, 100, name="K-1", location=place)
        count = (
            self.env["cantoneira.count"]
            .with_user(self.stock_user)
            .create({"location_id": place.id})
        )
        self.start_tour(
            f"/odoo/cantoneira-count-sheets/{count.id}",
            "cantoneira_reel_count",
            login=self.stock_user.login,
        )
        self.assertEqual((count.state, reel.current_weight), ("done", 98))

    def test_where(self):
        place = self.make_place("Prateleira Z")
        reel = self.make_reel(self.paper_core, 100, name="K-1")
        self.start_tour(
            "/odoo/cantoneira-where?view_type=kanban",
            "cantoneira_reel_where",
            login=self.stock_user.login,
        )
        self.assertEqual((reel.location_id, reel.current_weight), (place, 99))

    def test_find(self):
        """Find a reel, move it, count it, weigh it back, and receive what is expected of it."""
        place = self.make_place("Prateleira Z")
        reel = self.make_reel(self.paper_core, 100, name="K-1")
        line = {"product_id": self.paper_core.id, "product_qty": 50}
        order = self.env["purchase.order"].create(
            {"partner_id": self.vendor.id, "order_line": [Command.create(line)]}
        )
        order.button_confirm()
        self.start_tour(
            "/odoo/cantoneira-find", "cantoneira_reel_find", login=self.stock_user.login
        )
        self.assertEqual((reel.location_id, reel.current_weight), (place, 97))
        self.assertEqual(order.picking_ids.state, "done")
        self.assertEqual(self.paper_core.qty_available, 147)


@tagged("post_install", "-at_install")
class TestReelToursOnPhone(TestReelTours):
    browser_size = "390x844"
    touch_enabled = True
