"""Pieces nobody ordered: where they lie, who may take them, and that nobody takes them twice."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CantoneiraSurplusCase


class SurplusCase(CantoneiraSurplusCase):
    @classmethod
    def make_surplus(cls, pieces, length_mm=2500, product=None):
        """Pieces on the rack, as if they had been made over an order."""
        place = cls.warehouse._surplus_place(length_mm)
        product = product or cls.profile
        cls.env["stock.quant"]._update_available_quantity(product, place, pieces * length_mm / 1000)
        return place

    def surplus(self, product=None):
        """``{length: (pieces, free)}`` of a profile."""
        self.env.invalidate_all()
        rows = self.env["cantoneira.surplus"].search(
            [("product_id", "=", (product or self.profile).id)]
        )
        return {row.piece_length_mm: (row.pieces, row.free_pieces) for row in rows}

    def surplus_moves(self, line):
        return line._surplus_moves()


@tagged("post_install", "-at_install")
class TestIntoSurplus(SurplusCase):
    def test_beyond_goes_to_surplus(self):
        """108 of 100: the customer takes 105, 3 lie on the rack by their length."""
        line = self.ordered()
        production = self.count(line, 108)
        self.assertIn("takes 5, 3 go to surplus", production.closing_hint)
        self.finish(line, 108)
        self.assertEqual((line.piece_qty, production.surplus_piece_qty), (105, 3))
        self.assertEqual(self.delivery(line).quantity, 262.5)
        self.assertEqual(self.on_the_shelf(), 262.5)
        self.assertEqual(self.surplus(), {2500: (3, 3)})
        row = self.env["cantoneira.surplus"].search([("product_id", "=", self.profile.id)])
        self.assertEqual((row.metres, row.age_days), (7.5, 0))
        self.assertEqual(row.location_id.location_id, self.warehouse.surplus_location_id)
        self.assertIn(row.location_id.display_name, self.chatter(production))
        move = self.env["stock.move"].search(
            [
                ("location_dest_id", "=", row.location_id.id),
                ("product_id", "=", self.profile.id),
            ]
        )
        self.assertEqual((move.reference, move.piece_qty), (production.name, 3))
        self.deliver(line.order_id)
        self.assertEqual(line.order_id.production_state, "delivered")
        self.assertEqual((self.on_the_shelf(), self.surplus()), (0, {2500: (3, 3)}))

    def test_who_takes_no_more_gets_what_he_ordered(self):
        self.customer.tolerance_more_percent = 0
        line = self.ordered()
        self.finish(line, 103)
        self.assertEqual((line.piece_qty, line.ordered_piece_qty), (100, 0))
        self.assertEqual(self.delivery(line).product_uom_qty, 250)
        self.assertEqual(self.surplus(), {2500: (3, 3)})

    def test_value_stays(self):
        """The move to the rack changes no value: what is made is worth what it was."""
        before = self.profile.with_company(self.company).total_value
        line = self.ordered()
        self.finish(line, 108)
        self.env.invalidate_all()
        worth = self.profile.with_company(self.company).total_value - before
        self.assertAlmostEqual(worth, 108 * 2.5 * self.profile.standard_price, 2)

    def test_grows_after_surplus(self):
        """A line that grows after surplus went away gets all of what it asks for."""
        line = self.ordered()
        self.finish(line, 108)
        line.piece_qty = 120
        line.piece_qty = 110
        self.assertEqual(self.production(line).piece_qty, 5)
        self.assertEqual(sum(self.delivery(line).mapped("product_uom_qty")), 275)

    def test_cancelled_after_production(self):
        """What was made for a cancelled order is surplus of its length, and no loose metres."""
        order = self.make_order(self.composite(10, 2500), self.composite(4, 1237.5), confirm=True)
        for line in order.order_line:
            self.finish(line, line.piece_qty)
        order._action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertEqual(self.surplus(), {2500: (10, 10), 1237.5: (4, 4)})
        self.assertEqual(self.on_the_shelf(), 0)

    def test_only_whole_pieces(self):
        place = self.make_surplus(4)
        quants = self.env["stock.quant"]
        with self.assert_refused("11 m of Cantoneira 50x50x3mm are no whole number of pieces"):
            quants._update_available_quantity(self.profile, place, 1)
        with self.assert_refused("is for surplus of profiles, not for Fita"):
            quants._update_available_quantity(self.tape, place, 1)
        self.assertEqual(self.surplus(), {2500: (4, 4)})

    def test_a_storekeeper_counts_it(self):
        place = self.make_surplus(4)
        quant = self.env["stock.quant"].search(
            [("location_id", "=", place.id), ("product_id", "=", self.profile.id)]
        )
        quant = quant.with_user(self.stock_user).with_context(inventory_mode=True)
        quant.inventory_quantity = 7.5
        quant.action_apply_inventory()
        self.assertEqual(self.surplus(), {2500: (3, 3)})

    def test_no_other_length(self):
        """Surplus promises no metres: of the shelf, of other orders, of any report."""
        self.make_surplus(40)
        report = self.env["cantoneira.availability"]._report({self.profile: 100}, self.warehouse)
        self.assertEqual((report[0].free, report[0].missing), (0, 100))
        line = self.ordered(10, 2000)
        self.assertEqual(line.surplus_free_pieces, 0)
        self.assertEqual(self.production(line).piece_qty, 10)
        # Deliveries take from the shelf, where it does not lie.
        self.production(line, self.production_manager).action_cancel()
        self.delivery(line)._action_assign()
        self.assertEqual(self.delivery(line).quantity, 0)
        self.assertEqual(self.surplus(), {2500: (40, 40)})

    def test_rights(self):
        place = self.make_surplus(4)
        for user in (self.sales_user, self.stock_user, self.production_user):
            with self.subTest(user=user.login):
                rows = self.env["cantoneira.surplus"].with_user(user)
                row = rows.search(
                    [("location_id", "=", place.id), ("product_id", "=", self.profile.id)]
                )
                self.assertEqual((row.free_pieces, row.age_days), (4, 0))
                with self.assertRaises(AccessError):
                    row.pieces = 100
        with self.assertRaises(AccessError):
            self.env["cantoneira.surplus"].with_user(self.finance_user).search([])

    def test_other_warehouse(self):
        self.make_surplus(4)
        other = self.env["stock.warehouse"].create({"name": "Filial", "code": "FIL"})
        order = self.make_order(self.composite(10, 2500), warehouse_id=other.id)
        self.assertEqual(order.order_line.surplus_free_pieces, 0)
        self.assertNotEqual(other._surplus_place(2500), self.warehouse._surplus_place(2500))


@tagged("post_install", "-at_install")
class TestFromSurplus(SurplusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = cls.make_surplus(7)

    def quote(self, pieces=100, surplus=0, length_mm=2500, **values):
        return self.make_order(
            self.composite(pieces, length_mm, surplus_piece_qty=surplus), **values
        )

    def test_offered(self):
        order = self.make_order(
            self.composite(5, 2500), self.composite(5, 2500), self.composite(5, 2000)
        )
        self.assertEqual(order.order_line.mapped("surplus_free_pieces"), [7, 7, 0])
        self.assertEqual(
            order.surplus_hint,
            "In surplus: 5 pcs × 2,500 mm of Cantoneira 50x50x3mm; "
            "2 pcs × 2,500 mm of Cantoneira 50x50x3mm",
        )
        order.action_use_surplus()
        self.assertEqual(order.order_line.mapped("surplus_piece_qty"), [5, 2, 0])
        self.assertFalse(order.surplus_hint)
        with self.assert_refused("no free surplus"):
            order.action_use_surplus()
        # A wish reserves nothing.
        self.assertEqual(self.surplus(), {2500: (7, 7)})

    def test_rest_is_made(self):
        """7 of 100 come from the rack, in the same delivery; 93 are made and promised."""
        order = self.quote(100, 7)
        order.action_confirm()
        line = order.order_line
        production = self.production(line)
        self.assertEqual((production.piece_qty, production.product_qty), (93, 232.5))
        moves = self.delivery(line)
        self.assertEqual(sorted(moves.mapped("product_uom_qty")), [17.5, 232.5])
        self.assertEqual(len(moves.picking_id), 1)
        surplus = self.surplus_moves(line)
        self.assertEqual(
            (surplus.state, surplus.piece_qty, surplus.location_id), ("assigned", 7, self.place)
        )
        self.assertEqual(self.surplus(), {2500: (7, 0)})
        report = self.env["cantoneira.availability"]._report({self.glue: 0}, self.warehouse)
        self.assertAlmostEqual(report[0].promised, 232.5 * 0.015, 6)
        self.assertEqual(order.production_state, "approved")
        self.produce(production)
        self.assertEqual(order.production_state, "finished")
        self.deliver(order)
        self.assertEqual((order.production_state, line.qty_delivered), ("delivered", 250))
        self.assertEqual(self.surplus(), {})

    def test_all_from_surplus(self):
        order = self.quote(7, 7)
        order.action_confirm()
        self.assertFalse(order.order_line.sudo().production_ids)
        self.assertEqual(order.production_state, "finished")
        self.assertFalse(order.lacks_production)
        self.assertTrue(order.commitment_date)
        self.deliver(order)
        self.assertEqual(order.production_state, "delivered")

    def test_nothing_asked_nothing_taken(self):
        line = self.ordered()
        self.assertEqual(self.production(line).piece_qty, 100)
        self.assertEqual(self.surplus(), {2500: (7, 7)})

    def test_cancelled(self):
        order = self.quote(100, 7)
        order.action_confirm()
        order._action_cancel()
        self.assertEqual(self.surplus(), {2500: (7, 7)})
        order.action_draft()
        order.action_confirm()
        self.assertEqual(self.surplus(), {2500: (7, 0)})
        self.assertEqual(self.production(order.order_line).piece_qty, 93)

    def test_somebody_was_faster(self):
        first, second = self.quote(10, 5), self.quote(10, 5)
        first.action_confirm()
        with self.assert_refused("5 pieces were to be taken from surplus, 2 are free"):
            second.action_confirm()
        second.invalidate_recordset()
        self.assertEqual(second.state, "draft")
        second.order_line.surplus_piece_qty = 2
        second.action_confirm()
        self.assertEqual(self.surplus(), {2500: (7, 0)})

    def test_more_came_meanwhile(self):
        """What one transaction read before is not what lies there later: all comes from there."""
        self.quote(1, 1).action_confirm()
        self.make_surplus(3)
        order = self.quote(9, 9)
        order.action_confirm()
        self.assertFalse(order.order_line.sudo().production_ids)
        self.assertEqual(self.surplus(), {2500: (10, 0)})

    def test_two_lines_of_one_order(self):
        order = self.make_order(
            self.composite(10, 2500, surplus_piece_qty=4),
            self.composite(10, 2500, surplus_piece_qty=4),
        )
        with self.assert_refused("8 pieces were to be taken from surplus, 7 are free"):
            order.action_confirm()

    def test_unreserved_is_still_promised(self):
        """A storekeeper who unreserves a delivery gives nothing to others."""
        order = self.quote(10, 7)
        order.action_confirm()
        order.sudo().picking_ids.with_user(self.stock_user).do_unreserve()
        self.assertEqual(self.surplus(), {2500: (7, 0)})
        with self.assert_refused("0 are free"):
            self.quote(10, 1).action_confirm()
        order.sudo().picking_ids.with_user(self.stock_user).action_assign()
        self.assertEqual(self.surplus_moves(order.order_line).state, "assigned")

    def test_too_many(self):
        with self.assert_refused("11 of 10 pieces cannot be taken from surplus"):
            self.quote(10, 11)
        with self.assert_refused("-1 of 10"):
            self.quote(10, -1)

    def test_another_length_takes_none(self):
        order = self.quote(10, 5)
        order.order_line.piece_length_mm = 2000
        self.assertEqual(order.order_line.surplus_piece_qty, 0)

    def test_typed_late(self):
        order = self.quote(10, 5)
        order.action_confirm()
        with self.assert_refused("is confirmed: use"):
            order.order_line.surplus_piece_qty = 7

    def test_use_surplus_later(self):
        """Surplus that turns up later replaces what has not started."""
        order = self.quote(5)
        order.action_confirm()
        self.assertIn("5 pcs × 2,500 mm", order.surplus_hint)
        order.action_use_surplus()
        self.assertEqual(order.order_line.sudo().production_ids.state, "cancel")
        self.assertEqual((order.production_state, order.lacks_production), ("finished", False))
        self.assertEqual(self.delivery(order.order_line).mapped("product_uom_qty"), [12.5])
        self.assertEqual(self.surplus(), {2500: (7, 2)})
        larger = self.quote(100)
        larger.action_confirm()
        larger.action_use_surplus()
        self.assertEqual(self.production(larger.order_line).piece_qty, 98)
        self.assertEqual(sum(self.delivery(larger.order_line).mapped("product_uom_qty")), 250)

    def test_not_what_has_started(self):
        line = self.ordered(10)
        self.count(line, 2)
        with self.assert_refused("no free surplus"):
            line.order_id.action_use_surplus()

    # ----------------------------------------------------------------- changes
    def assert_covers(self, line, made, surplus):
        """So many pieces made, so many from the rack, and deliveries of exactly both."""
        self.assertEqual(line.piece_qty, made + surplus)
        self.assertEqual(line.surplus_piece_qty, surplus)
        productions = line.sudo().production_ids.filtered(lambda p: p.state != "cancel")
        self.assertEqual(sum(productions.mapped("piece_qty")), made)
        self.assertEqual(sum(self.delivery(line).mapped("piece_qty")), made + surplus)
        self.assertEqual(sum(self.surplus_moves(line).mapped("piece_qty")), surplus)
        self.assertEqual(self.surplus().get(2500), (7, 7 - surplus))

    def test_changes(self):
        order = self.quote(20, 7)
        order.action_confirm()
        line = order.order_line
        self.assert_covers(line, 13, 7)
        line.piece_qty = 30
        self.assert_covers(line, 23, 7)
        line.piece_qty = 12
        self.assert_covers(line, 5, 7)
        line.piece_qty = 7
        self.assert_covers(line, 0, 7)
        line.piece_qty = 4
        self.assert_covers(line, 0, 4)
        line.piece_qty = 10
        self.assert_covers(line, 6, 4)

    def test_other_length(self):
        order = self.quote(20, 7)
        order.action_confirm()
        line = order.order_line
        line.piece_length_mm = 2000
        self.assertEqual(self.surplus(), {2500: (7, 7)})
        self.assertEqual(self.production(line).piece_qty, 20)
        self.assertEqual(self.delivery(line).mapped("product_uom_qty"), [40])
        self.assertEqual(line.surplus_piece_qty, 0)

    def test_closed_short(self):
        """A line of 13 made and 7 from the rack may end with 19 of 20."""
        order = self.quote(20, 7)
        order.action_confirm()
        self.finish(order.order_line, 12)
        self.assertEqual((order.order_line.piece_qty, order.production_state), (19, "finished"))
        self.deliver(order)
        self.assertEqual(order.order_line.qty_delivered, 47.5)

    def test_recreated(self):
        order = self.quote(20, 7)
        order.action_confirm()
        self.production(order.order_line, self.production_manager).action_cancel()
        self.assertTrue(order.lacks_production)
        order.action_recreate_production()
        self.assertEqual(self.production(order.order_line).piece_qty, 20)
        self.assertEqual(self.surplus(), {2500: (7, 7)})
        self.assertEqual(self.delivery(order.order_line).mapped("piece_qty"), [20])

    def test_a_copy_takes_nothing(self):
        self.assertEqual(self.quote(20, 7).copy().order_line.surplus_piece_qty, 0)

    # ----------------------------------------------------------------- cost
    def test_ordinary_orders_cost_nothing_more(self):
        """Lines without surplus ask nothing: the same queries for 5 lines and for 25."""
        counts = []
        for size in (5, 5, 25):
            order = self.make_order(*(self.composite(2, 3000 + n) for n in range(size)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order.order_line._take_surplus()
            order.order_line.mapped("surplus_free_pieces")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    def test_who_delivers_sees_where_it_lies(self):
        order = self.quote(10, 7)
        order.action_confirm()
        picking = order.sudo().picking_ids.with_user(self.stock_user)
        line = picking.move_line_ids
        self.assertEqual((line.location_id, line.quantity), (self.place, 17.5))

    def test_portal_and_programs(self):
        """A program that writes the order's lines may say what comes from surplus."""
        order = self.make_order(self.composite(10, 2500))
        order.write({"order_line": [Command.update(order.order_line.id, {"surplus_piece_qty": 3})]})
        order.action_confirm()
        self.assertEqual(self.surplus(), {2500: (7, 4)})
