"""The main job, from quotation to invoice, each step by the person who does it."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import CantoneiraSaleCase


@tagged("post_install", "-at_install")
class TestMainJob(CantoneiraSaleCase):
    def invoice(self, order):
        invoices = order.with_user(self.finance_user)._create_invoices()
        invoices.action_post()
        return invoices

    def test_mixed_order(self):
        """Sells 10 × 2,500 mm and 10 rolls, makes, delivers and invoices them."""
        order = self.make_order(self.composite(10, 2500), self.resale(10))
        self.assertEqual(order.production_state, "quotation")
        order.action_confirm()
        self.assertEqual(order.production_state, "approved")

        production = order.order_line.sudo().production_ids.with_user(self.production_user)
        production.qty_producing = 10
        production._set_qty_producing()
        self.assertEqual(order.production_state, "production")
        core = production.move_raw_ids.filtered(lambda m: m.product_id == self.paper_core)
        self.produce(production)
        self.assertEqual(order.production_state, "finished")
        self.assertEqual(core.quantity, 2.8)
        self.assertAlmostEqual(self.paper_core.qty_available, 147.2, 6)

        self.deliver(order)
        self.assertEqual(order.production_state, "delivered")
        self.assertEqual(self.tape.qty_available, 140)
        self.assertEqual(self.profile.qty_available, 0)

        invoice = self.invoice(order)
        self.assertEqual(invoice.amount_total, 350)
        line = invoice.invoice_line_ids.filtered(lambda line: line.product_id == self.profile)
        self.assertEqual((line.piece_qty, line.piece_length_mm, line.quantity), (10, 2500, 25))
        self.assertEqual(line.composite_label, "10 pcs × 2,500 mm")

    def test_resale_only(self):
        order = self.make_order(self.resale(10), confirm=True)
        self.assertEqual(order.production_state, "finished")
        self.deliver(order)
        self.assertEqual(order.production_state, "delivered")
        self.assertEqual(self.tape.qty_available, 140)

    def test_made_to_order_only(self):
        order = self.make_order(self.composite(10, 2500), confirm=True)
        self.produce(order.order_line.sudo().production_ids)
        self.deliver(order)
        self.assertEqual(order.production_state, "delivered")

    def test_several_steps(self):
        """Paper is brought to the line, bars are stored, picked, packed and sent: one length."""
        self.warehouse.delivery_steps = "pick_pack_ship"
        self.warehouse.manufacture_steps = "pbm_sam"
        order = self.make_order(
            self.composite(10, 2500), self.composite(4, 1237), self.resale(10), confirm=True
        )
        self.assertEqual(order.production_state, "approved")
        for production in order.order_line.sudo().production_ids:
            self.assertTrue(production.piece_qty in (10, 4))
            self.transfer(production.picking_ids)
            self.produce(production)
            self.transfer(production.picking_ids)
        self.assertEqual(order.production_state, "finished")
        for _step in range(3):
            self.transfer(order.sudo().picking_ids)
        self.assertEqual(order.production_state, "delivered")
        sent = order.sudo().picking_ids.filtered(lambda p: p.picking_type_code == "outgoing")
        self.assertEqual(
            {(move.piece_qty, move.piece_length_mm) for move in sent.move_ids},
            {(10, 2500), (4, 1237), (0, 0)},
        )
        self.assertEqual(self.profile.qty_available, 0)
        self.assertEqual(self.tape.qty_available, 140)
        self.assertAlmostEqual(self.paper_core.qty_available, 150 - 29.948 * 0.112, 6)

    def transfer(self, pickings):
        """Do what can be done now of these transfers, as the storekeeper."""
        pickings = pickings.with_user(self.stock_user)
        for picking in pickings.filtered(lambda p: p.state not in ("done", "cancel")):
            picking.action_assign()
            if picking.state == "assigned":
                for move in picking.move_ids:
                    move.quantity = move.product_uom_qty
                    move.picked = True
                picking.with_context(skip_backorder=True).button_validate()

    def test_partial_delivery_is_invoiced_in_pieces(self):
        self.profile.invoice_policy = "delivery"
        order = self.make_order(self.composite(10, 2500), confirm=True)
        self.produce(order.order_line.sudo().production_ids)
        picking = order.sudo().picking_ids.with_user(self.stock_user)
        with self.assertRaisesRegex(ValidationError, "-1 pieces cannot be moved"):
            picking.move_ids.pieces_moved = -1
        with Form(picking) as form, form.move_ids.edit(0) as move:
            move.pieces_moved = 7
            self.assertEqual(move.quantity, 17.5)
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(order.production_state, "finished")
        line = self.invoice(order).invoice_line_ids
        self.assertEqual((line.piece_qty, line.quantity), (7, 17.5))

    def test_states_can_be_searched(self):
        order = self.make_order(self.composite(10, 2500), confirm=True)
        found = self.env["sale.order"].search([("production_state", "=", "approved")])
        self.assertIn(order.sudo(), found)
        groups = self.env["sale.order"]._read_group([], ["production_state"], ["__count"])
        self.assertIn("approved", dict(groups))

    def test_kilograms_are_one_weight_everywhere(self):
        """Order line, delivery and production say the same weight."""
        order = self.make_order(self.composite(3, 1237), confirm=True)
        line = order.order_line
        delivery = line.sudo().move_ids.filtered(lambda m: m.location_dest_id.usage == "customer")
        weights = {line.composite_weight, delivery.composite_weight}
        weights.add(line.sudo().production_ids.composite_weight)
        self.assertEqual(len({round(weight, 6) for weight in weights}), 1)


@tagged("post_install", "-at_install")
class TestDocuments(CantoneiraSaleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.lang = "en_US"
        cls.env.user.lang = "en_US"

    def html(self, report, record):
        return self.env["ir.actions.report"]._render_qweb_html(report, record.ids)[0].decode()

    def test_quotation(self):
        order = self.make_order(
            self.composite(10, 2500), self.composite(3, 1237, price_basis="piece", basis_price=9.99)
        )
        html = self.html("sale.report_saleorder", order)
        self.assertIn("10 pcs × 2,500 mm", html)
        self.assertIn("3 pcs × 1,237 mm", html)
        self.assertIn("9.99 per piece", html.replace("\xa0", " ").replace("&nbsp;", " "))

    def test_delivery_slip(self):
        """Waiting or done, different lengths are never added together."""
        order = self.make_order(self.composite(10, 2500), self.composite(3, 1237), confirm=True)
        picking = order.sudo().picking_ids
        for state in ("waiting", "done"):
            if state == "done":
                for production in order.order_line.sudo().production_ids:
                    self.produce(production)
                self.deliver(order)
            self.assertEqual(picking.state, state)
            html = self.html("stock.report_deliveryslip", picking)
            self.assertIn("10 pcs × 2,500 mm", html)
            self.assertIn("3 pcs × 1,237 mm", html)
            self.assertNotIn("28.711", html)

    def test_invoice(self):
        order = self.make_order(self.composite(10, 2500), confirm=True)
        invoice = order.sudo()._create_invoices()
        self.assertIn("10 pcs × 2,500 mm", self.html("account.report_invoice", invoice))
