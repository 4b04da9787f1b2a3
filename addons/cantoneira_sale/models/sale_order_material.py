"""Whether the material of an order is there, for boards, filters and lists."""

from odoo import api, fields, models
from odoo.tools import SQL

MATERIAL_STATES = [("ready", "Material ready"), ("waiting", "Waiting for material")]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    material_state = fields.Selection(
        MATERIAL_STATES,
        "Material",
        compute="_compute_material_state",
        search="_search_material_state",
        help="Waiting: what is on hand does not cover what the open production and deliveries of "
        "this order still take, after what was promised before it. Empty: nothing is open.",
    )

    def _material_query(self):
        """``order_id`` and ``waiting`` of every order that still takes material or goods."""
        for model, names in {
            "stock.move": ["raw_material_production_id", "sale_line_id"],
            "mrp.production": ["sale_order_id"],
            "sale.order.line": ["order_id"],
        }.items():
            self.env[model].flush_model(names)
        return SQL(
            """
            SELECT COALESCE(production.sale_order_id, line.order_id) AS order_id,
                   bool_or(NOT cover.covered) AS waiting
              FROM (%s) cover
              JOIN stock_move move ON move.id = cover.move_id
         LEFT JOIN mrp_production production ON production.id = move.raw_material_production_id
         LEFT JOIN sale_order_line line ON line.id = move.sale_line_id
             WHERE COALESCE(production.sale_order_id, line.order_id) IS NOT NULL
          GROUP BY 1
            """,
            self.env["cantoneira.availability"]._cover_query(),
        )

    @api.depends("production_state", "picking_ids.state", "order_line.production_ids.state")
    def _compute_material_state(self):
        """One query for all, see :meth:`cantoneira.availability._cover_query`.

        It reads moves and stock of the whole warehouse, whatever the reader may see of them, and
        tells nothing but yes or no of orders that they may read.
        """
        waiting = {}
        if confirmed := self.filtered(lambda order: order.state == "sale")._origin:
            # Not cached between requests: stock that others move is no dependency.
            query = SQL(
                "SELECT order_id, waiting FROM (%s) material WHERE order_id IN %s",
                self._material_query(),
                tuple(confirmed.ids),
            )
            waiting = dict(self.env.execute_query(query)) if confirmed.ids else {}
        for order in self:
            short = waiting.get(order._origin.id)
            order.material_state = False if short is None else "waiting" if short else "ready"

    @api.model
    def _search_material_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        asked = set(value)
        known = dict(MATERIAL_STATES)
        material = self._material_query()
        found = SQL(
            "(SELECT order_id FROM (%s) material WHERE waiting = ANY(%s))",
            material,
            [state == "waiting" for state in asked if state in known],
        )
        domain = fields.Domain("id", "in", found)
        if False in asked:
            domain |= fields.Domain(
                "id", "not in", SQL("(SELECT order_id FROM (%s) material)", material)
            )
        return domain
