"""CIF inside the prices, FOB without an amount, apart on a line of its own."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import CantoneiraTermsCase


@tagged("post_install", "-at_install")
class TestFreight(CantoneiraTermsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        product = cls.env["product.product"].create({"name": "Frete", "type": "service"})
        product.taxes_id = False
        cls.env["delivery.carrier"].search([]).active = False
        cls.carrier = cls.env["delivery.carrier"].create(
            {"name": "Frete", "delivery_type": "fixed", "product_id": product.id}
        )

    def cif(self, *lines, amount=50, **values):
        return self.make_order(*lines, freight_mode="cif", freight_amount=amount, **values)

    def test_by_weight(self):
        """25 m of 147.8 g/m and 25 m of 100 g/m: 50 R$ as 3.695 kg to 2.5 kg."""
        order = self.cif(self.composite(10, 2500), self.composite(10, 2500, self.other_profile))
        self.assertEqual(order.order_line.mapped("freight_share"), [29.82, 20.18])
        self.assertEqual(order.order_line.mapped("price_subtotal"), [229.82, 145.18])
        self.assertEqual(order.amount_untaxed, 375)
        self.assert_adds_up(order)

    def test_by_value(self):
        order = self.cif(
            self.composite(10, 2500),
            self.composite(10, 2500, self.other_profile),
            freight_spread_by="value",
        )
        self.assertEqual(order.order_line.mapped("freight_share"), [30.77, 19.23])
        self.assert_adds_up(order)

    def test_by_value_where_nothing_weighs(self):
        order = self.cif(self.resale(10), self.resale(30))
        self.assertEqual(order.order_line.mapped("freight_share"), [12.5, 37.5])

    def test_never_per_piece_on_a_price_per_metre(self):
        """50 R$ on 10 pieces of 2,500 mm are 2 R$ a metre, whatever the price is said for."""
        for basis in ("metre", "piece", "kg"):
            order = self.cif(self.composite(10, 2500, price_basis=basis))
            goods = order.goods_total
            self.assertEqual(order.amount_untaxed, goods + 50)
            self.assertAlmostEqual(order.order_line.final_price_unit, goods / 25 + 2, 9)

    def test_line_fixed_by_hand(self):
        order = self.cif(self.composite(10, 2500), self.composite(10, 2500), self.resale(1))
        order.order_line[0].freight_typed = 10
        self.assertTrue(order.order_line[0].freight_fixed)
        self.assertEqual(order.order_line.mapped("freight_share"), [10, 40, 0])
        order.freight_amount = 60
        self.assertEqual(order.order_line.mapped("freight_share"), [10, 50, 0])
        order.order_line[0].write({"freight_typed": 0, "freight_fixed": True})
        self.assertEqual(order.order_line.mapped("freight_share"), [0, 60, 0])
        order.order_line[0].freight_fixed = False
        self.assertEqual(order.order_line.mapped("freight_share"), [30, 30, 0])

    def test_what_does_not_add_up_is_said_and_not_confirmed(self):
        order = self.cif(self.composite(10, 2500, freight_typed=60), self.resale(1))
        with self.assert_refused(r"freight of .*50.* does not add up: the lines carry .*60"):
            order.action_confirm()
        with self.assert_refused("cannot be negative", ValidationError):
            order.order_line[0].freight_typed = -1
        with self.assert_refused("cannot be negative", ValidationError):
            order.freight_amount = -1

    def test_fob_has_no_amount(self):
        order = self.cif(self.composite(10, 2500))
        order.freight_mode = "fob"
        self.assertEqual((order.freight_included, order.amount_untaxed), (0, 200))
        self.assertEqual(order.order_line.final_price_unit, 8)

    def test_apart_is_core_s_delivery_line(self):
        order = self.make_order(
            self.composite(10, 2500), freight_mode="separate", freight_amount=50
        )
        line = order.order_line.filtered("is_delivery")
        self.assertEqual((line.price_subtotal, order.amount_untaxed), (50, 250))
        order.freight_amount = 70
        self.assertEqual((line.price_unit, order.amount_untaxed), (70, 270))
        line.price_unit = 80
        self.assertEqual(order.freight_amount, 80)
        order.freight_mode = "cif"
        self.assertFalse(order.order_line.filtered("is_delivery"))
        self.assertEqual((order.freight_included, order.amount_untaxed), (80, 280))
        self.assertEqual(order.carrier_id, self.carrier)

    def test_core_s_wizard_is_freight_apart(self):
        order = self.make_order(self.composite(10, 2500))
        order.set_delivery_line(self.carrier, 50)
        self.assertEqual((order.freight_mode, order.freight_amount), ("separate", 50))
        order.set_delivery_line(self.carrier, 60)
        self.assertEqual((order.freight_mode, order.freight_amount), ("separate", 60))
        order.order_line.filtered("is_delivery").unlink()
        self.assertEqual((order.freight_mode, order.freight_amount), (False, 0))
        self.assertEqual(order.amount_untaxed, 200)

    def test_apart_without_a_delivery_method(self):
        self.carrier.active = False
        with self.assert_refused("needs a delivery method"):
            self.make_order(self.composite(10, 2500), freight_mode="separate", freight_amount=50)

    def test_discount_leaves_freight_alone(self):
        for values in (
            {"freight_mode": "cif", "freight_amount": 50},
            {"freight_mode": "separate", "freight_amount": 50},
        ):
            order = self.make_order(
                self.composite(10, 2500),
                header_discount_kind="percent",
                header_discount_percent=10,
                **values,
            )
            self.assertEqual((order.discount_total, order.amount_untaxed), (20, 230))

    def test_weights_for_the_note(self):
        self.tape.weight = 0.5
        order = self.make_order(self.composite(10, 2500), self.resale(10))
        self.assertEqual(order.shipping_net_weight, 8.695)
        self.assertEqual(order.shipping_gross_weight, 18.695)  # one pallet of 10 kg
        order.write({"shipping_gross_weight": 20, "volume_count": 2, "volume_kind": "Pallets"})
        self.assertEqual((order.shipping_net_weight, order.shipping_gross_weight), (8.695, 20))

    def test_typing_in_the_form(self):
        order = self.make_order(self.composite(10, 2500), self.composite(10, 2500))
        with Form(order) as form:
            form.freight_mode = "cif"
            form.freight_amount = 50
            self.assertEqual(form.tax_totals["base_amount_currency"], 450)
            with form.order_line.edit(0) as line:
                line.freight_typed = 10
            self.assertEqual(form.order_line.edit(1).freight_share, 40)
        self.assertEqual(order.order_line.mapped("freight_share"), [10, 40])
        self.assert_adds_up(order)
