from odoo.tests import tagged

from .common import CantoneiraPurchaseCase


@tagged("post_install", "-at_install")
class TestAlerts(CantoneiraPurchaseCase):
    """The buyer is told once when a level is crossed downward, and daily of all that is low."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.stock_buyer_id = cls.buyer
        cls.buyer.write({"email": "compras@example.com", "lang": "en_US"})
        cls.template = cls.paper_core.product_tmpl_id

    def tell(self):
        self.env.invalidate_all()
        self.env["product.template"]._cron_tell_alerts()
        return self.template.activity_ids

    def test_once_when_it_falls(self):
        """150 kg: yellow at 100, told; again nothing; red at 40, told anew; refilled, reset."""
        self.set_levels(self.paper_core, 100, 40)
        self.assertFalse(self.tell())
        self.put_in_stock(self.paper_core, -50)
        yellow = self.tell()
        self.assertEqual((len(yellow), yellow.user_id), (1, self.buyer))
        self.assertIn("100 kg free, low at 100 kg", yellow.summary)
        self.assertEqual(self.tell(), yellow)
        yellow.with_user(self.buyer).action_done()
        self.assertFalse(self.tell())

        self.put_in_stock(self.paper_core, -60)
        red = self.tell()
        self.assertIn("40 kg free, critical at 40 kg", red.summary)

        self.put_in_stock(self.paper_core, 200)
        self.assertFalse(self.tell())
        self.put_in_stock(self.paper_core, -200)
        self.assertEqual(len(self.tell()), 1)

    def test_digest(self):
        """One e-mail to who buys, unless the company turned it off."""
        self.set_levels(self.paper_core, 200, 160)
        mails = self.env["mail.mail"].search([])
        self.env["product.template"]._cron_stock_digest()
        own = (self.env["mail.mail"].search([]) - mails).filtered(
            lambda mail: "compras@example.com" in mail.email_to
        )
        self.assertEqual(len(own), 1)
        self.assertIn(self.paper_core.name, own.body_html)

        self.company.stock_digest = False
        mails = self.env["mail.mail"].search([])
        self.env["product.template"]._cron_stock_digest()
        self.assertEqual(self.env["mail.mail"].search([]), mails)
