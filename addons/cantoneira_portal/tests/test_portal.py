"""What the customer's page says, what it lets them change, and what it keeps from strangers."""

from lxml import html

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import CantoneiraPortalCase


@tagged("post_install", "-at_install")
class TestPage(CantoneiraPortalCase):
    def words(self, answer):
        root = html.fromstring(answer.text)
        for node in root.xpath("//script | //style"):
            node.drop_tree()
        return " ".join(root.text_content().replace("\xa0", " ").split())

    def step(self, order):
        root = html.fromstring(self.page(order).text)
        (current,) = root.xpath("//section[@name='order_progress']//li[@aria-current='step']")
        return current.text_content().strip()

    def test_lines_in_pieces_metres_and_kg(self):
        order = self.sent_order(
            self.composite(10, 2500),
            self.composite(2, 1237.5, price_basis="piece", basis_price=20),
            self.resale(10),
        )
        words = self.words(self.page(order))
        for text in (
            "10 pcs × 2,500 mm",
            "2 pcs × 1,237.5 mm",
            "3.695 kg",
            "12 pcs · 27.48 m · 4.061 kg",
            "per piece",
            "Accept & Sign",
        ):
            self.assertIn(text, words)

    def test_follows_the_production(self):
        order = self.sent_order()
        self.assertEqual(self.step(order), "Quotation")
        order.action_confirm()
        self.assertEqual(self.step(order), "Approved")
        production = order.sudo().order_line.production_ids
        production.with_user(self.production_user).write({"pieces_producing": 4})
        self.env.flush_all()
        self.assertEqual(self.step(order), "In production")
        self.produce(production)
        self.assertEqual(self.step(order), "Finished")
        self.deliver(order)
        self.assertEqual(self.step(order), "Delivered")

    def test_promised_day_is_the_sellers(self):
        """Late in the evening in São Paulo is the next day in UTC: the page says the seller's."""
        self.sales_user.tz = "America/Sao_Paulo"
        order = self.sent_order(commitment_date="2027-03-11 01:30:00")
        self.assertIn("Promised for 03/10/2027", self.words(self.page(order)))

    def test_cancelled_has_no_steps(self):
        order = self.sent_order()
        order._action_cancel()
        page = self.page(order)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("order_progress", page.text)

    def test_papers(self):
        """Quotation, delivery slip and invoice open with the link."""
        order = self.sent_order()
        order.action_confirm()
        self.produce(order.sudo().order_line.production_ids)
        picking = self.deliver(order)
        invoice = order.with_user(self.finance_user)._create_invoices()
        invoice.action_post()
        page = html.fromstring(self.page(order).text)
        links = page.xpath("//a/@href")
        slip = next(link for link in links if f"/my/picking/pdf/{picking.id}" in link)
        bill = next(link for link in links if f"/my/invoices/{invoice.id}" in link)
        paper = next(link for link in links if "report_type=pdf" in link)
        for link in (slip, f"{bill}&report_type=pdf", paper):
            with self.subTest(link):
                answer = self.url_open(link)
                self.assertEqual(answer.status_code, 200)
                self.assertIn("2,500", answer.text)

    def test_own_orders_of_a_portal_user(self):
        user = self.make_portal_user()
        order = self.sent_order()
        order.action_confirm()
        other = self.make_order(self.composite(3, 1000), partner_id=self.vendor.id, confirm=True)
        self.authenticate(user.login, user.login)
        words = self.words(self.url_open("/my/orders"))
        self.assertIn(order.name, words)
        self.assertIn("Approved", words)
        self.assertNotIn(other.name, words)
        self.assertNotIn(other.name, self.words(self.page(other, None)))

    def make_portal_user(self):
        user = new_test_user(self.env, "cliente_teste", groups="base.group_portal", lang="en_US")
        user.partner_id.parent_id = self.customer
        return user


