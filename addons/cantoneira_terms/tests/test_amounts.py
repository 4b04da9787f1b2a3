"""Discount of the whole order and minimum charges."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import CantoneiraTermsCase


@tagged("post_install", "-at_install")
class TestDiscount(CantoneiraTermsCase):
    def test_amount_is_spread_to_the_cent(self):
        order = self.make_order(
            self.composite(10, 2500),
            self.resale(10),
            self.composite(1, 1237, price_basis="piece"),
            header_discount_kind="amount",
            header_discount_amount=50,
        )
        self.assertEqual(order.goods_total, 359.90)
        self.assertEqual(order.order_line.mapped("discount_share"), [27.79, 20.84, 1.37])
        self.assertEqual(order.amount_untaxed, 309.90)
        self.assertEqual(order.order_line.mapped("price_unit")[:2], [8, 15])
        self.assert_adds_up(order)

    def test_percent_follows_the_lines(self):
        order = self.make_order(
            self.composite(10, 2500), header_discount_kind="percent", header_discount_percent=7.5
        )
        self.assertEqual((order.discount_total, order.amount_untaxed), (15, 185))
        order.write({"order_line": [(0, 0, self.resale(3))]})
        self.assertEqual(order.discount_total, 18.38)
        self.assert_adds_up(order)
        order.order_line[0].piece_qty = 20
        self.assertEqual(order.discount_total, 33.38)
        order.order_line[1].unlink()
        self.assertEqual((order.discount_total, order.amount_untaxed), (30, 370))

    def test_removed_without_a_trace(self):
        order = self.make_order(
            self.composite(10, 2500), header_discount_kind="amount", header_discount_amount=33.33
        )
        self.assertEqual(order.amount_untaxed, 166.67)
        order.header_discount_kind = False
        self.assertEqual((order.discount_total, order.amount_untaxed), (0, 200))
        self.assertEqual(order.order_line.final_price_unit, 8)

    def test_beside_a_line_discount(self):
        order = self.make_order(
            self.composite(10, 2500, discount=10),
            self.resale(10),
            header_discount_kind="amount",
            header_discount_amount=30,
        )
        self.assertEqual(order.goods_total, 330)
        self.assertEqual(order.amount_untaxed, 300)
        self.assert_adds_up(order)

    def test_taxes(self):
        """Tax on top is on what is left; tax inside the price comes out of what is left."""
        added = self.env["account.tax"].create({"name": "10 on top", "amount": 10})
        inside = self.env["account.tax"].create(
            {"name": "25 inside", "amount": 25, "price_include_override": "tax_included"}
        )
        terms = {"header_discount_kind": "amount", "header_discount_amount": 50}
        order = self.make_order(self.composite(10, 2500, tax_ids=[(6, 0, added.ids)]), **terms)
        self.assertEqual(
            (order.amount_untaxed, order.amount_tax, order.amount_total), (150, 15, 165)
        )
        order = self.make_order(self.composite(10, 2500, tax_ids=[(6, 0, inside.ids)]), **terms)
        self.assertEqual(
            (order.amount_untaxed, order.amount_tax, order.amount_total), (120, 30, 150)
        )

    def test_too_much_is_said_and_not_confirmed(self):
        order = self.make_order(
            self.composite(10, 2500), header_discount_kind="amount", header_discount_amount=201
        )
        self.assertEqual(order.amount_untaxed, 0)
        with self.assert_refused(r"discount of .*201.* cannot be spread: the lines take .*200"):
            order.action_confirm()
        for values in ({"header_discount_percent": 101}, {"header_discount_amount": -1}):
            with self.assert_refused("discount", ValidationError):
                order.write(values)

    def test_confirmed_order_keeps_adding_up(self):
        order = self.make_order(
            self.composite(10, 2500),
            header_discount_kind="amount",
            header_discount_amount=50,
            confirm=True,
        )
        order.order_line.piece_qty = 20
        self.assertEqual(order.amount_untaxed, 350)
        with self.assert_refused("cannot be spread"):
            order.header_discount_amount = 500

    def test_typing_in_the_form(self):
        with Form(self.env["sale.order"].with_user(self.sales_user)) as form:
            form.partner_id = self.customer
            form.header_discount_kind = "percent"
            form.header_discount_percent = 10
            for length in (2500, 1250):
                with form.order_line.new() as line:
                    line.product_id = self.profile
                    line.piece_qty = 10
                    line.piece_length_mm = length
                    line.tax_ids.clear()
            self.assertEqual(form.discount_total, 30)
            self.assertEqual(form.tax_totals["base_amount_currency"], 270)
        self.assert_adds_up(form.record)


@tagged("post_install", "-at_install")
class TestMinimumCharge(CantoneiraTermsCase):
    def test_line_is_raised(self):
        self.company.minimum_line_amount = 30
        order = self.make_order(
            self.composite(1, 1000), self.resale(10), self.resale(1, price_unit=0)
        )
        self.assertEqual(order.order_line.mapped("minimum_share"), [22, 0, 0])
        self.assertEqual(order.order_line.mapped("price_subtotal"), [30, 150, 0])
        self.assertEqual(order.order_line[0].price_unit, 8)
        self.assertEqual(order.order_line[0].final_price_unit, 30)
        self.assert_adds_up(order)

    def test_order_is_raised_after_the_discount(self):
        self.company.minimum_order_amount = 100
        order = self.make_order(
            self.composite(5, 1000),
            self.resale(2),
            header_discount_kind="percent",
            header_discount_percent=10,
        )
        self.assertEqual((order.goods_total, order.discount_total), (70, 7))
        self.assertEqual((order.minimum_total, order.amount_untaxed), (37, 100))
        self.assert_adds_up(order)
        order.order_line[1].product_uom_qty = 20
        self.assertEqual((order.minimum_total, order.amount_untaxed), (0, 306))

    def test_price_list_has_its_own(self):
        self.company.minimum_order_amount = 100
        self.steps.write({"has_own_minimum": True, "minimum_order_amount": 50})
        order = self.make_order(self.composite(1, 1000), pricelist_id=self.steps.id)
        self.assertEqual(order.amount_untaxed, 50)
        # What the settings say later does not change what was quoted.
        self.steps.minimum_order_amount = 60
        self.assertEqual(order.amount_untaxed, 50)

    def test_manager_makes_an_exception(self):
        self.company.minimum_order_amount = 100
        order = self.make_order(self.composite(1, 1000))
        with self.assert_refused("Ask a sales manager", AccessError):
            order.minimum_order_amount = 0
        order.with_user(self.sales_manager).minimum_order_amount = 0
        self.assertEqual(order.amount_untaxed, 8)

    def test_settings_refuse_nonsense(self):
        for values in ({"minimum_line_amount": -1}, {"minimum_margin_percent": 100}):
            with self.assert_refused("minimum", UserError):
                self.company.write(values)
        with self.assert_refused("minimum", ValidationError):
            self.steps.minimum_order_amount = -1
