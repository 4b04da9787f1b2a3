"""Which reel is in which manufacturing order, and so in which customer's order."""

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.cantoneira_sale.models.sale_order_state import PRODUCTION_STATES


class ReelUse(models.Model):
    """One reel in one manufacturing order, for one customer's order.

    Asked by reel or by manufacturing order it reads what these have, by index; without either it
    reads all consumption there is, so no menu opens it.
    """

    _name = "cantoneira.reel.use"
    _description = "Use of a reel"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "lot_id"
    _depends = {
        "stock.move.line": [
            *("lot_id", "move_id", "quantity_product_uom", "picked", "state", "date"),
            *("product_id", "location_id", "location_dest_id"),
        ],
        "stock.move": [
            *("raw_material_production_id", "production_id", "sale_line_id"),
            *("state", "picking_id", "location_id", "location_dest_id", "product_qty"),
            "surplus_production_ids",
        ],
        "stock.lot": ["vendor_id", "supplier_batch", "receipt_id", "received_date"],
        "mrp.production": [
            *("product_id", "piece_length_mm", "qty_producing", "state", "sale_order_id"),
            "machine_id",
        ],
        "sale.order": ["partner_id", "user_id", "production_state"],
        "sale.order.line": ["order_id", "product_id"],
        "stock.picking": ["date_done", "name"],
    }

    lot_id = fields.Many2one("stock.lot", "Reel", readonly=True)
    material_id = fields.Many2one("product.product", "Paper", readonly=True)
    vendor_id = fields.Many2one("res.partner", "Supplier", readonly=True)
    supplier_batch = fields.Char("Supplier's batch", readonly=True)
    receipt_id = fields.Many2one("stock.picking", readonly=True)
    received_date = fields.Datetime("Received on", readonly=True)
    date = fields.Datetime("Consumed on", readonly=True)
    production_id = fields.Many2one("mrp.production", "Manufacturing order", readonly=True)
    production_state = fields.Selection(
        [("open", "Being made"), ("done", "Made")], "Production", readonly=True
    )
    machine_id = fields.Many2one("mrp.workcenter", "Production line", readonly=True)
    product_id = fields.Many2one("product.product", "Profile", readonly=True)
    piece_length_mm = fields.Float("Length (mm)", digits=(10, 1), readonly=True, aggregator=None)
    piece_qty = fields.Integer("Pieces made", readonly=True)
    kg = fields.Float(
        "From the reel (kg)",
        digits=(16, 3),
        readonly=True,
        help="What the manufacturing order took from this reel; of one made for several orders, "
        "the share of this one.",
    )
    path = fields.Selection(
        [
            ("made", "Made for the order"),
            ("surplus", "From surplus"),
            ("maybe", "Perhaps from surplus"),
            ("rack", "Lies in surplus"),
            ("gone", "Left surplus otherwise"),
        ],
        "Surplus",
        readonly=True,
        help="Pieces of surplus have no lot. “From surplus”: only this manufacturing order's "
        "pieces lay there. “Perhaps”: pieces of others lay there too; any of them may have gone to "
        "this order. Pieces and kg are reckoned first in, first out.",
    )
    sale_order_id = fields.Many2one("sale.order", "Order", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    order_state = fields.Selection(PRODUCTION_STATES, readonly=True)
    delivery_names = fields.Char("Deliveries", readonly=True)
    delivered_date = fields.Datetime("Delivered on", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT used.id * 1000 + target.number AS id,
                   used.lot_id, lot.product_id AS material_id, lot.vendor_id, lot.supplier_batch,
                   lot.receipt_id, lot.received_date, used.date,
                   target.path, used.production_id, production.machine_id, production.product_id,
                   CASE production.state WHEN 'done' THEN 'done' ELSE 'open' END
                       AS production_state,
                   production.piece_length_mm,
                   ROUND(production.qty_producing * 1000 * target.share
                         / NULLIF(production.piece_length_mm, 0))::int AS piece_qty,
                   used.quantity * target.share AS kg,
                   sale.id AS sale_order_id, sale.partner_id, sale.user_id,
                   sale.production_state AS order_state,
                   left_us.names AS delivery_names, left_us.date AS delivered_date,
                   production.company_id
              FROM (%(used)s) used
              JOIN stock_lot lot ON lot.id = used.lot_id
              JOIN mrp_production production ON production.id = used.production_id
CROSS JOIN LATERAL (%(extra)s) extra
CROSS JOIN LATERAL (%(targets)s) target
         LEFT JOIN sale_order sale ON sale.id = target.order_id
 LEFT JOIN LATERAL (%(deliveries)s) left_us ON TRUE
            """,
            used=self._used(),
            extra=self._extra(),
            targets=self._targets(),
            deliveries=self._deliveries(),
        )

    def _used(self):
        """What each manufacturing order took from each reel. Filters on both go inside."""
        return SQL(
            """
            SELECT MIN(line.id)::bigint AS id, line.lot_id,
                   move.raw_material_production_id AS production_id,
                   SUM(line.quantity_product_uom) AS quantity, MAX(line.date) AS date
              FROM stock_move_line line
              JOIN stock_move move ON move.id = line.move_id
             WHERE line.lot_id IS NOT NULL AND move.raw_material_production_id IS NOT NULL
               AND line.picked AND line.state <> 'cancel' AND line.quantity_product_uom > 0
          GROUP BY line.lot_id, move.raw_material_production_id
            """
        )

    def _targets(self):
        """Where the pieces of ``production`` went: ``order_id``, ``share`` of all, ``path``.

        The orders it was made for, each by the metres it waits for (an order merged of several
        feeds several; core forgets their lines then); what became of its surplus.
        """
        return SQL(
            """
            SELECT goal.order_id, goal.share, goal.path,
                   ROW_NUMBER() OVER (ORDER BY goal.path, goal.order_id) AS number
              FROM (
                    SELECT fed.order_id, 'made' AS path,
                           COALESCE(fed.metres / NULLIF(SUM(fed.metres) OVER (), 0), 1)
                           * (1 - extra.part) AS share
                      FROM (%(fed)s) fed
                     WHERE extra.part < 1
                 UNION ALL
                    SELECT fate.order_id, fate.path,
                           COALESCE(fate.metres / NULLIF(production.qty_producing, 0), 0)
                      FROM (%(fates)s) fate
                     WHERE extra.part > 0
                   ) goal
            """,
            fed=self._fed(),
            fates=self.env["cantoneira.surplus"]._fate_query(SQL("production.id")),
        )

    def _fed(self):
        """``order_id, metres`` of the orders ``production`` is made for; one row at least."""
        return SQL(
            """
            SELECT COALESCE(fed.order_id, production.sale_order_id) AS order_id, fed.metres
              FROM (SELECT 1) always
         LEFT JOIN (
                    SELECT line.order_id, SUM(next.product_qty) AS metres
                      FROM stock_move made
                      JOIN stock_move_move_rel link ON link.move_orig_id = made.id
                      JOIN stock_move next ON next.id = link.move_dest_id
                      JOIN sale_order_line line ON line.id = next.sale_line_id
                     WHERE made.production_id = production.id AND next.state <> 'cancel'
                  GROUP BY line.order_id
                   ) fed ON TRUE
            """
        )

    def _extra(self):
        """``part`` of what ``production`` made that went to surplus, from 0 to 1."""
        return SQL(
            """
            SELECT LEAST(1, COALESCE(SUM(line.quantity_product_uom / every.number)
                                     / NULLIF(production.qty_producing, 0), 0)) AS part
              FROM stock_move_surplus_production_rel made
              JOIN stock_move_line line ON line.move_id = made.move_id AND line.state = 'done'
CROSS JOIN LATERAL (
                SELECT COUNT(*) AS number FROM stock_move_surplus_production_rel other
                 WHERE other.move_id = made.move_id
                   ) every
             WHERE made.production_id = production.id
            """
        )

    def _deliveries(self):
        """What of this profile has left for the order."""
        return SQL(
            """
            SELECT STRING_AGG(DISTINCT picking.name, ', ') AS names,
                   MAX(picking.date_done) AS date
              FROM sale_order_line line
              JOIN stock_move move ON move.sale_line_id = line.id
              JOIN stock_picking picking ON picking.id = move.picking_id
              JOIN stock_location place ON place.id = move.location_dest_id
             WHERE line.order_id = sale.id AND line.product_id = production.product_id
               AND move.state = 'done' AND place.usage = 'customer'
            """
        )

    def action_open(self):
        """The other end: the reel, or the order for who sells, its production for who produces.

        Who may open neither reads all there is to know in a dialog.
        """
        self.ensure_one()
        target = self._trace_target()
        return {
            "type": "ir.actions.act_window",
            "res_model": target._name,
            "res_id": target.id,
            "views": [(self._trace_form(target), "form")],
            "target": "new" if target == self else "current",
        }

    def _trace_target(self):
        user = self.env.user
        if self.env.context.get("trace_to") == "reel":
            return self.lot_id if self.lot_id.has_access("read") else self
        if self.sale_order_id and user.has_group("cantoneira_sale.group_sales"):
            return self.sale_order_id
        return self.production_id if user.has_group("mrp.group_mrp_user") else self

    def _trace_form(self, target):
        xmlid = {
            "stock.lot": "cantoneira_reel.stock_lot_view_form_reel",
            self._name: "cantoneira_results.reel_use_view_form",
        }.get(target._name)
        return self.env.ref(xmlid).id if xmlid else False

    def action_print(self):
        """All rows of the list on paper: who is to be told, or where the paper came from."""
        model, ids = self.env.context.get("trace_of", (False, []))
        reports = {
            "stock.lot": "cantoneira_results.action_report_trace_lot",
            "sale.order": "cantoneira_results.action_report_trace_order",
            "mrp.production": "cantoneira_results.action_report_trace_production",
        }
        records = self.env[model].browse(ids) if model in reports else self.lot_id
        return self.env.ref(reports[records._name]).report_action(records)
