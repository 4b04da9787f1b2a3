"""The specification's flows over the demonstration company, each step by its person."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import DemoCase


@tagged("post_install", "-at_install")
class TestFlows(DemoCase):
    def order(self, *lines, customer="customer_ceramica", freight=False):
        """Typed by *vendas*: ``(name, pieces, mm)`` and ``(name, quantity)``."""
        form = Form(self.env_of("vendas")["sale.order"])
        form.partner_id = self.demo(customer)
        for name, quantity, *length in lines:
            with form.order_line.new() as line:
                line.product_id = self.demo(name)
                if length:
                    line.piece_qty, line.piece_length_mm = quantity, length[0]
                else:
                    line.product_uom_qty = quantity
        order = form.save()
        if freight:
            carrier = self.demo("freight", "vendas")
            order.set_delivery_line(carrier, carrier.rate_shipment(order)["price"])
        return order

    def make(self, order):
        for production in order.sudo().production_ids.with_env(self.env_of("producao")):
            production.action_start()
            self.assertEqual(order.production_state, "production")
            production.pieces_producing = production.piece_qty
            production.button_mark_done()

    def deliver(self, order):
        for picking in order.sudo().picking_ids.with_env(self.env_of("estoque")):
            picking.move_ids.picked = True
            picking.with_context(skip_sms=True).button_validate()

    def invoice(self, order):
        invoice = order.with_env(self.env_of("financeiro"))._create_invoices()
        invoice.action_post()
        return invoice

    def test_mixed_order(self):
        core, tape = self.demo("paper_400_70", "estoque"), self.demo("tape", "estoque")
        order = self.order(("profile_50", 10, 2500), ("tape", 10), freight=True)
        bars = order.order_line[0]
        self.assertEqual((bars.product_uom_qty, bars.composite_weight), (25, 3.695))
        self.assertEqual((bars.price_subtotal, order.amount_total), (200, 400))
        self.assertEqual(order.production_state, "quotation")
        order.action_confirm()
        self.assertEqual(order.production_state, "approved")
        self.assertEqual(len(order.sudo().production_ids), 1)
        self.make(order)
        self.assertEqual(order.production_state, "finished")
        self.assertEqual(core.qty_available, 147.2)
        self.deliver(order)
        self.assertEqual(order.production_state, "delivered")
        self.assertEqual(tape.qty_available, 140)
        invoice = self.invoice(order)
        self.assertEqual((invoice.state, invoice.amount_total), ("posted", 400))

    def test_resale_only(self):
        order = self.order(("tape", 10), ("kraft_sheets", 200))
        order.action_confirm()
        self.assertEqual(order.production_state, "finished")
        self.deliver(order)
        self.assertEqual(order.production_state, "delivered")
        self.assertEqual(self.invoice(order).amount_total, 390)

    def test_made_to_order_only(self):
        order = self.order(("profile_100", 20, 1237), ("profile_50", 30, 2000))
        order.action_confirm()
        self.make(order)
        self.deliver(order)
        self.assertEqual(order.production_state, "delivered")

    def test_cancelling_gives_the_paper_back(self):
        core = self.demo("paper_400_70", "estoque")
        free = core.free_to_promise_qty
        order = self.order(("profile_50", 10, 2500))
        order.action_confirm()
        self.assertAlmostEqual(core.free_to_promise_qty, free - 2.8, 6)
        order.action_cancel()
        self.assertAlmostEqual(core.free_to_promise_qty, free, 6)

    def test_shortage_is_listed_and_the_quotation_stays(self):
        """The quotation of 2,000 m of 40×40 asks for more paper than is free."""
        order = self.env_of("vendas")["sale.order"].search(
            [
                ("partner_id", "=", self.demo("customer_embalagens").id),
                ("production_state", "=", "quotation"),
            ]
        )
        with self.assertRaises(UserError) as caught:
            order.action_confirm()
        self.assertRegex(
            str(caught.exception),
            r"Bobina Kraft 360g – 75mm: preciso 216 kg, livres? .* kg, faltam .* kg",
        )
        self.assertEqual(order.production_state, "quotation")

    def test_credit_limit_and_finance(self):
        domain = [
            ("partner_id", "=", self.demo("customer_vidros").id),
            ("production_state", "=", "quotation"),
        ]
        order = self.env_of("vendas")["sale.order"].search(domain)
        with self.assertRaises(UserError) as caught:
            order.action_confirm()
        self.assertIn("limite de crédito", str(caught.exception))
        order.action_request_credit()
        env = self.env_of("financeiro")
        wizard = env["cantoneira.credit.release"].create(
            {"order_id": order.id, "reason": "Paga na entrega"}
        )
        wizard.action_release()
        order.action_confirm()
        self.assertEqual(order.production_state, "approved")
        self.assertIn("Paga na entrega", str(order.sudo().message_ids.mapped("body")))
