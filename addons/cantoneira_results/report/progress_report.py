from odoo import fields, models
from odoo.tools import SQL

from .result_report import COST_GROUP


class ProgressReport(models.Model):
    """Orders that are not finished: metres made and left, what was consumed so far."""

    _name = "cantoneira.progress.report"
    _inherit = "cantoneira.result.report"
    _description = "Work in progress"
    _auto = False
    _order = "date_deadline, date_start, id"
    _rec_name = "production_id"
    _ratios = {"made_percent": ("metres_made", "metres", 100)}
    _depends = {
        "mrp.production": [
            *("state", "date_start", "date_finished", "date_planned_start", "date_deadline"),
            *("product_id", "product_qty", "product_uom_qty", "qty_producing", "piece_length_mm"),
            *("piece_qty", "sale_order_id", "partner_id", "floor_user_id", "machine_id"),
        ],
        "stock.move": ["raw_material_production_id", "quantity", "picked", "state", "product_uom"],
        "product.product": ["standard_price"],
        "product.template": ["metres_per_hour"],
        "cantoneira.machine.speed": ["metres_per_hour"],
    }

    production_id = fields.Many2one("mrp.production", "Manufacturing order", readonly=True)
    machine_id = fields.Many2one("mrp.workcenter", "Production line", readonly=True)
    product_id = fields.Many2one("product.product", "Profile", readonly=True)
    sale_order_id = fields.Many2one("sale.order", "Order", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    operator_id = fields.Many2one("res.users", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    state = fields.Selection(
        [("waiting", "Not started"), ("started", "Started"), ("to_close", "To close")],
        readonly=True,
    )
    date_start = fields.Datetime("Start", readonly=True, help="Planned until it starts.")
    date_finished = fields.Datetime("Planned end", readonly=True)
    date_deadline = fields.Datetime("Promised date", readonly=True)
    is_late = fields.Boolean(
        "Late", readonly=True, help="The promised date is over, or the plan ends after it."
    )
    piece_qty = fields.Integer("Pieces", readonly=True)
    piece_length_mm = fields.Float("Length (mm)", digits=(10, 1), readonly=True, aggregator=None)
    metres = fields.Float("Metres ordered", digits=(16, 1), readonly=True)
    metres_made = fields.Float("Metres made", digits=(16, 1), readonly=True)
    metres_left = fields.Float("Metres left", digits=(16, 1), readonly=True)
    made_percent = fields.Float("Made (%)", digits=(16, 1), readonly=True, aggregator="avg")
    hours_left = fields.Float(
        digits=(16, 2), readonly=True, help="What is left, at the standard of line and profile."
    )
    consumed_kg = fields.Float(
        "Consumed so far (kg)",
        digits=(16, 3),
        readonly=True,
        help="Weighed, or by the recipe of the pieces made.",
    )
    consumed_value = fields.Monetary(
        "Consumed so far (value)",
        readonly=True,
        groups=COST_GROUP,
        help="At today's cost of the materials.",
    )

    @property
    def _table_query(self):
        """One row per order that is confirmed and not done."""
        return SQL(
            """
            SELECT production.id, production.id AS production_id, production.machine_id,
                   production.product_id, production.sale_order_id, production.partner_id,
                   production.floor_user_id AS operator_id, production.company_id,
                   company.currency_id,
                   CASE WHEN production.state = 'to_close' THEN 'to_close'
                        WHEN production.state = 'progress' OR made.metres > 0 THEN 'started'
                        ELSE 'waiting' END AS state,
                   production.date_start, production.date_finished, production.date_deadline,
                   COALESCE(production.date_deadline < GREATEST(
                       production.date_finished, now() AT TIME ZONE 'UTC'), FALSE) AS is_late,
                   production.piece_qty, production.piece_length_mm,
                   made.ordered AS metres, made.metres AS metres_made,
                   GREATEST(made.ordered - made.metres, 0) AS metres_left,
                   made.metres * 100 / NULLIF(made.ordered, 0) AS made_percent,
                   GREATEST(made.ordered - made.metres, 0) / NULLIF(COALESCE(
                       speed.metres_per_hour, template.metres_per_hour), 0) AS hours_left,
                   COALESCE(used.kg, 0) AS consumed_kg, COALESCE(used.worth, 0) AS consumed_value
              FROM mrp_production production
              JOIN product_product product ON product.id = production.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN res_company company ON company.id = production.company_id
         LEFT JOIN cantoneira_machine_speed speed
                ON speed.machine_id = production.machine_id
               AND speed.product_tmpl_id = template.id
     CROSS JOIN LATERAL (
                   SELECT production.product_uom_qty::numeric AS ordered,
                          COALESCE(production.qty_producing, 0)
                              * production.product_uom_qty::numeric / production.product_qty
                              AS metres
                   ) made
 LEFT JOIN LATERAL (%(used)s) used ON TRUE
             WHERE production.state IN ('confirmed', 'progress', 'to_close')
               AND production.piece_length_mm > 0
            """,
            used=self._used(),
        )

    def _used(self):
        """What the operator recorded or the pieces made consumed, of one ``production``."""
        return SQL(
            """
            SELECT SUM(move.quantity * %(kilograms)s) AS kg,
                   SUM(move.quantity * unit.factor / own.factor * COALESCE((
                       material.standard_price ->> production.company_id::text)::numeric, 0))
                       AS worth
              FROM stock_move move
              JOIN product_product material ON material.id = move.product_id
              JOIN product_template kind ON kind.id = material.product_tmpl_id
              JOIN uom_uom unit ON unit.id = move.product_uom
              JOIN uom_uom own ON own.id = kind.uom_id
              JOIN uom_uom kilogram ON kilogram.id = %(kilogram)s
             WHERE move.raw_material_production_id = production.id
               AND move.picked AND move.state <> 'cancel'
            """,
            kilogram=self._kilogram_id(),
            kilograms=self._kilograms("unit"),
        )
