from odoo import fields, models
from odoo.tools import SQL


class WeightReport(models.Model):
    """What suppliers' notes say against what the scale said, receipt by receipt."""

    _name = "cantoneira.weight.report"
    _description = "Suppliers' weight differences"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "product_id"

    date = fields.Datetime("Received on", readonly=True)
    picking_id = fields.Many2one("stock.picking", "Receipt", readonly=True)
    purchase_id = fields.Many2one("purchase.order", readonly=True)
    partner_id = fields.Many2one("res.partner", "Supplier", readonly=True)
    product_id = fields.Many2one("product.product", "Material", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    noted = fields.Float(
        "On the note (kg)",
        digits=(16, 3),
        readonly=True,
        help="What the supplier's note says; where nobody typed it, what was ordered.",
    )
    weighed = fields.Float("Weighed (kg)", digits=(16, 3), readonly=True)
    difference = fields.Float(
        "Difference (kg)", digits=(16, 3), readonly=True, help="Weighed − on the note."
    )
    percent = fields.Float(
        "Difference (%)",
        digits=(16, 2),
        readonly=True,
        aggregator="avg",
        help="Of what the note says; of several receipts, of all their kilograms together.",
    )

    @property
    def _table_query(self):
        """One row per done receipt of a purchase, of what is stocked by weight."""
        self.env["stock.move"].flush_model()
        kilogram = self.env["ir.model.data"]._xmlid_to_res_id("uom.product_uom_kgm")
        return SQL(
            """
            SELECT move.id, move.date, move.picking_id, line.order_id AS purchase_id,
                   line.partner_id, move.product_id, move.company_id,
                   kilos.noted, kilos.weighed, kilos.weighed - kilos.noted AS difference,
                   100 * (kilos.weighed - kilos.noted) / kilos.noted AS percent
              FROM stock_move move
              JOIN purchase_order_line line ON line.id = move.purchase_line_id
              JOIN stock_location source ON source.id = move.location_id
              JOIN uom_uom unit ON unit.id = move.product_uom
              JOIN uom_uom kilogram ON kilogram.id = %(kilogram)s
     CROSS JOIN LATERAL (
                   SELECT move.noted_qty * unit.factor / kilogram.factor AS noted,
                          move.quantity * unit.factor / kilogram.factor AS weighed
                   ) kilos
             WHERE move.state = 'done' AND source.usage = 'supplier' AND move.noted_qty > 0
               AND split_part(unit.parent_path, '/', 1) = split_part(kilogram.parent_path, '/', 1)
            """,
            kilogram=kilogram,
        )

    def _read_group_select(self, aggregate_spec, query):
        """Percent of a group: of its kilograms together, not the mean of its receipts'.

        Guarded by ``test_weight_differences``.
        """
        if aggregate_spec == "percent:avg":
            return SQL(
                "100 * SUM(%s) / NULLIF(SUM(%s), 0)",
                self._field_to_sql(self._table, "difference", query),
                self._field_to_sql(self._table, "noted", query),
            )
        return super()._read_group_select(aggregate_spec, query)
