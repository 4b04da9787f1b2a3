"""Steps look at the metres of the whole order for one profile."""

from odoo import Command
from odoo.tests import Form, tagged

from .common import CantoneiraTermsCase


@tagged("post_install", "-at_install")
class TestPriceSteps(CantoneiraTermsCase):
    def quote(self, *lines, **values):
        return self.make_order(*lines, pricelist_id=self.steps.id, **values)

    def test_lines_created_together_share_the_step(self):
        """60 m + 50 m are 110 m: both at the price of 100 m."""
        order = self.quote(self.composite(24, 2500), self.composite(50, 1000))
        self.assertEqual(order.order_line.mapped("price_unit"), [7.5, 7.5])
        self.assertEqual(order.amount_untaxed, 825)

    def test_a_line_that_comes_later_moves_the_others(self):
        order = self.quote(self.composite(24, 2500))
        self.assertEqual(order.order_line.price_unit, 8)
        order.write({"order_line": [Command.create(self.composite(50, 1000))]})
        self.assertEqual(order.order_line.mapped("price_unit"), [7.5, 7.5])
        order.order_line[1].piece_qty = 1000
        self.assertEqual(order.order_line.mapped("price_unit"), [7, 7])
        order.order_line[1].unlink()
        self.assertEqual(order.order_line.price_unit, 8)

    def test_another_profile_does_not_count(self):
        order = self.quote(self.composite(24, 2500), self.composite(100, 1000, self.other_profile))
        self.assertEqual(order.order_line.mapped("price_unit"), [8, 5])

    def test_typed_prices_stay(self):
        order = self.quote(self.composite(24, 2500, price_unit=9), self.composite(1, 1000))
        order.order_line[1].piece_qty = 50
        self.assertEqual(order.order_line.mapped("price_unit"), [9, 7.5])
        order.order_line[1].price_unit = 6
        order.order_line[0].piece_qty = 2000
        self.assertEqual(order.order_line.mapped("price_unit"), [9, 6])

    def test_price_per_piece_and_kg(self):
        order = self.quote(
            self.composite(24, 2500, price_basis="piece"),
            self.composite(10, 1000, price_basis="kg"),
        )
        piece, kg = order.order_line
        self.assertEqual((piece.basis_price, kg.basis_price), (20, 54.13))
        kg.piece_qty = 50
        self.assertEqual(piece.basis_price, 18.75)
        self.assertEqual(piece.price_subtotal, 450)
        self.assertEqual(kg.basis_price, 50.74)
        piece.basis_price = 19
        kg.piece_qty = 1000
        self.assertEqual((piece.basis_price, kg.basis_price), (19, 47.36))

    def test_another_line_does_not_bring_in_a_new_list_price(self):
        """Only a step that is crossed prices a line again, not a list that changed since."""
        order = self.quote(self.composite(10, 1000), self.composite(10, 1500))
        self.steps.item_ids.filtered(lambda item: not item.min_quantity).fixed_price = 8.5
        order.order_line[1].piece_qty = 20
        self.assertEqual(order.order_line.mapped("price_unit"), [8, 8.5])

    def test_copy_keeps_prices(self):
        order = self.quote(self.composite(24, 2500), self.composite(50, 1000, price_unit=9))
        self.assertEqual(order.order_line.mapped("price_unit"), [7.5, 9])
        self.steps.item_ids.fixed_price = 1
        self.assertEqual(order.copy().order_line.mapped("price_unit"), [7.5, 9])

    def test_typing_in_the_form(self):
        self.sales_user.group_ids |= self.env.ref("product.group_product_pricelist")
        form = Form(self.env["sale.order"].with_user(self.sales_user))
        form.partner_id = self.customer
        form.pricelist_id = self.steps
        for pieces, length in ((24, 2500), (50, 1000)):
            with form.order_line.new() as line:
                line.product_id = self.profile
                line.piece_qty = pieces
                line.piece_length_mm = length
        prices = [form.order_line.edit(n).price_unit for n in range(2)]
        self.assertEqual(prices, [7.5, 7.5])
        order = form.save()
        self.assertEqual(order.order_line.mapped("price_unit"), [7.5, 7.5])
        with Form(order) as form, form.order_line.edit(1) as line:
            line.piece_qty = 10
        self.assertEqual(order.order_line.mapped("price_unit"), [8, 8])

    def test_step_that_is_a_shown_discount(self):
        self.sales_user.group_ids |= self.env.ref("sale.group_discount_per_so_line")
        self.steps.item_ids[1].write({"compute_price": "percentage", "percent_price": 10})
        order = self.quote(self.composite(24, 2500), self.composite(1, 1000))
        order.order_line[1].piece_qty = 50
        for line in order.order_line:
            self.assertEqual((line.price_unit, line.discount), (8, 10))

    def test_steps_cost_no_query_per_line(self):
        """One line changes: as many queries with 40 lines as with 5."""

        def queries(count):
            order = self.quote(*[self.composite(10, 1000 + n) for n in range(count)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order.order_line[0].piece_qty = 1000
            self.env.flush_all()
            self.assertEqual(set(order.order_line.mapped("price_unit")), {7})
            return self.env.cr.sql_log_count - before

        queries(2)
        self.assertLessEqual(queries(40), queries(5) + 3)
