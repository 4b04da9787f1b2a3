"""The main job in a real browser, each step by the person who does it."""

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import CantoneiraSaleCase


class SaleToursCase(CantoneiraSaleCase, HttpCase):
    """The seed's maker in a browser whose users read ``language``."""

    browser_size = "1366x768"
    language = "en_US"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(cls.language)
        if cls.language != "en_US":
            addons = ["cantoneira_stock", "cantoneira_mrp", "cantoneira_sale"]
            cls.env["ir.module.module"]._load_module_terms(addons, [cls.language])
        (cls.sales_user | cls.sales_manager | cls.finance_user).lang = cls.language
        (cls.profile | cls.tape).taxes_id = False
        # Names that a database with other products cannot mistake.
        cls.customer.name = "Metalúrgica do passeio"
        cls.profile.name = "Cantoneira do passeio"
        cls.tape.name = "Fita do passeio"

    def tour(self, name, user, path="cantoneira-sales"):
        self.start_tour(
            f"/odoo/{path}", f"cantoneira_sale_{name}_{self.language}", login=user.login
        )

    def order_path(self, order):
        return f"cantoneira-sales/{order.id}"


@tagged("post_install", "-at_install")
class TestSaleTours(SaleToursCase):
    def test_quote(self):
        """Flow 3: pieces × mm and rolls, metres, kg and amount while typing, confirmed."""
        self.tour("quote", self.sales_user)
        order = self.env["sale.order"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(len(order), 1)
        self.assertEqual(order.create_uid, self.sales_user)
        self.assertEqual(order.amount_total, 350)
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [25, 10])
        production = order.order_line.production_ids
        self.assertEqual((production.piece_qty, production.piece_length_mm), (10, 2500))

    def test_fast_quote(self):
        """Three lengths and a resale item in few touches: see ``MOST_TAPS`` in the tour."""
        self.tour("fast_quote", self.sales_user)
        order = self.env["sale.order"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(
            [(line.piece_qty, line.piece_length_mm) for line in order.order_line],
            [(10, 2500), (4, 1237), (6, 2000), (0, 0)],
        )

    def test_catalogue(self):
        """The catalogue asks for pieces and length of a profile, and counts resale goods."""
        order = self.make_order()
        self.tour("catalogue", self.sales_user, self.order_path(order))
        self.assertEqual(
            [(line.piece_qty, line.piece_length_mm) for line in order.order_line],
            [(10, 2500), (4, 1237), (0, 0)],
        )

    def test_shortage_and_override(self):
        """The salesperson reads what is missing; a manager confirms with a reason."""
        order = self.make_order(self.composite(400, 2500))
        with mute_logger("odoo.http"):
            self.tour("shortage", self.sales_user, self.order_path(order))
        self.assertEqual(order.state, "draft")
        self.tour("override", self.sales_manager, self.order_path(order))
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.sudo().order_line.production_ids.piece_qty, 400)

    def test_change(self):
        """Two pieces more on a confirmed order: its production follows."""
        order = self.make_order(self.composite(10, 2500), confirm=True)
        self.tour("change", self.sales_user, self.order_path(order))
        self.assertEqual(order.order_line.product_uom_qty, 30)
        self.assertEqual(order.sudo().order_line.production_ids.piece_qty, 12)

    def test_board(self):
        """The board: what waits for material, its column, and into the order."""
        self.company.shortage_policy = "warn"
        self.make_order(self.composite(10, 2500), confirm=True)
        self.make_order(self.composite(400, 2500), confirm=True)
        self.tour("board", self.sales_user, "cantoneira-board")

    def test_invoice(self):
        """Finance invoices what was delivered, in pieces × mm."""
        order = self.make_order(self.composite(10, 2500), confirm=True)
        self.produce(order.sudo().order_line.production_ids)
        self.deliver(order)
        self.tour("invoice", self.finance_user, "cantoneira-to-invoice")
        invoice = order.sudo().invoice_ids
        self.assertEqual((invoice.state, invoice.amount_total), ("posted", 200))
        self.assertEqual(
            (invoice.invoice_line_ids.piece_qty, invoice.create_uid), (10, self.finance_user)
        )


@tagged("post_install", "-at_install")
class TestSaleToursOnPhone(TestSaleTours):
    browser_size = "390x844"
    touch_enabled = True
    language = "pt_BR"


@tagged("post_install", "-at_install")
class TestKeys(SaleToursCase):
    def test_keys(self):
        """A quotation of three lengths and a resale item without a mouse, in few keys."""
        self.make_order(self.composite(2, 3000), self.resale(10), date_order="2026-01-10")
        self.tour("keys", self.sales_user)
        order = self.env["sale.order"].search([("partner_id", "=", self.customer.id)], limit=1)
        self.assertEqual(
            [(line.piece_qty, line.piece_length_mm) for line in order.order_line],
            [(10, 2500), (4, 1237), (6, 2000), (0, 0)],
        )


@tagged("post_install", "-at_install")
class TestQuoteInPortuguese(SaleToursCase):
    language = "pt_BR"

    test_quote = TestSaleTours.test_quote
