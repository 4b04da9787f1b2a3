"""Discount and freight of an order that a program asks for and creates."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.cantoneira_sale.tests.test_integration import ProgramCase

from .common import CantoneiraTermsCase


@tagged("post_install", "-at_install")
class TestPrograms(CantoneiraTermsCase, ProgramCase):
    def test_asked_and_created(self):
        """What is answered before is what the order then says, to the cent."""
        for number, terms in enumerate(
            (
                {"header_discount_kind": "percent", "header_discount_percent": 3.33},
                {"header_discount_kind": "amount", "header_discount_amount": 17.01},
                {"freight_mode": "cif", "freight_amount": 99.97, "freight_spread_by": "value"},
                {"freight_mode": "separate", "freight_amount": 50},
                {"freight_mode": "fob", "freight_partner_id": self.customer.id},
            )
        ):
            with self.subTest(terms):
                lines = [self.composite(7, 1237.5), self.composite(3, 999.5), self.resale(10)]
                values = self.request(*lines, **terms)
                preview = self.orders.preview_order(values)
                summary = self.orders.create_once(f"T-{number}", values)
                for name in ("amount_total", "net_weight", "lines"):
                    self.assertEqual(preview[name], summary[name], name)
                order = self.orders.browse(summary["id"]).sudo()
                self.assert_adds_up(order)
                for name, value in terms.items():
                    told = order[name].id if name == "freight_partner_id" else order[name]
                    self.assertEqual(told, value)

    def test_refused(self):
        for terms, words in (
            ({"header_discount_kind": "half"}, "half cannot be read as header_discount_kind"),
            ({"header_discount_percent": 101}, "header_discount_percent"),
            ({"header_discount_amount": "ten"}, "header_discount_amount"),
            ({"freight_amount": -1}, "freight_amount"),
            ({"freight_partner_id": 10**8}, "freight_partner_id 100000000 is not known"),
            ({"minimum_order_amount": 0}, "minimum_order_amount cannot be given"),
        ):
            values = self.request(self.resale(1), **terms)
            with self.subTest(words), self.assert_refused(words, ValidationError):
                self.orders.create_once("T-x", values)
