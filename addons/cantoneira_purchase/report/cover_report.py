from odoo import fields, models
from odoo.tools import SQL

from .consumption_report import COST_GROUP

#: Real consumption is measured over so many days.
WINDOW_DAYS = 90


class CoverReport(models.Model):
    """What is in stock of each material, for how many days it lasts, how often it turns."""

    _name = "cantoneira.cover.report"
    _description = "Stock and cover"
    _auto = False
    _order = "days_of_cover, id"
    _rec_name = "product_id"

    product_id = fields.Many2one("product.product", "Material", readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    on_hand = fields.Float(digits="Product Unit", readonly=True)
    metres = fields.Float("Metres of paper", digits=(16, 1), readonly=True)
    amount = fields.Float("Value", digits=(16, 2), readonly=True, groups=COST_GROUP)
    consumed = fields.Float(
        "Consumed in 90 days", digits="Product Unit", readonly=True, help="Really used or sold."
    )
    days_of_cover = fields.Float(
        digits=(16, 1),
        readonly=True,
        aggregator="min",
        help="How long what is on hand lasts at the consumption of the last 90 days. Empty: nothing "
        "was consumed.",
    )
    turnover = fields.Float(
        "Turns a year",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Consumption of the last 90 days, as a year, over what is on hand.",
    )

    @property
    def _table_query(self):
        """One row per material and company with stock or consumption."""
        self.env["stock.quant"].flush_model()
        kilogram = self.env["ir.model.data"]._xmlid_to_res_id("uom.product_uom_kgm")
        return SQL(
            """
            SELECT product.id * 1000 + company.id AS id,
                   product.id AS product_id, template.categ_id, template.uom_id,
                   company.id AS company_id, total.on_hand, total.consumed,
                   CASE WHEN template.material_type = 'kraft_paper' AND template.linear_weight > 0
                        THEN total.on_hand * unit.factor / kilogram.factor
                             * 1000 / template.linear_weight
                   END AS metres,
                   total.on_hand * COALESCE(
                       (product.standard_price ->> company.id::text)::numeric, 0
                   ) AS amount,
                   CASE WHEN total.consumed > 0
                        THEN total.on_hand * %(days)s / total.consumed END AS days_of_cover,
                   CASE WHEN total.on_hand > 0
                        THEN total.consumed * 365.0 / %(days)s / total.on_hand END AS turnover
              FROM (
                    SELECT part.product_id, part.company_id,
                           SUM(part.on_hand) AS on_hand, SUM(part.consumed) AS consumed
                      FROM (
                            SELECT quant.product_id, quant.company_id,
                                   quant.quantity AS on_hand, 0 AS consumed
                              FROM stock_quant quant
                              JOIN stock_location location ON location.id = quant.location_id
                             WHERE location.usage = 'internal'
                         UNION ALL
                            SELECT used.product_id, used.company_id, 0, used.quantity
                              FROM (%(consumption)s) used
                             WHERE used.date >= (now() AT TIME ZONE 'UTC')
                                                - %(days)s * INTERVAL '1 day'
                           ) part
                  GROUP BY part.product_id, part.company_id
                   ) total
              JOIN product_product product ON product.id = total.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN res_company company ON company.id = total.company_id
              JOIN uom_uom unit ON unit.id = template.uom_id
              JOIN uom_uom kilogram ON kilogram.id = %(kilogram)s
             WHERE template.is_storable
               AND template.composite_length IS NOT TRUE
               AND template.product_kind IS DISTINCT FROM 'manufactured'
            """,
            consumption=self.env["cantoneira.consumption.report"]._table_query,
            days=WINDOW_DAYS,
            kilogram=kilogram,
        )
