"""Surplus and closing short in a real browser, by the people who do it."""

from odoo.tests import HttpCase, tagged

from .test_surplus import SurplusCase


@tagged("post_install", "-at_install")
class TestSurplusTours(SurplusCase, HttpCase):
    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.sales_user | cls.stock_user | cls.production_user
        users.lang = "en_US"
        cls.profile.taxes_id = False
        # Names that a database with other products cannot mistake.
        cls.profile.name = "Cantoneira do passeio"

    def test_sell(self):
        self.make_surplus(7)
        order = self.make_order(self.composite(20, 2500))
        self.start_tour(
            f"/odoo/cantoneira-sales/{order.id}",
            "cantoneira_surplus_sell",
            login=self.sales_user.login,
        )
        self.assertEqual((order.state, order.order_line.surplus_piece_qty), ("sale", 7))
        self.assertEqual(self.production(order.order_line).piece_qty, 13)

    def test_list(self):
        self.make_surplus(7)
        for user in (self.stock_user, self.sales_user):
            self.start_tour("/odoo/cantoneira-surplus", "cantoneira_surplus_list", login=user.login)

    def test_close_short(self):
        line = self.ordered()
        production = self.production(line)
        production.action_start()
        self.start_tour(
            f"/odoo/cantoneira-shop-floor/{production.id}",
            "cantoneira_surplus_close_short",
            login=self.production_user.login,
        )
        self.assertEqual((production.state, line.piece_qty), ("done", 96))


@tagged("post_install", "-at_install")
class TestSurplusToursOnPhone(TestSurplusTours):
    browser_size = "390x844"
    touch_enabled = True
