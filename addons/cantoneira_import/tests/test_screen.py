"""The screen, as plain users, at both widths."""

import base64

from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, tagged

from .common import ImportCase
from .test_import import CUSTOMER, PAPER


@tagged("post_install", "-at_install")
class TestWizard(ImportCase):
    def wizard(self, kind, *lines):
        form = Form(self.env["cantoneira.import"].with_user(self.users[kind]))
        form.kind = kind
        form.file = base64.b64encode(self.sheet_of(kind, *lines))
        return form.save()

    def test_check_then_import(self):
        wizard = self.wizard("customer", CUSTOMER)
        self.assertEqual(wizard.state, "draft")
        wizard.action_check()
        self.assertEqual((wizard.state, wizard.created_count), ("well", 1))
        self.assertFalse(self.env["res.partner"].search([("name", "=", CUSTOMER["name"])]))
        wizard.action_import()
        self.assertEqual((wizard.state, wizard.created_count), ("done", 1))
        self.assertTrue(self.env["res.partner"].search([("name", "=", CUSTOMER["name"])]))

    def test_report(self):
        wizard = self.wizard("customer", CUSTOMER, {"name": "Ana", "email": "x", "vat": "1"})
        wizard.action_check()
        self.assertEqual((wizard.state, wizard.problem_count), ("wrong", 2))
        self.assertEqual(wizard.problem_ids.mapped("row"), [3, 3])
        self.assertEqual(set(wizard.problem_ids.mapped("column")), {"CNPJ/CPF", "E-mail"})
        wizard.file = base64.b64encode(self.sheet_of("customer", CUSTOMER))
        self.assertEqual((wizard.state, wizard.problem_ids.ids), ("draft", []))

    def test_imported_by_a_program_at_once(self):
        """Without a check before: still the whole sheet or nothing."""
        wizard = self.wizard("paper", PAPER, {"name": "Papel sem gramatura"})
        wizard.action_import()
        self.assertEqual(wizard.state, "wrong")
        self.assertFalse(self.env["product.product"].search([("default_code", "=", "BK300")]))

    def test_no_file(self):
        wizard = self.env["cantoneira.import"].with_user(self.sales_user).create({})
        with self.assertRaisesRegex(UserError, "Choose a spreadsheet first"):
            wizard.action_check()


@tagged("post_install", "-at_install")
class TestScreen(ImportCase, HttpCase):
    browser_size = "1366x768"

    def download(self, user, path):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/cantoneira/sheet/{path}")

    def test_downloads(self):
        response = self.download(self.sales_user, "customer")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.cells_of(response.content)[0][:2], ["CNPJ/CPF", "Nome"])
        self.assertIn("modelo-Clientes.xlsx", response.headers["Content-Disposition"])
        exported = self.url_open("/cantoneira/sheet/customer?template=0")
        self.assertEqual(self.cells_of(exported.content)[0][:2], ["CNPJ/CPF", "Nome"])
        self.assertEqual(self.url_open("/cantoneira/sheet/price").status_code, 403)
        self.assertEqual(self.url_open("/cantoneira/sheet/nothing").status_code, 404)

    def test_import_customers(self):
        """A wrong sheet is reported row by row, the corrected one imported."""
        self.sales_user.lang = "pt_BR"
        self.start_tour(
            "/odoo/cantoneira-import", "cantoneira_import_customers", login=self.sales_user.login
        )
        made = self.env["res.partner"].search([("create_uid", "=", self.sales_user.id)])
        self.assertEqual(made.mapped("name"), ["Cliente do passeio"])


@tagged("post_install", "-at_install")
class TestScreenOnPhone(TestScreen):
    test_downloads = None
    browser_size = "390x844"
    touch_enabled = True
