from odoo import fields, models
from odoo.tools import SQL

COST_GROUP = "cantoneira_stock.group_see_cost"


class ConsumptionReport(models.Model):
    """What production used and what was sold from the shelf, line by line of done movements."""

    _name = "cantoneira.consumption.report"
    _description = "Consumption"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "product_id"

    date = fields.Datetime(readonly=True)
    product_id = fields.Many2one("product.product", "Material", readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    quantity = fields.Float("Consumed", digits="Product Unit", readonly=True)
    metres = fields.Float("Metres of paper", digits=(16, 1), readonly=True)
    amount = fields.Float("At today's cost", digits=(16, 2), readonly=True, groups=COST_GROUP)

    @property
    def _table_query(self):
        """One row per done move line of what is bought; what came back counts negative."""
        self.env["stock.move.line"].flush_model()
        self.env["product.product"].flush_model(["standard_price"])
        kilogram = self.env["ir.model.data"]._xmlid_to_res_id("uom.product_uom_kgm")
        return SQL(
            """
            SELECT line.id, line.date, line.product_id, template.categ_id, template.uom_id,
                   line.company_id,
                   used.quantity,
                   CASE WHEN template.material_type = 'kraft_paper' AND template.linear_weight > 0
                        THEN used.quantity * unit.factor / kilogram.factor
                             * 1000 / template.linear_weight
                   END AS metres,
                   used.quantity * COALESCE(
                       (product.standard_price ->> line.company_id::text)::numeric, 0
                   ) AS amount
              FROM stock_move_line line
              JOIN stock_location source ON source.id = line.location_id
              JOIN stock_location target ON target.id = line.location_dest_id
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom unit ON unit.id = template.uom_id
              JOIN uom_uom kilogram ON kilogram.id = %(kilogram)s
     CROSS JOIN LATERAL (
                   SELECT CASE WHEN source.usage = 'internal' THEN 1 ELSE -1 END
                          * line.quantity_product_uom AS quantity
                   ) used
             WHERE line.state = 'done'
               AND 'internal' IN (source.usage, target.usage)
               AND (source.usage IN ('production', 'customer')
                    OR target.usage IN ('production', 'customer'))
               AND template.is_storable
               AND template.composite_length IS NOT TRUE
               AND template.product_kind IS DISTINCT FROM 'manufactured'
            """,
            kilogram=kilogram,
        )
