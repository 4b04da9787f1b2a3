"""Freight is not margin; below the minimum it takes a sales manager and a reason."""

from odoo.tests import tagged

from .common import CantoneiraTermsCase


@tagged("post_install", "-at_install")
class TestMargin(CantoneiraTermsCase):
    def test_freight_is_not_margin(self):
        """The seed's 75 % with freight inside, apart or none."""
        product = self.env["product.product"].create({"name": "Frete", "type": "service"})
        carrier = self.env["delivery.carrier"].create({"name": "F", "product_id": product.id})
        for values in (
            {},
            {"freight_mode": "cif", "freight_amount": 50},
            {"freight_mode": "separate", "freight_amount": 50, "carrier_id": carrier.id},
        ):
            order = self.make_order(self.composite(10, 2500), **values)
            order = order.with_user(self.sales_manager)
            self.assertAlmostEqual(order.margin, 149.95, 2)
            self.assertAlmostEqual(order.margin_percent, 0.74975, 5)
            self.assertEqual(order.order_line[0].markup_percent, 299.6)
            self.assertAlmostEqual(order.order_line[0].margin_percent, 0.74975, 5)

    def test_freight_with_tax_inside_the_price(self):
        tax = self.env["account.tax"].create(
            {"name": "25 inside", "amount": 25, "price_include_override": "tax_included"}
        )
        order = self.make_order(
            self.composite(10, 2500, tax_ids=[(6, 0, tax.ids)]),
            freight_mode="cif",
            freight_amount=50,
        ).with_user(self.sales_manager)
        self.assertEqual(order.amount_untaxed, 200)
        self.assertAlmostEqual(order.margin, 160 - 50.05, 2)

    def test_below_the_minimum(self):
        self.company.minimum_margin_percent = 60
        order = self.make_order(
            self.composite(10, 2500), header_discount_kind="percent", header_discount_percent=40
        )
        self.assertTrue(order.is_below_margin)
        self.assertIn("below what the company allows", order.margin_alert)
        self.assertNotIn("58", order.margin_alert)
        with self.assert_refused("below what the company allows"):
            order.action_confirm()
        with self.assert_refused("below what the company allows"):
            order.with_context(shortage_override_reason="please").action_confirm()
        manager = order.with_user(self.sales_manager)
        self.assertIn("58.29 %, below the minimum of 60 %", manager.margin_alert)
        with self.assert_refused("58.29 %, below the minimum of 60 %"):
            manager.action_confirm()
        wizard = self.env["cantoneira.confirm.override"].with_user(self.sales_manager)
        wizard.create({"order_id": order.id, "reason": "First order"}).action_confirm()
        self.assertEqual(order.state, "sale")
        history = "".join(order.message_ids.mapped("body"))
        self.assertIn("First order", history)
        self.assertIn("below what the company allows", history)
        self.assertNotIn("58.29", history)

    def test_above_the_minimum_nobody_is_asked(self):
        self.company.minimum_margin_percent = 60
        order = self.make_order(self.composite(10, 2500))
        self.assertFalse(order.is_below_margin or order.margin_alert)
        order.action_confirm()

    def test_given_away(self):
        self.company.minimum_margin_percent = 60
        order = self.make_order(self.composite(10, 2500, price_unit=0))
        self.assertTrue(order.is_below_margin)
