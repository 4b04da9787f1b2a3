"""The customer with the link, in a real browser: read, accept, sign, follow."""

from odoo.tests import tagged

from .common import CantoneiraPortalCase


@tagged("post_install", "-at_install")
class TestPortalTours(CantoneiraPortalCase):
    browser_size = "1366x768"
    language = "en_US"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(cls.language)
        if cls.language != "en_US":
            addons = ["portal", "sale", "cantoneira_stock", "cantoneira_sale", "cantoneira_portal"]
            cls.env["ir.module.module"]._load_module_terms(addons, [cls.language])
        cls.customer.lang = cls.language

    def test_accept(self):
        order = self.sent_order(self.composite(10, 2500), self.resale(10))
        # Who opens a link without a user reads the language of their browser, or the one chosen.
        self.start_tour(
            order.get_portal_url(),
            f"cantoneira_portal_accept_{self.language}",
            cookies={"frontend_lang": self.language},
        )
        self.assertEqual(order.state, "sale")
        self.assertTrue(order.signature)
        self.assertEqual(order.production_state, "approved")


@tagged("post_install", "-at_install")
class TestPortalToursOnPhone(TestPortalTours):
    browser_size = "390x844"
    touch_enabled = True
    language = "pt_BR"
