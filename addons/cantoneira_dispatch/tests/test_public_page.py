"""What somebody sees who scans a label in the street: SPEC §7, fault 18."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import CantoneiraDispatchCase


@tagged("post_install", "-at_install")
class TestPublicPage(CantoneiraDispatchCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.customer.write({"email": "compras@boavista.example.com", "city": "Joinville"})
        self.picking = self.packed(self.composite(10, 2500))
        self.pallet = self.picking.pallet_ids

    def get(self, code):
        return self.url_open(f"/cantoneira/pallet/{code}", allow_redirects=False)

    def assert_login(self, response):
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login?redirect=", response.headers["Location"])

    def test_closed_by_default(self):
        self.assert_login(self.get(self.pallet.gate_code))
        self.assert_login(self.get("NADA"))

    def test_allowed(self):
        """The order's number and pallet n of N; no name, goods, weight, address or token."""
        self.company.gate_public_page = True
        response = self.get(self.pallet.gate_code)
        self.assertEqual(response.status_code, 200)
        text = response.text
        self.assertIn(self.picking.sale_id.name, text)
        self.assertIn("Pallet", text)
        for secret in (
            self.customer.name,
            self.customer.email,
            "Joinville",
            "Cantoneira",
            "2,500",
            "3.695",
            self.company.name,
            self.sales_user.name,
            self.pallet.gate_code,
            self.pallet.sudo().gate_token,
            "/web",
        ):
            self.assertNotIn(secret, text)
        self.assertEqual(response.headers["X-Robots-Tag"], "noindex")
        self.assertFalse(self.pallet.gate_date)

    def test_allowed_but_wrong(self):
        """An unknown, tampered or expired code tells nothing, not even that it is one."""
        self.company.gate_public_page = True
        code = self.pallet.gate_code
        self.assert_login(self.get(code[:-1] + ("2" if code[-1] != "2" else "3")))
        self.assert_login(self.get("2" * 24))
        self.assert_login(self.get("..%5Cexample.com"))
        self.pallet.sudo().gate_expiry = fields.Datetime.now() - timedelta(days=1)
        self.pallet.invalidate_recordset(["gate_code"])
        self.assert_login(self.get(self.pallet.gate_code))

    def test_logged_in(self):
        """The gate opens with the code typed in; reading alone lets nothing out."""
        self.authenticate(self.dispatch_user.login, self.dispatch_user.login)
        code = self.pallet.gate_code
        response = self.get(code)
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith(f"/odoo/cantoneira-gate?code={code}"))
        self.assertFalse(self.pallet.gate_date)
