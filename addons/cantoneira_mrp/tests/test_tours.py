"""What a production manager and an operator do, in a real browser."""

from odoo.tests import HttpCase, tagged

from .common import CantoneiraMrpCase


@tagged("post_install", "-at_install")
class TestMrpTours(CantoneiraMrpCase, HttpCase):
    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fill_stock()
        # What is typed is written as this language writes numbers.
        (cls.production_user | cls.production_manager).lang = "en_US"

    def test_recipe(self):
        """Flow 2: layers and glue on the profile, weight, cost and margin live."""
        self.start_tour(
            "/odoo/cantoneira-profiles",
            "cantoneira_mrp_recipe",
            login=self.production_manager.login,
        )
        profile = self.env["product.template"].search([("name", "=", "Cantoneira do passeio")])
        self.assertEqual(profile.linear_weight, 147.8)
        self.assertEqual(profile.standard_price, 2.002)
        self.assertEqual(profile.uom_id, self.metre)
        self.assertEqual(profile.bom_ids.bom_line_ids.mapped("layer_count"), [4, 1, 0])
        self.assertFalse(profile.product_variant_id._manufacture_problem(self.warehouse))

    def test_produce(self):
        """Flow 4: start, count, weigh, done."""
        order = self.make_order(10, 2500)
        self.start_tour(
            "/odoo/cantoneira-shop-floor",
            "cantoneira_mrp_produce",
            login=self.production_user.login,
        )
        self.assertEqual(order.state, "done")
        self.assertEqual(order.qty_produced, 25)
        self.assertEqual(self.paper_core.qty_available, 147.1)
        self.assertAlmostEqual(order.consumption_difference_weight, 0.1, 6)
        self.assertTrue(order.date_planned_start)


@tagged("post_install", "-at_install")
class TestMrpToursOnPhone(TestMrpTours):
    browser_size = "390x844"
    touch_enabled = True
