"""Changes after confirming: that line's production and delivery follow, and no other's."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.cantoneira_stock.models.availability import ShortageError

from .common import CantoneiraSaleCase


@tagged("post_install", "-at_install")
class TestOrderChanges(CantoneiraSaleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_order(cls.composite(10, 2500), cls.composite(3, 1237), confirm=True)
        cls.line, cls.other = cls.order.order_line

    def productions(self, line):
        return line.sudo().production_ids.filtered(lambda p: p.state != "cancel")

    def deliveries(self, line):
        return line.sudo().move_ids.filtered(
            lambda m: m.state != "cancel" and m.location_dest_id.usage == "customer"
        )

    def assert_follows(self, line, pieces, length_mm):
        """One production and one delivery of exactly this, linked, with material to the gram."""
        metres = pieces * length_mm / 1000
        self.assertEqual(line.product_uom_qty, metres)
        production, delivery = self.productions(line), self.deliveries(line)
        self.assertEqual((len(production), len(delivery)), (1, 1))
        self.assertEqual((production.piece_qty, production.piece_length_mm), (pieces, length_mm))
        self.assertAlmostEqual(production.product_qty, metres, 6)
        self.assertEqual((delivery.piece_qty, delivery.piece_length_mm), (pieces, length_mm))
        self.assertAlmostEqual(delivery.product_uom_qty, metres, 6)
        finished = production.move_finished_ids.filtered(lambda m: m.state != "cancel")
        self.assertAlmostEqual(sum(finished.mapped("product_uom_qty")), metres, 6)
        self.assertEqual(finished.move_dest_ids, delivery)
        core = production.move_raw_ids.filtered(lambda m: m.product_id == self.paper_core)
        self.assertAlmostEqual(sum(core.mapped("product_uom_qty")), metres * 0.112, 6)

    def assert_other_untouched(self):
        self.assert_follows(self.other, 3, 1237)

    def promised(self, product):
        return self.env["cantoneira.availability"]._report({product: 0}, self.warehouse)[0].promised

    # ----------------------------------------------------- before work starts
    def test_increase(self):
        self.line.piece_qty = 12
        self.assert_follows(self.line, 12, 2500)
        self.assert_other_untouched()

    def test_increase_through_the_order(self):
        self.order.write({"order_line": [Command.update(self.line.id, {"piece_qty": 12})]})
        self.assert_follows(self.line, 12, 2500)
        self.assert_other_untouched()

    def test_decrease(self):
        self.line.piece_qty = 4
        self.assert_follows(self.line, 4, 2500)
        self.assert_other_untouched()
        self.assertAlmostEqual(self.promised(self.paper_core), (10 + 3.711) * 0.112, 6)

    def test_other_length(self):
        self.line.piece_length_mm = 1000
        self.assert_follows(self.line, 10, 1000)
        self.assert_other_untouched()

    def test_other_length_same_metres(self):
        self.line.write({"piece_qty": 20, "piece_length_mm": 1250})
        self.assert_follows(self.line, 20, 1250)
        self.assert_other_untouched()

    def test_no_return_is_made_by_a_shorter_length(self):
        pickings = self.order.sudo().picking_ids
        self.line.piece_length_mm = 500
        self.assertEqual(self.order.sudo().picking_ids, pickings)

    def test_both_lines_at_once(self):
        self.order.order_line.write({"piece_qty": 6})
        self.assert_follows(self.line, 6, 2500)
        self.assert_follows(self.other, 6, 1237)

    def test_growth_is_promised_first(self):
        with self.assertRaises(ShortageError), self.env.cr.savepoint():
            self.line.piece_qty = 10_000
        self.order.invalidate_recordset()
        self.assert_follows(self.line, 10, 2500)

    def test_growth_counts_only_the_growth(self):
        """5 kg of glue: 10 pieces promised, 130 more are 120 × 0.0375 kg = 4.5 kg."""
        self.line.piece_qty = 130
        self.assert_follows(self.line, 130, 2500)

    def test_resale_line_as_in_core(self):
        order = self.make_order(self.resale(10), confirm=True)
        order.order_line.product_uom_qty = 12
        moves = order.order_line.sudo().move_ids
        self.assertEqual(sum(moves.mapped("product_uom_qty")), 12)

    # ------------------------------------------------------ after work started
    def start(self, line, pieces):
        production = self.productions(line).with_user(self.production_user)
        production.qty_producing = pieces * line.piece_length_mm / 1000
        production._set_qty_producing()
        return production

    def test_increase_after_start_makes_another_order(self):
        self.start(self.line, 2)
        self.line.piece_qty = 14
        productions = self.productions(self.line)
        self.assertEqual(sorted(productions.mapped("piece_qty")), [4, 10])
        self.assertEqual(set(productions.mapped("piece_length_mm")), {2500})
        self.assertAlmostEqual(sum(self.deliveries(self.line).mapped("product_uom_qty")), 35, 6)
        self.assert_other_untouched()
        for production in productions:
            self.produce(production)
        self.produce(self.productions(self.other))
        self.assertEqual(self.order.production_state, "finished")
        self.assertEqual(set(self.deliveries(self.line).mapped("state")), {"assigned"})
        self.deliver(self.order)
        self.assertEqual(self.order.production_state, "delivered")
        self.assertEqual(self.line.qty_delivered, 35)

    def test_decrease_after_start_is_refused(self):
        self.start(self.line, 2)
        with self.assertRaisesRegex(UserError, "has started with 10 pieces.*down to 4"):
            self.line.piece_qty = 4

    def test_other_length_after_start_is_refused(self):
        self.start(self.line, 2)
        with self.assertRaisesRegex(UserError, "cannot change from 2,500 to 1,000 mm"):
            self.line.piece_length_mm = 1000

    def test_increase_then_decrease_after_start(self):
        """What was added and has not started can be taken back."""
        self.start(self.line, 2)
        self.line.piece_qty = 14
        self.line.piece_qty = 10
        self.assertEqual(self.productions(self.line).mapped("piece_qty"), [10])
        self.assertAlmostEqual(sum(self.deliveries(self.line).mapped("product_uom_qty")), 25, 6)

    # --------------------------------------------------------------------- date
    def test_another_date_reaches_production_and_delivery(self):
        date = fields.Datetime.now().replace(microsecond=0) + timedelta(days=30)
        self.order.commitment_date = date
        productions = self.order.sudo().order_line.production_ids
        self.assertEqual(set(productions.mapped("date_deadline")), {date})
        self.assertTrue(all(p.date_start <= date for p in productions))
        self.assertTrue(all(p.date_start > date - timedelta(days=5) for p in productions))
        self.assertEqual(set(self.deliveries(self.line).mapped("date_deadline")), {date})

    # ------------------------------------------------------------------- cancel
    def test_cancel_gives_everything_back(self):
        order = self.make_order(self.composite(10, 2500), self.resale(10), confirm=True)
        before = self.promised(self.paper_core)
        order._action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertEqual(order.production_state, "cancelled")
        self.assertEqual(set(order.sudo().order_line.production_ids.mapped("state")), {"cancel"})
        self.assertEqual(set(order.sudo().picking_ids.mapped("state")), {"cancel"})
        self.assertAlmostEqual(before - self.promised(self.paper_core), 2.8, 6)
        self.assertEqual(self.promised(self.tape), 0)
        reserved = self.env["stock.quant"].search([("product_id", "=", self.tape.id)])
        self.assertEqual(sum(reserved.mapped("reserved_quantity")), 0)

    def test_cancel_after_start_is_refused(self):
        production = self.start(self.line, 2)
        with self.assertRaisesRegex(UserError, production.name):
            self.order._action_cancel()
        self.assertEqual(self.order.state, "sale")

    def test_confirm_again_after_cancel(self):
        self.order._action_cancel()
        self.order.action_draft()
        self.order.action_confirm()
        self.assert_follows(self.line, 10, 2500)
        self.assert_other_untouched()

    def test_production_cancelled_by_hand_can_be_recreated(self):
        self.productions(self.line).action_cancel()
        self.assertTrue(self.order.lacks_production)
        self.order.action_recreate_production()
        self.assertFalse(self.order.lacks_production)
        self.assert_follows(self.line, 10, 2500)
        self.assert_other_untouched()
