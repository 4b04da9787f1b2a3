from odoo import fields, models
from odoo.tools import SQL


class ProductivityReport(models.Model):
    """What each finished order took: hours of work, of pauses and of set-up, against standard."""

    _name = "cantoneira.productivity.report"
    _inherit = "cantoneira.result.report"
    _description = "Productivity"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "production_id"
    _ratios = {
        "metres_per_hour": ("metres", "productive_hours", 1),
        "standard_metres_per_hour": ("metres", "standard_hours", 1),
        "efficiency": ("standard_hours", "productive_hours", 100),
        "scrap_percent": ("scrapped_metres", "metres", 100),
    }
    _depends = {
        "mrp.production": [
            *("state", "date_start", "date_finished", "date_planned_start", "machine_id"),
            *("product_id", "product_qty", "product_uom_qty", "qty_producing", "piece_length_mm"),
            *("sale_order_id", "partner_id", "floor_user_id", "scrapped_pieces"),
            "standard_metres_per_hour",
        ],
        "cantoneira.production.stop": ["production_id", "minutes", "reason_id"],
        "cantoneira.floor.reason": ["is_setup"],
        "mrp.workcenter": ["change_minutes"],
    }

    date = fields.Datetime("Finished on", readonly=True)
    production_id = fields.Many2one("mrp.production", "Manufacturing order", readonly=True)
    machine_id = fields.Many2one("mrp.workcenter", "Production line", readonly=True)
    product_id = fields.Many2one("product.product", "Profile", readonly=True)
    sale_order_id = fields.Many2one("sale.order", "Order", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    operator_id = fields.Many2one("res.users", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    piece_qty = fields.Integer("Pieces made", readonly=True)
    metres = fields.Float("Metres made", digits=(16, 1), readonly=True)
    scrapped_pieces = fields.Integer("Pieces scrapped", readonly=True)
    scrapped_metres = fields.Float("Metres scrapped", digits=(16, 1), readonly=True)
    scrap_percent = fields.Float(
        "Scrap (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Metres scrapped ÷ metres made.",
    )
    productive_hours = fields.Float(
        digits=(16, 2),
        readonly=True,
        help="From the start until the end, less all pauses. Empty: nobody started it.",
    )
    standard_hours = fields.Float(
        digits=(16, 2),
        readonly=True,
        help="What the metres made take at the standard of the day.",
    )
    metres_per_hour = fields.Float(
        "Real (m/h)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Metres made ÷ productive hours, of orders that somebody started.",
    )
    standard_metres_per_hour = fields.Float(
        "Standard (m/h)", digits=(16, 1), readonly=True, aggregator="avg"
    )
    efficiency = fields.Float(
        "Efficiency (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Standard hours ÷ productive hours.",
    )
    stopped_hours = fields.Float("Paused (h)", digits=(16, 2), readonly=True)
    setup_count = fields.Integer(
        "Changes of profile", readonly=True, help="The line made another profile before."
    )
    setup_hours = fields.Float(
        "Set-up (h)",
        digits=(16, 2),
        readonly=True,
        help="Pauses whose reason is a set-up.",
    )
    setup_standard_hours = fields.Float(
        "Set-up, standard (h)",
        digits=(16, 2),
        readonly=True,
        help="What the line's changes of profile should take.",
    )

    @property
    def _table_query(self):
        """One row per finished order. What the line made before is asked of all its orders."""
        return SQL(
            """
            SELECT production.id, production.id AS production_id,
                   production.date_finished AS date, production.machine_id,
                   production.product_id, production.sale_order_id, production.partner_id,
                   production.floor_user_id AS operator_id, production.company_id,
                   ROUND(made.metres * 1000 / NULLIF(production.piece_length_mm, 0))::int
                       AS piece_qty,
                   made.metres,
                   COALESCE(production.scrapped_pieces, 0) AS scrapped_pieces,
                   made.scrapped AS scrapped_metres,
                   made.scrapped * 100 / NULLIF(made.metres, 0) AS scrap_percent,
                   spent.hours AS productive_hours,
                   spent.standard AS standard_hours,
                   made.metres / NULLIF(spent.hours, 0) AS metres_per_hour,
                   NULLIF(production.standard_metres_per_hour, 0) AS standard_metres_per_hour,
                   spent.standard * 100 / NULLIF(spent.hours, 0) AS efficiency,
                   COALESCE(stop.minutes, 0) / 60 AS stopped_hours,
                   COALESCE(stop.setup_minutes, 0) / 60 AS setup_hours,
                   CASE WHEN production.is_change THEN 1 ELSE 0 END AS setup_count,
                   CASE WHEN production.is_change THEN machine.change_minutes / 60 ELSE 0 END
                       AS setup_standard_hours
              FROM (%(finished)s) production
         LEFT JOIN mrp_workcenter machine ON machine.id = production.machine_id
         LEFT JOIN (%(stops)s) stop ON stop.production_id = production.id
     CROSS JOIN LATERAL (
                   SELECT production.metres,
                          COALESCE(production.scrapped_pieces, 0) * production.piece_length_mm
                              / 1000 AS scrapped
                   ) made
     CROSS JOIN LATERAL (
                   SELECT CASE WHEN production.date_planned_start IS NOT NULL THEN GREATEST(
                              EXTRACT(EPOCH FROM production.date_finished - production.date_start)
                                  / 3600 - COALESCE(stop.minutes, 0) / 60, 0) END AS hours,
                          made.metres / NULLIF(production.standard_metres_per_hour, 0)
                              AS standard
                   ) spent
            """,
            finished=self._finished(),
            stops=self._stops(),
        )

    def _finished(self):
        return SQL(
            """
            SELECT id, machine_id, product_id, sale_order_id, partner_id, floor_user_id,
                   company_id, date_start, date_finished, date_planned_start, piece_length_mm,
                   scrapped_pieces, standard_metres_per_hour,
                   qty_producing * product_uom_qty::numeric / product_qty AS metres,
                   machine_id IS NOT NULL AND product_id IS DISTINCT FROM LAG(product_id) OVER (
                       PARTITION BY machine_id ORDER BY date_start, id
                   ) AS is_change
              FROM mrp_production
             WHERE state = 'done' AND piece_length_mm > 0
            """
        )

    def _stops(self):
        return SQL(
            """
            SELECT stop.production_id, SUM(stop.minutes) AS minutes,
                   SUM(stop.minutes) FILTER (WHERE reason.is_setup) AS setup_minutes
              FROM cantoneira_production_stop stop
              JOIN cantoneira_floor_reason reason ON reason.id = stop.reason_id
          GROUP BY stop.production_id
            """
        )
