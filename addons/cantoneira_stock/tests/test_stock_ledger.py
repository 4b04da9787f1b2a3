from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CantoneiraStockCase


@tagged("post_install", "-at_install")
class TestStockLedger(CantoneiraStockCase):
    """What came in and went out of a paper, with its balance, as the storekeeper sees it."""

    def move(self, kind, quantity, product=None, days_ago=0):
        picking = self.make_transfer(kind, {product or self.paper_core: quantity})
        self.finish(picking.with_user(self.stock_user))
        if days_ago:
            picking.move_ids.move_line_ids.date = fields.Datetime.now() - timedelta(days=days_ago)
        return picking

    def finish(self, picking):
        picking.action_assign()
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def count(self, quantity, name=None):
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.paper_core.id), ("location_id.usage", "=", "internal")]
        )
        quant = quant.with_user(self.stock_user).with_context(inventory_mode=True)
        quant.inventory_quantity = quantity
        quant.with_context(inventory_name=name).action_apply_inventory()

    def rows(self, product=None):
        """The ledger of a product, oldest first."""
        ledger = self.env["cantoneira.stock.ledger"].with_user(self.stock_user)
        return ledger.search([("product_id", "=", (product or self.paper_core).id)])[::-1]

    def told(self, product=None):
        return [
            (row.reason, row.balance_before, row.moved_qty, row.balance_after)
            for row in self.rows(product)
        ]

    def test_balance(self):
        self.move("incoming", 150, days_ago=3)
        self.move("incoming", 20, self.paper_liner)
        self.move("outgoing", 2.8, days_ago=2)
        self.count(146, "Inventário de novembro")
        self.assertEqual(
            self.told(),
            [
                ("purchase", 0, 150, 150),
                ("sale", 150, -2.8, 147.2),
                ("count", 147.2, -1.2, 146),
            ],
        )
        self.assertEqual(self.told(self.paper_liner), [("purchase", 0, 20, 20)])
        self.assertEqual(self.rows()[2].reference, "Inventário de novembro")
        self.assertEqual(self.rows()[1].user_id, self.env.user)

    def test_dated_back(self):
        """A receipt of last week that is typed today stands where it belongs."""
        self.move("incoming", 100, days_ago=3)
        self.move("outgoing", 30, days_ago=1)
        self.move("incoming", 50, days_ago=7)
        self.assertEqual([row[3] for row in self.told()], [50, 150, 120])

    def test_return(self):
        picking = self.move("incoming", 10)
        wizard = self.env["stock.return.picking"].with_user(self.stock_user)
        wizard = wizard.with_context(active_id=picking.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = 4
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        self.finish(back.with_user(self.stock_user))
        self.assertEqual([row[0] for row in self.told()], ["purchase", "return"])
        self.assertEqual(self.told()[-1][1:], (10, -4, 6))

    def test_one_page_of_many(self):
        """The balances of the last rows need no older ones."""
        for quantity in (10, 20, 30):
            self.move("incoming", quantity)
        last = self.rows()[-1]
        self.assertEqual((last.balance_before, last.balance_after), (30, 60))

    def test_page_in_the_middle(self):
        """Rows newer than the page are added up, those between its rows too; same dates as well."""
        days = {10: 5, 20: 4, 30: 4, 40: 2, 50: 0}
        for quantity, days_ago in days.items():
            self.move("incoming", quantity, days_ago=days_ago)
        self.move("incoming", 7, self.paper_liner, days_ago=3)
        self.env.invalidate_all()
        rows = self.rows()
        page = rows[0] + rows[2] + self.rows(self.paper_liner)
        page.mapped("balance_after")
        self.assertEqual([row.balance_after for row in page], [10, 60, 7])
        self.assertEqual([row.balance_after for row in self.rows()[1:4]], [30, 60, 100])

    def test_queries(self):
        for quantity in range(1, 13):
            self.move("incoming", quantity)
        counts = []
        for size in (3, 12):
            rows = self.rows()[-size:]
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows.mapped("balance_after")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_nobody_writes_history(self):
        picking = self.move("incoming", 10)
        row = self.rows()
        with self.assertRaises(AccessError):
            row.write({"moved_qty": 5})
        with self.assertRaises(AccessError):
            row.unlink()
        line = picking.move_ids.move_line_ids
        with self.assert_refused("was moved already"):
            line.quantity = 8
        line.quantity = 10
        with self.assertRaises(UserError):
            line.unlink()
        self.assertEqual(self.told(), [("purchase", 0, 10, 10)])

    def test_document(self):
        picking = self.move("incoming", 10)
        action = self.rows().action_open_document()
        self.assertEqual((action["res_model"], action["res_id"]), ("stock.picking", picking.id))

    def test_from_the_product(self):
        self.move("incoming", 10)
        for record in (self.paper_core, self.paper_core.product_tmpl_id):
            action = record.with_user(self.stock_user).action_view_stock_move_lines()
            self.assertEqual(action["res_model"], "cantoneira.stock.ledger")
            found = self.env["cantoneira.stock.ledger"].search(action["domain"])
            self.assertEqual(found, self.rows().with_env(self.env))

    def test_who_reads(self):
        clerk = self.make_user("escritorio", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["cantoneira.stock.ledger"].with_user(clerk).search([])
