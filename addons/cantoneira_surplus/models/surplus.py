"""Pieces that nobody ordered: how many of each profile and length lie where, and are free."""

from odoo import api, fields, models
from odoo.tools import SQL

OPEN = ("waiting", "confirmed", "partially_available", "assigned")


class Surplus(models.Model):
    """One row per profile and place, read only.

    Free is what is there less what any open order takes from there, reserved or not.
    """

    _name = "cantoneira.surplus"
    _description = "Surplus pieces"
    _auto = False
    _order = "product_id, piece_length_mm, id"
    _rec_name = "product_id"
    _depends = {
        "stock.quant": ["company_id", "in_date", "location_id", "product_id", "quantity"],
        "stock.location": ["piece_length_mm", "warehouse_id"],
        "stock.move": ["location_id", "product_id", "product_qty", "state"],
    }

    product_id = fields.Many2one("product.product", "Edge protector", readonly=True)
    piece_length_mm = fields.Float("Length (mm)", digits=(10, 2), readonly=True)
    pieces = fields.Integer(readonly=True)
    promised_pieces = fields.Integer("Promised", readonly=True, help="To orders that take them.")
    free_pieces = fields.Integer("Free", readonly=True)
    metres = fields.Float(digits="Product Unit", readonly=True)
    in_date = fields.Datetime("On the rack since", readonly=True)
    age_days = fields.Integer("Age (days)", compute="_compute_age_days")
    location_id = fields.Many2one("stock.location", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT there.id, there.product_id, there.location_id, there.company_id,
                   there.warehouse_id, there.piece_length_mm, there.metres, there.in_date,
                   round(there.metres * 1000 / there.piece_length_mm)::int AS pieces,
                   round(COALESCE(taken.metres, 0) * 1000 / there.piece_length_mm)::int
                       AS promised_pieces,
                   round((there.metres - COALESCE(taken.metres, 0)) * 1000
                         / there.piece_length_mm)::int AS free_pieces
              FROM (
                SELECT MIN(quant.id) AS id, quant.product_id, quant.location_id, quant.company_id,
                       location.warehouse_id, location.piece_length_mm,
                       SUM(quant.quantity) AS metres, MIN(quant.in_date) AS in_date
                  FROM stock_quant quant
                  JOIN stock_location location ON location.id = quant.location_id
                 WHERE location.piece_length_mm > 0
                   AND location.usage = 'internal'
              GROUP BY quant.product_id, quant.location_id, quant.company_id,
                       location.warehouse_id, location.piece_length_mm
                HAVING SUM(quant.quantity) > 0
                   ) there
         LEFT JOIN LATERAL (
                SELECT SUM(move.product_qty) AS metres
                  FROM stock_move move
                 WHERE move.product_id = there.product_id
                   AND move.location_id = there.location_id
                   AND move.state IN %s
                   ) taken ON TRUE
            """,
            OPEN,
        )

    @api.depends("in_date")
    def _compute_age_days(self):
        today = fields.Date.context_today(self)
        for surplus in self:
            since = surplus.in_date and fields.Datetime.context_timestamp(self, surplus.in_date)
            surplus.age_days = (today - since.date()).days if since else 0

    @api.model
    def _free(self, products, warehouses):
        """``{(product id, length in mm, warehouse id): pieces}`` that nobody takes; one query."""
        # sudo: what is free does not depend on which stock the asker may see.
        groups = self.sudo()._read_group(
            [
                ("product_id", "in", products.ids),
                ("warehouse_id", "in", warehouses.ids),
                ("free_pieces", ">", 0),
            ],
            ["product_id", "piece_length_mm", "warehouse_id"],
            ["free_pieces:sum"],
        )
        return {
            (product.id, length, warehouse.id): pieces
            for product, length, warehouse, pieces in groups
        }
