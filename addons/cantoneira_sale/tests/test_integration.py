"""Programs create orders once; the examples of docs/integration.md run as they stand."""

import re
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.integration import INTEGRATION_GROUP
from .common import CantoneiraSaleCase

GUIDE = Path(__file__).parents[3] / "docs" / "integration.md"


@tagged("post_install", "-at_install")
class TestIntegrationGuide(HttpCase, CantoneiraSaleCase):
    def test_examples_of_the_guide(self):
        program = self.make_user("programa_teste", INTEGRATION_GROUP)
        key = (
            self.env["res.users.apikeys"]
            .with_user(program)
            ._generate("rpc", "guide", self.env.cr.now() + timedelta(days=1))
        )
        names = {
            "URL": self.base_url(),
            "DATABASE": self.env.cr.dbname,
            "LOGIN": program.login,
            "API_KEY": key,
            "CUSTOMER": self.customer.id,
            "PROFILE": self.profile.id,
            "TAPE": self.tape.id,
        }
        (self.profile + self.tape).taxes_id = False
        examples = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
        self.assertGreaterEqual(len(examples), 7)
        with self.allow_requests(all_requests=True), mute_logger("odoo.http"):
            for example in examples:
                exec(compile(example, GUIDE.name, "exec"), names)
        order = self.env["sale.order"].browse(names["order"]["id"])
        self.assertEqual(order.amount_total, 350)
        self.assertEqual(order.create_uid, program)


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


