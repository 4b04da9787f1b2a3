"""What the plan shows of an order: whose it is, its hours, whether it is late, its material."""

from odoo import api, fields, models
from odoo.tools import SQL

MATERIAL_STATES = [
    ("reserved", "Material reserved"),
    ("ready", "Material in stock"),
    ("expected", "Material expected"),
    ("missing", "Material missing"),
]


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    floor_customer = fields.Char("Made for", compute="_compute_floor_customer")
    is_floor_late = fields.Boolean(
        "Will be late",
        compute="_compute_is_floor_late",
        search="_search_is_floor_late",
        help="It cannot be ready when it was promised.",
    )
    floor_hours = fields.Float(
        "Hours",
        compute="_compute_floor_hours",
        help="On its line, without the change of profile in front of it.",
    )
    floor_material = fields.Selection(
        MATERIAL_STATES,
        "Material",
        compute="_compute_floor_material",
        search="_search_floor_material",
        help="What is on hand goes to what was promised first. Expected: its date is known.",
    )

    @api.depends("move_finished_ids.move_dest_ids")
    def _compute_floor_customer(self):
        customers = self._floor_customers()
        for order in self:
            order.floor_customer = customers.get(order, "")

    # ---------------------------------------------------------------- late
    @api.depends("date_finished", "date_deadline", "state")
    def _compute_is_floor_late(self):
        now = fields.Datetime.now()
        for order in self:
            order.is_floor_late = order.state not in ("done", "cancel") and order._is_late(now)

    @api.model
    def _search_is_floor_late(self, operator, value):
        """The rule of ``_is_late``, in a domain. Guarded by ``test_late_filter``."""
        if operator != "in":
            return NotImplemented
        self.env["mrp.production"].flush_model(["state", "date_deadline", "date_finished"])
        late = fields.Domain(
            "id",
            "in",
            SQL(
                """(
                SELECT id FROM mrp_production
                 WHERE state NOT IN ('done', 'cancel')
                   AND date_deadline < GREATEST(date_finished, %s)
                )""",
                fields.Datetime.now(),
            ),
        )
        if set(value) == {True, False}:
            return fields.Domain.TRUE
        return late if True in value else ~late

    def _is_late(self, now, end=None):
        """Whether it cannot be ready when it was promised.

        :param end: when it would be ready; as planned unless told otherwise.
        """
        if not self.date_deadline:
            return False
        return max(now, end or self.date_finished or now) > self.date_deadline

    @api.depends("duration_expected")
    def _compute_floor_hours(self):
        for order in self:
            order.floor_hours = order.duration_expected / 60

    # ---------------------------------------------------------------- material
    def _material_query(self):
        """``order_id`` and ``waiting`` of every order that still takes material."""
        self.env["stock.move"].flush_model(["raw_material_production_id"])
        return SQL(
            """
            SELECT move.raw_material_production_id AS order_id,
                   bool_or(NOT cover.covered) AS waiting
              FROM (%s) cover
              JOIN stock_move move ON move.id = cover.move_id
             WHERE move.raw_material_production_id IS NOT NULL
          GROUP BY 1
            """,
            self.env["cantoneira.availability"]._cover_query(),
        )

    @api.depends("reservation_state", "state", "date_material")
    def _compute_floor_material(self):
        """One query for all, not cached between requests: stock that others move is no dependency."""
        waiting = {}
        if orders := self._origin.filtered("id"):
            query = SQL(
                "SELECT order_id, waiting FROM (%s) material WHERE order_id IN %s",
                self._material_query(),
                tuple(orders.ids),
            )
            waiting = dict(self.env.execute_query(query))
        now = fields.Datetime.now()
        for order in self:
            short = waiting.get(order._origin.id)
            if order.reservation_state == "assigned":
                order.floor_material = "reserved"
            elif short is None:
                order.floor_material = False
            elif not short:
                order.floor_material = "ready"
            else:
                coming = order.date_material and order.date_material > now
                order.floor_material = "expected" if coming else "missing"

    @api.model
    def _search_floor_material(self, operator, value):
        """Of open orders; there are never so many that they could not be looked at one by one."""
        if operator != "in":
            return NotImplemented
        orders = self.search(self._floor_domain())
        found = orders.filtered(lambda order: order.floor_material in value)
        return [("id", "in", found.ids)]
