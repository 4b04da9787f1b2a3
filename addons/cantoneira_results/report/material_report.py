from odoo import fields, models
from odoo.tools import SQL

from .result_report import COST_GROUP


class MaterialReport(models.Model):
    """What finished orders planned, consumed, and the difference, by material."""

    _name = "cantoneira.material.report"
    _inherit = "cantoneira.result.report"
    _description = "Consumption against plan"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "material_id"
    _ratios = {"difference_percent": ("difference_kg", "planned_kg", 100)}
    _depends = {
        "stock.move": [
            *("raw_material_production_id", "product_id", "product_uom", "planned_qty"),
            *("consumption_difference_qty", "consumption_difference_value", "value", "state"),
        ],
        "mrp.production": [
            *("state", "date_finished", "machine_id", "product_id", "piece_length_mm"),
            *("sale_order_id", "partner_id", "floor_user_id"),
        ],
    }

    date = fields.Datetime("Finished on", readonly=True)
    production_id = fields.Many2one("mrp.production", "Manufacturing order", readonly=True)
    material_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    product_id = fields.Many2one("product.product", "Profile", readonly=True)
    machine_id = fields.Many2one("mrp.workcenter", "Production line", readonly=True)
    operator_id = fields.Many2one("res.users", readonly=True)
    sale_order_id = fields.Many2one("sale.order", "Order", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    planned_kg = fields.Float("Planned (kg)", digits=(16, 3), readonly=True)
    consumed_kg = fields.Float("Consumed (kg)", digits=(16, 3), readonly=True)
    difference_kg = fields.Float("Difference (kg)", digits=(16, 3), readonly=True)
    difference_percent = fields.Float(
        "Difference (%)",
        digits=(16, 2),
        readonly=True,
        aggregator="avg",
        help="Difference ÷ planned.",
    )
    planned_value = fields.Monetary("Planned (value)", readonly=True, groups=COST_GROUP)
    consumed_value = fields.Monetary(
        "Consumed (value)", readonly=True, groups=COST_GROUP, help="At the cost of the day."
    )
    difference_value = fields.Monetary("Difference (value)", readonly=True, groups=COST_GROUP)

    @property
    def _table_query(self):
        """One row per material line of a finished order; what is no weight has no kg."""
        return SQL(
            """
            SELECT move.id, production.date_finished AS date,
                   production.id AS production_id, move.product_id AS material_id,
                   template.categ_id, production.product_id, production.machine_id,
                   production.floor_user_id AS operator_id, production.sale_order_id,
                   production.partner_id, production.company_id, company.currency_id,
                   move.planned_qty * one.kg AS planned_kg,
                   (move.planned_qty + move.consumption_difference_qty) * one.kg AS consumed_kg,
                   move.consumption_difference_qty * one.kg AS difference_kg,
                   move.consumption_difference_qty * 100 / NULLIF(move.planned_qty, 0)
                       AS difference_percent,
                   worth.consumed - worth.difference AS planned_value,
                   worth.consumed AS consumed_value,
                   worth.difference AS difference_value
              FROM mrp_production production
              JOIN stock_move move ON move.raw_material_production_id = production.id
              JOIN product_product product ON product.id = move.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN res_company company ON company.id = production.company_id
              JOIN uom_uom unit ON unit.id = move.product_uom
              JOIN uom_uom kilogram ON kilogram.id = %(kilogram)s
     CROSS JOIN LATERAL (SELECT %(kilograms)s AS kg) one
     CROSS JOIN LATERAL (
                   SELECT CASE WHEN move.state = 'done' THEN COALESCE(move.value, 0) ELSE 0 END
                              AS consumed,
                          COALESCE(move.consumption_difference_value, 0) AS difference
                   ) worth
             WHERE production.state = 'done' AND production.piece_length_mm > 0
            """,
            kilogram=self._kilogram_id(),
            kilograms=self._kilograms("unit"),
        )
