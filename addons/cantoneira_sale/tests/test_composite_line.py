"""A line typed in pieces × length: metres, kilograms, amount, and what is refused."""

import random

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from odoo.addons.cantoneira_stock import arithmetic

from .common import CantoneiraSaleCase


@tagged("post_install", "-at_install")
class TestCompositeLine(CantoneiraSaleCase):
    def test_seed_order_while_typing(self):
        """10 × 2,500 mm and 10 rolls show 25 m, 3.695 kg, R$ 200 and R$ 350 before saving."""
        form = Form(self.env["sale.order"].with_user(self.sales_user))
        form.partner_id = self.customer
        with form.order_line.new() as line:
            line.product_id = self.profile
            line.piece_qty = 10
            line.piece_length_mm = 2500
            line.tax_ids.clear()
            self.assertEqual(line.product_uom_qty, 25)
            self.assertAlmostEqual(line.composite_weight, 3.695, 6)
            self.assertEqual(line.price_unit, 8)
            self.assertEqual(line.price_subtotal, 200)
        with form.order_line.new() as line:
            line.product_id = self.tape
            line.product_uom_qty = 10
            line.tax_ids.clear()
        order = form.save()
        self.assertEqual(order.amount_total, 350)
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [25, 10])
        self.assertEqual(order.order_line.mapped("piece_qty"), [10, 0])
        self.assertEqual(order.total_pieces, 10)
        self.assertEqual(order.total_metres, 25)
        self.assertAlmostEqual(order.net_weight, 3.695, 6)

    def test_a_real_order_of_the_trade(self):
        order = self.make_order(self.composite(2000, 3500))
        self.assertEqual(order.order_line.product_uom_qty, 7000)
        self.assertAlmostEqual(order.net_weight, 1034.6, 6)
        self.assertEqual(order.amount_total, 56000)

    def test_half_millimetres_are_exact(self):
        line = self.make_order(self.composite(3, 1237.5)).order_line
        self.assertEqual(line.product_uom_qty, 3.7125)
        self.assertEqual(line.price_subtotal, 29.70)

    def test_writing_changes_metres(self):
        order = self.make_order(self.composite(10, 2500))
        order.order_line.piece_qty = 4
        self.assertEqual(order.order_line.product_uom_qty, 10)
        order.write(
            {"order_line": [Command.update(order.order_line.id, {"piece_length_mm": 1000})]}
        )
        self.assertEqual(order.order_line.product_uom_qty, 4)
        self.assertEqual(order.amount_total, 32)

    def test_writing_many_lines_at_once(self):
        order = self.make_order(self.composite(10, 2500), self.composite(3, 1000))
        order.order_line.write({"piece_qty": 2})
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [5, 2])

    def test_copy_keeps_pieces(self):
        line = self.make_order(self.composite(10, 2500)).copy().order_line
        self.assertEqual(
            (line.piece_qty, line.piece_length_mm, line.product_uom_qty), (10, 2500, 25)
        )

    def test_quotation_template(self):
        template = self.env["sale.order.template"].create(
            {
                "name": "Kit 4 × 1.500",
                "sale_order_template_line_ids": [Command.create(self.composite(4, 1500))],
            }
        )
        self.assertEqual(template.sale_order_template_line_ids.product_uom_qty, 6)
        self.sales_user.group_ids += self.env.ref("sale_management.group_sale_order_template")
        form = Form(self.env["sale.order"].with_user(self.sales_user))
        form.partner_id = self.customer
        form.sale_order_template_id = template
        line = form.save().order_line
        self.assertEqual((line.piece_qty, line.piece_length_mm, line.product_uom_qty), (4, 1500, 6))

    def test_import(self):
        """A spreadsheet gives pieces and length; the metres follow."""
        result = (
            self.env["sale.order"]
            .with_user(self.sales_user)
            .load(
                [
                    "partner_id/.id",
                    "order_line/product_id/.id",
                    "order_line/piece_qty",
                    "order_line/piece_length_mm",
                ],
                [[str(self.customer.id), str(self.profile.id), "10", "2500"]],
            )
        )
        self.assertFalse(result["messages"])
        self.assertEqual(
            self.env["sale.order"].browse(result["ids"]).order_line.product_uom_qty, 25
        )

    def test_another_product_forgets_pieces(self):
        form = Form(self.make_order(self.composite(10, 2500)))
        with form.order_line.edit(0) as line:
            line.product_id = self.tape
            self.assertFalse(line.piece_qty)
            line.product_uom_qty = 3
        line = form.save().order_line
        self.assertEqual((line.piece_qty, line.piece_length_mm, line.product_uom_qty), (0, 0, 3))

    def test_recipe_changes_do_not_rewrite_lines(self):
        order = self.make_order(self.composite(10, 2500))
        self.paper_core.product_tmpl_id.grammage = 420
        self.assertNotEqual(self.profile.linear_weight, 147.8)
        self.assertAlmostEqual(order.order_line.composite_weight, 3.695, 6)

    # ------------------------------------------------------------------ refused
    def assert_refused(self, words, **values):
        before = self.env["sale.order"].search_count([])
        with self.assertRaisesRegex(ValidationError, words), self.env.cr.savepoint():
            self.make_order({**self.composite(10, 2500), **values})
        self.assertEqual(self.env["sale.order"].search_count([]), before)

    def test_no_pieces(self):
        self.assert_refused("type how many pieces", piece_qty=0)

    def test_negative_pieces(self):
        self.assert_refused("type how many pieces.*-3", piece_qty=-3)

    def test_fraction_of_a_piece(self):
        """Over RPC an integer column would cut 2.5 to 2 silently."""
        self.assert_refused("2.5 pieces cannot be cut", piece_qty=2.5)

    def test_absurd_pieces(self):
        self.assert_refused("too many for one line", piece_qty=5_000_000)

    def test_no_length(self):
        self.assert_refused("type the length", piece_length_mm=0)

    def test_negative_length(self):
        self.assert_refused("type the length.*-2500", piece_length_mm=-2500)

    def test_absurd_length(self):
        self.assert_refused("longer than 20,000 mm", piece_length_mm=250_000)

    def test_third_of_a_millimetre(self):
        self.assert_refused("whole or half", piece_length_mm=1000.3)

    def test_hundredth_of_a_millimetre(self):
        self.assert_refused("whole or half", piece_length_mm=2500.04)

    def test_contradictory_metres(self):
        self.assert_refused("make 25 m, not 7", product_uom_qty=7)

    def test_text_instead_of_pieces(self):
        order = self.make_order()
        with self.assertRaisesRegex(ValidationError, "type how many pieces.*dez"):
            self.env["sale.order.line"].create(
                {"order_id": order.id, **self.composite("dez", 2500)}
            )

    def test_metres_without_pieces(self):
        with self.assertRaisesRegex(ValidationError, "type how many pieces"):
            self.make_order({"product_id": self.profile.id, "product_uom_qty": 25})

    def test_pieces_of_tape(self):
        with self.assertRaisesRegex(ValidationError, "not sold in pieces"):
            self.make_order(self.composite(10, 2500, self.tape))

    def test_metres_written_over_pieces(self):
        order = self.make_order(self.composite(10, 2500))
        with self.assertRaisesRegex(ValidationError, "make 25 m, not 7"):
            order.order_line.product_uom_qty = 7

    def test_profile_in_kg(self):
        """Trap: 1 kg converts silently to 1 m."""
        with self.assertRaisesRegex(ValidationError, "price basis"):
            self.make_order(self.composite(10, 2500, product_uom_id=self.kg.id))

    # -------------------------------------------------------------------- price
    def test_price_per_piece(self):
        line = self.make_order(self.composite(10, 2500, price_basis="piece")).order_line
        self.assertEqual(line.basis_price, 20)
        self.assertEqual(line.price_unit, 8)
        self.assertEqual(line.price_subtotal, 200)

    def test_price_per_kg(self):
        line = self.make_order(
            self.composite(10, 2500, price_basis="kg", basis_price=50)
        ).order_line
        self.assertAlmostEqual(line.price_unit, 7.39, 9)
        self.assertEqual(line.price_subtotal, 184.75)

    def test_list_price_follows_the_length(self):
        order = self.make_order(self.composite(10, 2500, price_basis="piece"))
        order.order_line.piece_length_mm = 3000
        self.assertEqual(order.order_line.basis_price, 24)
        self.assertEqual(order.amount_total, 240)

    def test_typed_price_stays(self):
        order = self.make_order(self.composite(10, 2500, price_basis="piece", basis_price=18.5))
        self.assertEqual(order.amount_total, 185)
        order.order_line.write({"piece_length_mm": 3000, "piece_qty": 7})
        self.assertEqual(order.order_line.basis_price, 18.5)
        self.assertEqual(order.amount_total, 129.5)

    def test_typed_price_per_metre_is_said_per_piece(self):
        form = Form(self.make_order(self.composite(10, 2500)))
        with form.order_line.edit(0) as line:
            line.price_unit = 9
            line.price_basis = "piece"
            self.assertEqual(line.basis_price, 22.5)
            line.price_basis = "metre"
        order = form.save()
        self.assertEqual(order.order_line.price_unit, 9)
        self.assertEqual(order.amount_total, 225)

    def test_price_typed_in_the_form(self):
        form = Form(self.make_order(self.composite(7, 1237.5)))
        with form.order_line.edit(0) as line:
            line.price_basis = "piece"
            line.basis_price = 9.99
            self.assertEqual(line.price_subtotal, 69.93)
        self.assertEqual(form.save().amount_total, 69.93)

    def test_no_cent_lost_on_a_thousand_random_lines(self):
        """The amount is the price said × what is billed, rounded once, for every basis."""
        rng = random.Random(19)
        lines, expected = [], []
        for _number in range(1000):
            basis = rng.choice(["metre", "piece", "kg"])
            pieces = rng.choice([1, 3, rng.randint(1, 5000)])
            length = rng.randint(1, 40_000) / 2
            price = rng.randint(1, 20_000) / 100
            field = "price_unit" if basis == "metre" else "basis_price"
            lines.append(self.composite(pieces, length, price_basis=basis, **{field: price}))
            billed = arithmetic.billed_quantity(basis, pieces, length, "147.8")
            expected.append(arithmetic.money(arithmetic.exact(price) * billed))
        order = self.make_order(*lines)
        wrong = [
            (line.read(["price_basis", "piece_qty", "piece_length_mm", "price_subtotal"]), amount)
            for line, amount in zip(order.order_line, expected, strict=True)
            if arithmetic.money(line.price_subtotal) != amount
        ]
        self.assertEqual(wrong, [])
        self.assertEqual(arithmetic.money(order.amount_total), sum(expected))
