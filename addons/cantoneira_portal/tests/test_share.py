"""To the customer: the e-mail with the PDF, the link over WhatsApp."""

import doctest
from urllib.parse import parse_qs, urlsplit

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.cantoneira_portal import phone

from .common import CantoneiraPortalCase


@tagged("post_install", "-at_install")
class TestWhatsApp(CantoneiraPortalCase):
    def share(self, order):
        address = urlsplit(order.action_share_whatsapp()["url"])
        self.assertEqual((address.scheme, address.netloc), ("https", "wa.me"))
        return address.path.lstrip("/"), parse_qs(address.query)["text"][0]

    def test_message_of_a_quotation(self):
        order = self.make_order(self.composite(10, 2500), commitment_date="2027-03-11 15:00:00")
        number, text = self.share(order)
        self.assertEqual(number, "5519987654321")
        for words in (
            f"Hello, {self.customer.name}!",
            f"*Quotation {order.name}*",
            "200.00",
            "Valid until",
            "Delivery promised for 03/11/2027",
            "accept and sign it here",
        ):
            self.assertIn(words, text)
        link = text.splitlines()[-1]
        self.assertIn(f"/my/orders/{order.id}?access_token={order.access_token}", link)
        self.assertIn(order.name, self.url_open(link.replace(order.get_base_url(), "")).text)
        self.assertEqual(order.state, "sent")
        self.assertIn("5519987654321", order.message_ids[0].body + order.message_ids[1].body)

    def test_message_of_an_order(self):
        order = self.make_order(self.composite(10, 2500), confirm=True)
        _number, text = self.share(order)
        self.assertIn("Follow it here", text)
        self.assertNotIn("Valid until", text)
        self.assertEqual(order.state, "sale")

    def test_in_the_customers_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.env["ir.module.module"]._load_module_terms(["cantoneira_portal", "sale"], ["pt_BR"])
        self.customer.lang = "pt_BR"
        _number, text = self.share(self.make_order(self.composite(10, 2500)))
        self.assertIn(f"Olá, {self.customer.name}!", text)
        self.assertIn("Válido até", text)
        self.assertIn("aceite e assine", text)

    def test_numbers(self):
        order = self.make_order(self.composite(10, 2500))
        for typed, dialled in {
            "(19) 98765-4321": "5519987654321",
            "19987654321": "5519987654321",
            "019 98765 4321": "5519987654321",
            "+55 19 98765-4321": "5519987654321",
            "5519987654321": "5519987654321",
            "(11) 3456-7890": "551134567890",
            "+351 912 345 678": "351912345678",
        }.items():
            with self.subTest(typed):
                self.customer.phone = typed
                self.assertEqual(self.share(order)[0], dialled)

    def test_examples_of_the_module(self):
        outcome = doctest.testmod(phone)
        self.assertGreater(outcome.attempted, 5)
        self.assertFalse(outcome.failed)

    def test_no_number(self):
        order = self.make_order(self.composite(10, 2500))
        self.customer.phone = False
        with self.assert_refused("Metalúrgica Boa Vista has no telephone"):
            order.action_share_whatsapp()
        for nonsense in ("98765-4321", "call me", "123", "(00) 00000-0000"):
            with self.subTest(nonsense):
                self.customer.phone = nonsense
                with self.assert_refused("cannot be dialled"):
                    order.action_share_whatsapp()
        self.assertEqual(order.state, "draft")

    def test_the_companys_number_for_its_contact(self):
        buyer = self.env["res.partner"].create({"name": "Ana", "parent_id": self.customer.id})
        order = self.make_order(self.composite(10, 2500), partner_id=buyer.id)
        self.assertEqual(self.share(order)[0], "5519987654321")


@tagged("post_install", "-at_install")
class TestEmail(CantoneiraPortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pt_BR")
        addons = ["cantoneira_stock", "cantoneira_sale", "cantoneira_portal"]
        cls.env["ir.module.module"]._load_module_terms(addons, ["pt_BR"])
        cls.customer.lang = "pt_BR"

    def compose(self, order):
        """The composer that the button opens, as the salesperson sees it."""
        action = order.action_quotation_send()
        composer = self.env["mail.compose.message"].with_user(self.sales_user)
        return Form(composer.with_context(**action["context"])).save()

    def test_quotation_in_portuguese_with_its_paper(self):
        order = self.make_order(self.composite(10, 2500), self.resale(3))
        composer = self.compose(order)
        self.assertIn(f"Orçamento {order.name}", composer.subject)
        for words in ("10 pç × 2.500 mm", "Total", "Válido até", "245,00"):
            self.assertIn(words, composer.body.replace("\xa0", " "))
        self.assertTrue(composer.attachment_ids)
        self.assertIn(self.customer, composer.partner_ids)
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            composer._action_send_mail()
        self.assertEqual(order.state, "sent")
        message = order.message_ids.filtered("attachment_ids")
        self.assertEqual(message.author_id, self.sales_user.partner_id)

    def test_confirmation(self):
        order = self.make_order(self.composite(10, 2500), confirm=True)
        composer = self.compose(order)
        self.assertIn(f"Pedido {order.name} confirmado", composer.subject)
        self.assertIn("10 pç", composer.body.replace("\xa0", " "))

    def test_the_companys_own_words_win(self):
        order = self.make_order(self.composite(10, 2500), confirm=True)
        own = self.env["mail.template"].create(
            {"name": "Ours", "model_id": self.env["ir.model"]._get_id("sale.order")}
        )
        self.env["ir.config_parameter"].sudo().set_param(
            "sale.default_confirmation_template", own.id
        )
        self.assertEqual(order._find_mail_template(), own)
        proforma = self.env.ref("sale.email_template_proforma")
        self.assertEqual(order.with_context(proforma=True)._find_mail_template(), proforma)
