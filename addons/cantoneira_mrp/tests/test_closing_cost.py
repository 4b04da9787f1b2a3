"""Closing a manufacturing order costs the same after thousands of others (ODOO19.md §4)."""

from odoo.tests import tagged
from odoo.tools import SQL

from .common import CantoneiraMrpCase

#: So many copies of a finished order stand for the orders of years.
BEFORE = 5_000


@tagged("post_install", "-at_install")
class TestClosingCost(CantoneiraMrpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for material in cls.paper_core | cls.paper_liner | cls.glue:
            cls.put_in_stock(material, 100)

    def close_one(self):
        """The order and the SQL of closing it, nothing remembered from before."""
        order = self.make_order()
        order.action_start()
        order.pieces_producing = 10
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        order.button_mark_done()
        self.env.flush_all()
        self.assertEqual(order.state, "done")
        return order, self.env.cr.sql_log_count - before

    def multiply(self, table, column, ids, **changed):
        """Copy these rows ``BEFORE`` times; a column is copied or computed from ``copy``."""
        self.env.cr.execute(
            """
            SELECT column_name FROM information_schema.columns
             WHERE table_name = %s AND column_name != 'id' AND is_generated = 'NEVER'
            """,
            [table],
        )
        columns = [name for (name,) in self.env.cr.fetchall()]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s t, generate_series(1, %s) AS copy "
                "WHERE t.%s IN %s",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL(", ").join(changed.get(name, SQL.identifier("t", name)) for name in columns),
                SQL.identifier(table),
                BEFORE,
                SQL.identifier(column),
                tuple(ids),
            )
        )

    def test_first_and_five_thousandth(self):
        self.close_one()
        order, first = self.close_one()
        moves = order.move_raw_ids | order.move_finished_ids
        self.multiply("stock_move", "id", moves.ids)
        self.multiply("stock_move_line", "move_id", moves.ids)
        self.multiply("mrp_production", "id", order.ids, name=SQL("t.name || '/' || copy::text"))
        self.env.invalidate_all()
        done = self.env["stock.move"].search_count(
            [("product_id", "=", self.paper_core.id), ("state", "=", "done")]
        )
        self.assertGreater(done, BEFORE)
        _order, last = self.close_one()
        # One more where a second passed: core writes rows of stock with another date apart.
        self.assertAlmostEqual(first, last, delta=1)
