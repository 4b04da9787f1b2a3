"""Programs create orders once; the examples of docs/integration.md run as they stand."""

import re
from datetime import timedelta
from pathlib import Path

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import CantoneiraSaleCase

GUIDE = Path(__file__).parents[3] / "docs" / "integration.md"


@tagged("post_install", "-at_install")
class TestIntegrationGuide(HttpCase, CantoneiraSaleCase):
    def test_examples_of_the_guide(self):
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.sales_user)
            ._generate("rpc", "guide", self.env.cr.now() + timedelta(days=1))
        )
        names = {
            "URL": self.base_url(),
            "DATABASE": self.env.cr.dbname,
            "LOGIN": self.sales_user.login,
            "API_KEY": key,
            "CUSTOMER": self.customer.id,
            "PROFILE": self.profile.id,
            "TAPE": self.tape.id,
        }
        (self.profile + self.tape).taxes_id = False
        examples = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
        self.assertGreaterEqual(len(examples), 5)
        with self.allow_requests(all_requests=True), mute_logger("odoo.http"):
            for example in examples:
                exec(compile(example, GUIDE.name, "exec"), names)
        order = self.env["sale.order"].browse(names["order"]["id"])
        self.assertEqual(order.amount_total, 350)
        self.assertEqual(order.create_uid, self.sales_user)


@tagged("post_install", "-at_install")
class TestCreateOnce(CantoneiraSaleCase):
    def setUp(self):
        super().setUp()
        self.orders = self.env["sale.order"].with_user(self.sales_user)
        self.values = {"partner_id": self.customer.id, "lines": [self.composite(10, 2500)]}

    def test_same_key_same_order(self):
        first = self.orders.create_once("A-1", self.values)
        second = self.orders.create_once("A-1", self.values, confirm=True)
        self.assertEqual(first["id"], second["id"])
        self.assertEqual((first["duplicate"], second["duplicate"]), (False, True))
        self.assertEqual(second["production_state"], "quotation")

    def test_keys_of_two_programs_do_not_meet(self):
        first = self.orders.create_once("A-1", self.values)
        other = self.orders.with_user(self.sales_manager).create_once("A-1", self.values)
        self.assertNotEqual(first["id"], other["id"])

    def test_refused_requests(self):
        for values, words in [
            ({}, "which customer"),
            ({"partner_id": self.customer.id}, "at least one line"),
            ({**self.values, "state": "sale"}, "state cannot be given"),
            ({**self.values, "lines": ["10x2500"]}, "Line 1"),
            ({**self.values, "lines": [{"piece_qty": 1}]}, "Line 1: say which product"),
            ({**self.values, "lines": [self.composite(1, 1, order_id=1)]}, "order_id cannot"),
        ]:
            with self.subTest(words), self.assertRaisesRegex(ValidationError, words):
                self.orders.create_once("A-2", values)

    def test_refused_request_leaves_the_key_free(self):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.orders.create_once("A-3", {**self.values, "lines": [self.composite(0, 2500)]})
        self.assertFalse(self.orders.create_once("A-3", self.values)["duplicate"])
