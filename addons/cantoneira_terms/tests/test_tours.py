"""Discount and CIF freight in a real browser, as a plain salesperson."""

from odoo.tests import HttpCase, tagged

from .common import CantoneiraTermsCase


@tagged("post_install", "-at_install")
class TestTermsTours(CantoneiraTermsCase, HttpCase):
    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales_user.lang = "en_US"

    def tour(self, name):
        order = self.make_order(self.composite(10, 2500), self.resale(10))
        self.start_tour(
            f"/odoo/cantoneira-sales/{order.id}",
            f"cantoneira_terms_{name}",
            login=self.sales_user.login,
        )
        return order

    def test_discount(self):
        order = self.tour("discount")
        self.assertEqual((order.discount_total, order.amount_untaxed), (35, 315))
        self.assert_adds_up(order)

    def test_freight(self):
        order = self.tour("freight")
        self.assertEqual(order.order_line.mapped("freight_share"), [20, 30])
        self.assert_adds_up(order)


@tagged("post_install", "-at_install")
class TestTermsToursOnPhone(TestTermsTours):
    browser_size = "390x844"
    touch_enabled = True
