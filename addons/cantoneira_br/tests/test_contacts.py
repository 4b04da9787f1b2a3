"""Quotations are read by the commercial contact, invoices by the financial one."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.cantoneira_sale.tests.common import CantoneiraSaleCase


@tagged("post_install", "-at_install")
class TestContacts(CantoneiraSaleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.write({"is_company": True, "email": "geral@boavista.example.com"})
        people = [
            {
                "name": name,
                "parent_id": cls.customer.id,
                "email": f"{name.lower()}@boavista.example.com",
            }
            for name in ("Clara", "Fabio")
        ]
        cls.commercial, cls.financial = cls.env["res.partner"].create(people)
        cls.customer.write(
            {
                "commercial_contact_id": cls.commercial.id,
                "financial_contact_id": cls.financial.id,
            }
        )

    def recipients(self, document):
        return document._message_get_default_recipients()[document.id]["partner_ids"]

    def invoice(self, order):
        order.action_confirm()
        order.order_line.qty_delivered = 10
        return order.with_user(self.finance_user)._create_invoices()

    def test_quotation(self):
        """The contact is addressed when the mail is composed, and its link opens the portal."""
        order = self.make_order(self.resale(10))
        self.assertEqual(self.recipients(order), self.commercial.ids)
        action = order.action_quotation_send()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.sales_user)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(composer.partner_ids, self.commercial)
        message = order.message_post(body="Segue", partner_ids=self.commercial.ids)
        groups = {
            name: (method, data)
            for name, method, data in order._notify_get_recipients_groups(message, "Order")
        }
        method, data = groups["portal_customer"]
        self.assertTrue(method({"id": self.commercial.id}))
        self.assertIn("access_token", data["button_access"]["url"])

    def test_invoice(self):
        order = self.make_order(self.resale(10))
        invoice = self.invoice(order)
        self.assertEqual(invoice.partner_id, self.customer)
        self.assertEqual(self.recipients(invoice), self.financial.ids)
        wizard = (
            self.env["account.move.send.wizard"]
            .with_user(self.finance_user)
            .with_context(active_model="account.move", active_ids=invoice.ids)
        )
        invoice.action_post()
        self.assertEqual(wizard.create({}).mail_partner_ids, self.financial)

    def test_who_cannot_read_does_not(self):
        """An archived contact or one without e-mail: the company reads again."""
        order = self.make_order(self.resale(1))
        self.commercial.email = False
        self.assertEqual(self.recipients(order), self.customer.ids)
        self.commercial.email = "clara@boavista.example.com"
        self.commercial.active = False
        self.assertEqual(self.recipients(order), self.customer.ids)

    def test_addressed_as_a_person(self):
        order = self.make_order(self.resale(1), partner_id=self.financial.id)
        self.assertEqual(self.recipients(order), self.financial.ids)

    def test_vendor_bill_stays(self):
        bill = self.env["account.move"].create(
            {"move_type": "in_invoice", "partner_id": self.customer.id}
        )
        self.assertEqual(self.recipients(bill), self.customer.ids)

    def test_contact_of_somebody_else(self):
        stranger = self.env["res.partner"].create({"name": "Sem empresa"})
        with self.assert_refused("Sem empresa is not one of the contacts", ValidationError):
            self.customer.commercial_contact_id = stranger
        with self.assert_refused("Clara is not one of the contacts", ValidationError):
            self.commercial.parent_id = stranger

    def test_many_orders_cost_the_same(self):
        def count(size):
            orders = self.env["sale.order"].concat(
                *(self.make_order(self.resale(1)) for _each in range(size))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            orders.with_user(self.sales_user)._mail_get_partners()
            return self.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(2), count(20))

    def test_found_by_trade_name(self):
        self.customer.trade_name = "Boa Vista Perfis"
        partners = self.env["res.partner"].with_user(self.sales_user)
        self.assertIn(self.customer.id, dict(partners.name_search("vista perfis")))

    def test_credit_limit_is_seen_by_who_may(self):
        """Core shows it to who does the accounts; see also the confirmation's refusal."""
        field = "credit_limit"
        fields_of = self.env["res.partner"].with_user
        self.assertIn(field, fields_of(self.finance_user).fields_get([field]))
        self.assertNotIn(field, fields_of(self.production_user).fields_get([field]))