@tagged("post_install", "-at_install")
class TestStrangers(CantoneiraPortalCase):
    """Public pages showed personal data to any scanner: not these."""

    # Core returns its "not found" where it should raise it, and Odoo warns of that.
    @mute_logger("odoo.http")
    def test_nothing_without_the_link(self):
        order = self.sent_order()
        order.action_confirm()
        picking = order.sudo().picking_ids[:1]
        addresses = [
            f"/my/orders/{order.id}",
            f"/my/orders/{order.id}?report_type=pdf",
            f"/my/orders/{order.id}?report_type=html&download=true",
            f"/my/picking/pdf/{picking.id}",
            f"/my/picking/return/pdf/{picking.id}",
            f"/my/orders/{order.id}/document/1",
        ]
        secrets = (self.customer.name, order.name, self.customer.email, "98765")
        for address in addresses:
            for token in ("", "wrong", order.access_token[:-1]):
                link = f"{address}{'&' if '?' in address else '?'}access_token={token}"
                with self.subTest(link):
                    answer = self.url_open(link)
                    self.assertIn(answer.status_code, (200, 404))
                    for secret in secrets:
                        self.assertNotIn(secret, answer.text)

    @mute_logger("odoo.http")
    def test_delivery_of_an_order_without_link(self):
        """Core compares the guess with nothing and breaks."""
        order = self.make_order(self.resale(1), confirm=True)
        self.assertFalse(order.access_token)
        picking = order.sudo().picking_ids
        for guess in ("False", "", "x"):
            answer = self.url_open(f"/my/picking/pdf/{picking.id}?access_token={guess}")
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.url_open("/my/picking/pdf/99999999?access_token=x").status_code, 404)

    def test_one_link_opens_one_order(self):
        order, other = self.sent_order(), self.sent_order()
        other.client_order_ref = "SEGREDO-77"
        self.assertNotIn("SEGREDO-77", self.page(other, order.access_token).text)


@tagged("post_install", "-at_install")
class TestOptionalLines(CantoneiraPortalCase):
    """Metres never contradict pieces, whatever the portal is asked."""

    def setUp(self):
        super().setUp()
        self.order = self.sent_order()
        self.order.write(
            {
                "order_line": [
                    Command.create(
                        {"name": "Options", "display_type": "line_section", "is_optional": True}
                    ),
                    Command.create({**self.composite(4, 1000), "tax_ids": False}),
                    Command.create({**self.resale(2), "tax_ids": False}),
                ]
            }
        )
        self.fixed, _section, self.option, self.tape_line = self.order.order_line

    def update(self, line, **values):
        self.url_open(
            f"/my/orders/{self.order.id}/update_line_dict",
            json={
                "params": {"line_id": line.id, "access_token": self.order.access_token, **values}
            },
        )
        self.order.order_line.invalidate_recordset()
        return line.piece_qty, line.product_uom_qty

    def test_pieces_of_an_option(self):
        self.assertEqual(self.update(self.option), (5, 5))
        self.assertEqual(self.update(self.option, remove=True), (4, 4))
        self.assertEqual(self.update(self.option, input_quantity=12), (12, 12))
        self.assertEqual(self.update(self.option, input_quantity=0), (1, 1))
        self.assertEqual(self.update(self.option, remove=True), (1, 1))
        for nonsense in ("abc", None, [], 10**12, {"a": 1}):
            with self.subTest(nonsense):
                self.assertEqual(self.update(self.option, input_quantity=nonsense), (1, 1))

    def test_what_is_not_optional(self):
        self.assertEqual(self.update(self.fixed), (10, 25))
        self.assertEqual(self.update(self.fixed, input_quantity=7), (10, 25))
        self.assertIn("optional_pieces", self.page(self.order).text)

    def test_resale_option_as_in_core(self):
        self.assertEqual(self.update(self.tape_line), (0, 3))

    def test_not_after_confirming_and_not_by_strangers(self):
        token, self.order.access_token = self.order.access_token, "another"
        self.url_open(
            f"/my/orders/{self.order.id}/update_line_dict",
            json={"params": {"line_id": self.option.id, "access_token": token}},
        )
        self.assertEqual(self.option.piece_qty, 4)
        self.order.action_confirm()
        self.assertEqual(self.update(self.option), (4, 4))

    def test_metres_alone_are_refused(self):
        with self.assertRaises(ValidationError):
            self.option.product_uom_qty = 7