class ProgramCase(CantoneiraSaleCase):
    """A program with the least rights that suffices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.make_user("programa_teste", INTEGRATION_GROUP)
        cls.orders = cls.env["sale.order"].with_user(cls.program)
        (cls.profile | cls.tape).taxes_id = False

    def request(self, *lines, **values):
        return {"partner_id": self.customer.id, "lines": list(lines), **values}


@tagged("post_install", "-at_install")
class TestPreview(ProgramCase):
    def test_says_what_creating_would_give(self):
        """On price per metre, piece and kg, with discount: the same amounts, nothing created."""
        self.profile.product_tmpl_id.price_basis = "metre"
        values = self.request(
            self.composite(10, 2500),
            self.composite(7, 1237.5, price_basis="piece", basis_price=9.99),
            self.composite(3, 999.5, price_basis="kg", basis_price=55, discount=10),
            self.resale(10),
        )
        count = self.env["sale.order"].search_count([])
        preview = self.orders.preview_order(values)
        self.assertEqual(self.env["sale.order"].search_count([]), count)
        summary = self.orders.create_once("P-1", values)
        for name in ("currency", "amount_total", "net_weight"):
            self.assertEqual(preview[name], summary[name], name)
        self.assertEqual(preview["lines"], summary["lines"])

    def test_what_is_missing(self):
        preview = self.orders.preview_order(
            self.request(self.composite(200, 2500), self.composite(200, 2500))
        )
        self.assertFalse(preview["available"])
        found = {entry["product_id"]: entry for entry in preview["materials"]}
        glue = found[self.glue.id]
        self.assertEqual((glue["needed"], glue["free"], glue["missing"]), (15, 5, 10))
        self.assertEqual(found[self.paper_liner.id]["missing"], 0)

    def test_refused_like_the_order(self):
        """Whatever creating refuses, asking refuses with the same sentence."""
        for values, words in [
            ({}, "which customer"),
            (self.request(), "at least one line"),
            (self.request("10x2500"), "Line 1"),
            (self.request(self.composite(0, 2500)), "type how many pieces"),
            (self.request({"product_id": self.profile.id}), "type how many pieces"),
            (self.request(self.composite(10, 2500, product_uom_qty=7)), "make"),
            (self.request(self.resale("ten")), "Line 1: ten cannot be read as product_uom_qty"),
            (self.request(self.resale(float("nan"))), "cannot be read"),
            (self.request(self.resale(-1)), "cannot be read"),
            (self.request(self.resale(1, discount=101)), "discount"),
            (self.request(self.composite(1, 1000, price_basis="mile")), "price_basis"),
            (self.request(self.resale(1, name=5)), "cannot be read as name"),
            (self.request({"product_id": 10**8}), "product_id 100000000 is not known"),
            (self.request({"product_id": "1"}), "cannot be read as product_id"),
            (self.request({"product_id": self.glue.id}), "is not known"),
            (self.request(self.resale(1), partner_id=10**8), "partner_id 100000000"),
            (self.request(self.resale(1), partner_id=True), "cannot be read as partner_id"),
            (self.request(self.resale(1), commitment_date="soon"), "commitment_date"),
            (self.request(self.resale(1), pricelist_id=10**8), "pricelist_id 100000000"),
            (self.request(self.resale(1), state="sale"), "state cannot be given"),
        ]:
            with self.subTest(words):
                with self.assert_refused(words, ValidationError):
                    self.orders.preview_order(values)
                with self.assert_refused(words, ValidationError):
                    self.orders.create_once("P-2", values)

    def test_cost_does_not_grow(self):
        def queries(count):
            values = self.request(*[self.composite(10, 2500)] * count)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.orders.preview_order(values)
            return self.env.cr.sql_log_count - before

        queries(1)
        self.assertLessEqual(queries(50), queries(5) + 5)


@tagged("post_install", "-at_install")
class TestDocuments(ProgramCase):
    def test_papers_of_a_finished_order(self):
        summary = self.orders.create_once("D-1", self.request(self.resale(10)), confirm=True)
        order = self.orders.browse(summary["id"])
        self.deliver(order)
        invoice = order.with_user(self.finance_user)._create_invoices()
        invoice.action_post()
        kinds = ["order", "delivery", "invoice"]
        with patch.object(
            type(self.env["ir.actions.report"]),
            "_render_qweb_pdf",
            lambda reports, ref, ids: (f"%PDF {ref} {ids}".encode(), "pdf"),
        ):
            documents = order.read_documents(kinds)
        self.assertEqual([document["kind"] for document in documents], kinds)
        self.assertEqual({document["mimetype"] for document in documents}, {"application/pdf"})
        self.assertEqual(documents[0]["name"], f"{order.name}.pdf")
        self.assertNotIn("/", documents[2]["name"])
        for kinds in (["payslip"], "payslip", 5, {"order": 1}):
            with self.subTest(kinds), self.assert_refused("cannot be given"):
                order.read_documents(kinds)

    def test_every_paper_is_printed(self):
        summary = self.orders.create_once("D-2", self.request(self.resale(10)))
        (document,) = self.orders.browse(summary["id"]).read_documents("order")
        self.assertTrue(document["content"])


@tagged("post_install", "-at_install")
class TestLeastRights(ProgramCase):
    def test_confirms_only_what_can_be(self):
        """The company's rules hold for programs, and a refusal leaves nothing."""
        count = self.env["sale.order"].search_count([])
        with self.assert_refused("Cola PVA: need 15 kg, free 5 kg, missing 10 kg"):
            self.orders.create_once("R-1", self.request(self.composite(400, 2500)), confirm=True)
        self.assertEqual(self.env["sale.order"].search_count([]), count)
        with self.assert_refused("may not confirm"):
            self.orders.with_context(shortage_override_reason="x").create_once(
                "R-1", self.request(self.composite(400, 2500)), confirm=True
            )
        summary = self.orders.create_once(
            "R-1", self.request(self.composite(10, 2500)), confirm=True
        )
        self.assertEqual(summary["production_state"], "approved")

    def test_what_it_may_not(self):
        own = self.orders.browse(
            self.orders.create_once("R-2", self.request(self.composite(10, 2500)))["id"]
        )
        other = self.make_order(self.composite(10, 2500)).with_user(self.program)
        self.assertEqual(self.orders.search([]), own)
        for name, attempt in {
            "reads another's order": lambda: other.read(["name"]),
            "reads another's summary": lambda: other.read_summary(),
            "reads another's papers": lambda: other.read_documents(),
            "reads another's lines": lambda: other.order_line.read(["name"]),
            "creates directly": lambda: self.orders.create({"partner_id": self.customer.id}),
            "changes its order": lambda: own.write({"note": "x"}),
            "changes its line": lambda: own.order_line.write({"price_unit": 0}),
            "confirms directly": lambda: own.action_confirm(),
            "cancels": lambda: own._action_cancel(),
            "deletes": lambda: own.unlink(),
            "reads costs": lambda: own.order_line.read(["purchase_price"]),
            "reads a product's cost": lambda: self.profile.with_user(self.program).read(
                ["standard_price"]
            ),
            "reads keys": lambda: self.as_program("cantoneira.request.key").search([]),
            "reads invoices": lambda: self.as_program("account.move").search([]),
            "counts stock": lambda: self.as_program("stock.quant").create(
                {"product_id": self.tape.id, "location_id": self.stock_location.id}
            ),
            "reads moves": lambda: self.as_program("stock.move").search([]),
            "reads production": lambda: self.as_program("mrp.production").search([]),
            "reads recipes": lambda: self.as_program("mrp.bom").search([]),
            "reads the sales analysis": lambda: self.as_program("sale.report").search([]),
            "adds a customer": lambda: self.as_program("res.partner").create({"name": "x"}),
            "changes a customer": lambda: self.customer.with_user(self.program).write(
                {"credit_limit": 1}
            ),
            "changes a price": lambda: self.profile.with_user(self.program).write(
                {"list_price": 1}
            ),
        }.items():
            with self.subTest(name), self.assertRaises(AccessError):
                attempt()

    def as_program(self, model):
        return self.env[model].with_user(self.program)

    def test_nobody_else_previews(self):
        """Who reads no orders asks no prices."""
        for user in (self.env.ref("base.public_user"),):
            with self.assertRaises(AccessError):
                self.env["sale.order"].with_user(user).preview_order(
                    self.request(self.composite(1, 1000))
                )

    def test_no_menus(self):
        menus = self.env["ir.ui.menu"].with_user(self.program)._visible_menu_ids()
        self.assertNotIn(self.env.ref("cantoneira_stock.menu_root").id, menus)
