"""The stock ledger: what came in and went out, with the balance before and after."""

from odoo import api, fields, models
from odoo.tools import SQL

REASONS = [
    ("purchase", "Purchase"),
    ("sale", "Sale"),
    ("production", "Production"),
    ("count", "Count"),
    ("adjustment", "Adjustment"),
    ("scrap", "Scrap"),
    ("return", "Return"),
    ("transfer", "Transfer"),
]


class StockLedger(models.Model):
    """One row per done move line that changed what is in stock; nobody writes here.

    Core keeps no balance, and one that is stored would be wrong as soon as a movement is
    dated back. It is computed for the rows on the page: what is on hand now, less what was
    moved since. See ``test_stock_ledger``.
    """

    _name = "cantoneira.stock.ledger"
    _description = "Stock ledger"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "reference"
    _depends = {
        "stock.move.line": [
            "company_id",
            "date",
            "location_dest_id",
            "location_id",
            "lot_id",
            "move_id",
            "product_id",
            "quantity_product_uom",
            "state",
        ],
        "stock.move": ["inventory_name", "is_inventory", "reference", "scrap_id"],
        "stock.location": ["usage"],
    }

    date = fields.Datetime(readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    lot_id = fields.Many2one("stock.lot", readonly=True)
    move_id = fields.Many2one("stock.move", "Stock move", readonly=True)
    reference = fields.Char("Document", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    reason = fields.Selection(REASONS, readonly=True)
    moved_qty = fields.Float("Moved", digits="Product Unit", readonly=True)
    balance_before = fields.Float(
        "Before", digits="Product Unit", compute="_compute_balance", help="On hand before."
    )
    balance_after = fields.Float(
        "After", digits="Product Unit", compute="_compute_balance", help="On hand afterwards."
    )
    product_uom_id = fields.Many2one("uom.uom", "Unit", related="product_id.uom_id")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT line.id, line.date, line.product_id, line.company_id, line.lot_id, line.move_id,
                   line.write_uid AS user_id, move.reference,
                   CASE WHEN dest.usage = 'internal' THEN 1 ELSE -1 END
                       * line.quantity_product_uom AS moved_qty,
                   CASE WHEN move.scrap_id IS NOT NULL THEN 'scrap'
                        WHEN move.is_inventory AND move.inventory_name IS NOT NULL THEN 'count'
                        WHEN 'inventory' IN (source.usage, dest.usage) THEN 'adjustment'
                        WHEN source.usage = 'supplier' THEN 'purchase'
                        WHEN dest.usage = 'customer' THEN 'sale'
                        WHEN source.usage = 'customer' OR dest.usage = 'supplier' THEN 'return'
                        WHEN 'production' IN (source.usage, dest.usage) THEN 'production'
                        ELSE 'transfer'
                    END AS reason
              FROM stock_move_line line
         LEFT JOIN stock_move move ON move.id = line.move_id
              JOIN stock_location source ON source.id = line.location_id
              JOIN stock_location dest ON dest.id = line.location_dest_id
             WHERE line.state = 'done'
               AND (source.usage = 'internal') <> (dest.usage = 'internal')
            """
        )

    @api.depends("date", "product_id", "moved_qty")
    def _compute_balance(self):
        since = self._moved_since()
        on_hand = self._on_hand()
        for row in self:
            uom = row.product_uom_id
            now = on_hand.get((row.product_id.id, row.company_id.id), 0.0)
            row.balance_before = uom.round(now - since[row.id])
            row.balance_after = uom.round(now - since[row.id] + row.moved_qty)

    def _moved_since(self):
        """``{id: quantity}`` moved by each row and all after it: two queries.

        They look at no row older than the oldest of its product on the page; what is newer than
        the page is only added up, which is cheap however much it is.
        """
        ends = [
            (product.id, min(rows.mapped("date")), max(rows.mapped("date")))
            for product, rows in self.grouped("product_id").items()
        ]
        # Values, not a join: the planner sees how few rows there are.
        later = SQL(" OR ").join(
            SQL("(product_id = %s AND date > %s)", product, newest)
            for product, _oldest, newest in ends
        )
        pages = SQL(" OR ").join(
            SQL("(product_id = %s AND date >= %s AND date <= %s)", *each) for each in ends
        )
        totals = self.env.execute_query(
            SQL(
                """
                SELECT product_id, company_id, SUM(moved_qty) FROM (%s) ledger WHERE %s
              GROUP BY product_id, company_id
                """,
                self._table_query,
                later,
            )
        )
        after = {(product, company): total for product, company, total in totals}
        on_page = self.env.execute_query(
            SQL(
                """
                SELECT id, product_id, company_id, quantity
                  FROM (
                    SELECT id, product_id, company_id,
                           SUM(moved_qty) OVER (
                               PARTITION BY product_id, company_id ORDER BY date DESC, id DESC
                           ) AS quantity
                      FROM (%s) ledger
                     WHERE %s
                  ) since
                 WHERE id = ANY(%s)
                """,
                self._table_query,
                pages,
                list(self.ids),
            )
        )
        return {
            row_id: float(quantity + after.get((product, company), 0))
            for row_id, product, company, quantity in on_page
        }

    def _on_hand(self):
        """``{(product id, company id): quantity}`` in internal locations now."""
        groups = self.env["stock.quant"]._read_group(
            [("location_id.usage", "=", "internal"), ("product_id", "in", self.product_id.ids)],
            ["product_id", "company_id"],
            ["quantity:sum"],
        )
        return {(product.id, company.id): quantity for product, company, quantity in groups}

    def action_open_document(self):
        """Open the transfer, order or scrap that moved it."""
        self.ensure_one()
        document = self._document()
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _document(self):
        """The record behind the row; addons above know of more kinds."""
        move = self.move_id
        return move.picking_id or move.scrap_id or move

    @api.model
    def _action_of(self, products):
        """The ledger of some products."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cantoneira_stock.action_movements")
        return action | {"domain": [("product_id", "in", products.ids)], "context": {}}
