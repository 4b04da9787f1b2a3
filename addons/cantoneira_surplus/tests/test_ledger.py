"""Whose surplus went where, as far as anybody can know it."""

from datetime import datetime, timedelta

from odoo.tests import tagged
from odoo.tools import SQL

from .test_surplus import SurplusCase

DAY = datetime(2026, 3, 2, 12)


@tagged("post_install", "-at_install")
class TestLedger(SurplusCase):
    """Customers take 5 % more; an order of 100 made with 108 leaves 3."""

    def leave(self, pieces=3, day=0):
        """A manufacturing order that left so many pieces on the rack on that day."""
        production = self.finish(self.ordered(), 105 + pieces)
        self.at(production.sudo().surplus_move_ids, day)
        return production

    def take(self, pieces, day=None):
        """An order of pieces from the rack, delivered on that day unless it is still open."""
        order = self.make_order(
            self.composite(pieces, 2500, surplus_piece_qty=pieces), confirm=True
        )
        if day is not None:
            self.deliver(order)
            self.at(order.order_line._surplus_moves(), day)
        return order

    def at(self, moves, day):
        self.assertTrue(moves)
        moves.move_line_ids.date = DAY + timedelta(days=day)

    def fate(self, production):
        """``{sale order or False: (pieces, path)}`` of the surplus of ``production``."""
        surplus = self.env["cantoneira.surplus"]
        surplus._flush_ledger()
        rows = self.env.execute_query(surplus._fate_query(SQL("%s", production.id)))
        return {
            (self.env["sale.order"].browse(order or [])): (round(float(metres) / 2.5, 3), path)
            for order, metres, path in rows
        }

    def makers(self, order):
        moves = order.order_line._surplus_moves()
        return self.env["cantoneira.surplus"]._makers_of(moves).sudo()

    def test_of_one(self):
        """Only its pieces lay there: 2 went to an order, 1 is left."""
        production = self.leave()
        nobody = self.env["sale.order"]
        self.assertEqual(self.fate(production), {nobody: (3, "rack")})
        order = self.take(2, day=1)
        expected = {order: (2, "surplus"), nobody: (1, "rack")}
        self.assertEqual(self.fate(production), expected)
        self.assertEqual(self.makers(order), production.sudo())

    def test_open_orders_count(self):
        """What is promised and not delivered can still be stopped, so it is told."""
        production = self.leave()
        order = self.take(3)
        self.assertEqual(self.fate(production), {order: (3, "surplus")})
        self.assertEqual(self.makers(order), production.sudo())
        order._action_cancel()
        self.assertEqual(self.fate(production), {self.env["sale.order"]: (3, "rack")})

    def test_nobody_knows_of_which(self):
        """Pieces of two lay there: both may be in it, reckoned first in, first out."""
        first, second = self.leave(day=0), self.leave(day=1)
        order = self.take(2, day=2)
        nobody = self.env["sale.order"]
        self.assertEqual(self.makers(order), (first | second).sudo())
        self.assertEqual(self.fate(first), {order: (2, "maybe"), nobody: (1, "rack")})
        self.assertEqual(self.fate(second), {order: (0, "maybe"), nobody: (3, "rack")})

    def test_emptied_between(self):
        """What came after the place was empty is in no order of before, and the other way."""
        first = self.leave(day=0)
        early = self.take(3, day=1)
        second = self.leave(day=2)
        late = self.take(3, day=3)
        self.assertEqual(self.fate(first), {early: (3, "surplus")})
        self.assertEqual(self.fate(second), {late: (3, "surplus")})
        self.assertEqual(self.makers(early), first.sudo())
        self.assertEqual(self.makers(late), second.sudo())

    def test_came_later(self):
        """What came after an order took its pieces is not in it, though some lay there still."""
        first = self.leave(day=0)
        early = self.take(1, day=1)
        second = self.leave(day=2)
        self.assertEqual(self.makers(early), first.sudo())
        self.assertNotIn(early, self.fate(second))
        late = self.take(4, day=3)
        # The one that is left is of the second, first in, first out; it may be of the first.
        nobody = self.env["sale.order"]
        expected = {early: (1, "surplus"), late: (2, "maybe"), nobody: (0, "rack")}
        self.assertEqual(self.fate(first), expected)
        self.assertEqual(self.fate(second), {late: (2, "maybe"), nobody: (1, "rack")})

    def test_of_unknown_origin(self):
        """Pieces that were counted in by hand make it uncertain, too."""
        production = self.leave(day=0)
        place = production.sudo().surplus_move_ids.location_dest_id
        quant = self.env["stock.quant"].search(
            [("location_id", "=", place.id), ("product_id", "=", self.profile.id)]
        )
        quant.with_user(self.stock_user).with_context(inventory_mode=True).write(
            {"inventory_quantity": 12.5}
        )
        quant.with_user(self.stock_user).action_apply_inventory()
        order = self.take(4)
        self.assertEqual(self.fate(production)[order], (3, "maybe"))

    def test_counted_away(self):
        """Taken without an order: nothing says that it is still there."""
        production = self.leave(day=0)
        place = production.sudo().surplus_move_ids.location_dest_id
        quant = self.env["stock.quant"].search(
            [("location_id", "=", place.id), ("product_id", "=", self.profile.id)]
        )
        quant = quant.with_user(self.stock_user).with_context(inventory_mode=True)
        quant.inventory_quantity = 0
        quant.action_apply_inventory()
        self.assertEqual(self.fate(production), {self.env["sale.order"]: (3, "gone")})

    def test_of_a_cancelled_order(self):
        order = self.make_order(self.composite(10, 2500), confirm=True)
        production = self.finish(order.order_line, 10)
        order._action_cancel()
        later = self.take(4)
        self.assertEqual(self.makers(later), production.sudo())
        self.assertEqual(self.fate(production)[later], (4, "surplus"))

    def test_other_lengths_are_others(self):
        self.leave()
        other = self.finish(self.ordered(100, 2000), 108)
        self.take(3)
        self.assertEqual(
            [path for _pieces, path in self.fate(other).values()], ["rack"], "another length"
        )
