"""Invoices carry the same totals to the cent, whole or in parts; papers say the same price."""

from odoo.tests import tagged

from .common import CantoneiraTermsCase


@tagged("post_install", "-at_install")
class TestInvoice(CantoneiraTermsCase):
    def terms(self, *lines):
        return self.make_order(
            *lines,
            header_discount_kind="amount",
            header_discount_amount=33.33,
            freight_mode="cif",
            freight_amount=47.11,
            confirm=True,
        )

    def invoice(self, order):
        return order.with_user(self.finance_user)._create_invoices()

    def test_whole(self):
        order = self.terms(
            self.composite(10, 2500),
            self.composite(7, 1237, price_basis="piece"),
            self.composite(3, 1237, price_basis="kg", discount=5),
            self.resale(10),
        )
        (self.profile | self.tape).invoice_policy = "order"
        invoice = self.invoice(order)
        self.assertEqual(invoice.amount_untaxed, order.amount_untaxed)
        for line in order.order_line:
            self.assertEqual(line.invoice_lines.price_subtotal, line.price_subtotal)
        # What was invoiced keeps its shares; the header cannot take more of it.
        with self.assert_refused("cannot be spread"):
            order.header_discount_amount = 40

    def test_parts_add_up(self):
        (self.profile | self.tape).invoice_policy = "delivery"
        order = self.terms(self.composite(9, 1237), self.resale(7))
        for part in ((4, 2), (7, 3), (9, 7)):
            for line, quantity in zip(order.order_line, (part[0] * 1.237, part[1]), strict=True):
                line.sudo().qty_delivered = quantity
            self.invoice(order)
        invoices = order.sudo().invoice_ids
        self.assertEqual(len(invoices), 3)
        self.assertAlmostEqual(sum(invoices.mapped("amount_untaxed")), order.amount_untaxed, 2)
        invoices.action_post()
        for line in order.order_line:
            self.assertAlmostEqual(line.untaxed_amount_to_invoice, 0, 2)

    def test_documents(self):
        """The price on paper has freight in it, per metre, per piece and on the invoice."""
        order = self.make_order(
            self.composite(10, 2500),
            self.composite(10, 2500, price_basis="piece"),
            freight_mode="cif",
            freight_amount=100,
            confirm=True,
        )
        self.assertEqual(order.order_line.mapped("final_price_unit"), [10, 10])
        self.assertIn("25.00", order.order_line[1].basis_price_label.replace(",", "."))
        report = self.env["ir.actions.report"].with_user(self.sales_user)
        html = report._render_qweb_html("sale.report_saleorder", order.ids)[0].decode()
        html = html.replace(",", ".")
        self.assertIn("10.00", html)
        self.assertNotIn("8.00<", html)
        self.assertIn("25.00", html)
        self.profile.invoice_policy = "order"
        invoice = self.invoice(order)
        self.assertEqual(invoice.invoice_line_ids.mapped("price_unit"), [10, 10])
        label = invoice.invoice_line_ids[1].basis_price_label
        self.assertIn("25.00", label.replace(",", "."))
