"""Which open demands the stock does not cover: one rule for every screen that says "waiting"."""

from odoo import api, models
from odoo.tools import SQL

#: Less than a milligram is rounding.
TOLERANCE = 0.0000005


class AvailabilityService(models.AbstractModel):
    _inherit = "cantoneira.availability"

    @api.model
    def _cover_query(self):
        """A query of every open demand and whether what is on hand covers it.

        What is on hand in a warehouse goes to what was reserved first, then to what was promised
        first: the order in which the promise gate let demands pass. A demand is covered when
        what is on hand is enough for it and for all those before it.

        :return: ``SQL`` with the columns ``move_id`` and ``covered``; one pass over the open moves
            however many are asked for, with no lock. Deliveries that wait for their production
            are not in it: their material is the production's.
        """
        # What is still only in memory is not in the tables.
        for model, names in {
            "stock.move": ["product_id", "product_qty", "state", "location_id", "procure_method"],
            "stock.quant": ["product_id", "location_id", "quantity"],
            "stock.location": ["usage", "warehouse_id"],
        }.items():
            self.env[model].flush_model(names)
        return SQL(
            """
            SELECT demand.move_id, demand.claimed <= COALESCE(shelf.quantity, 0) + %(tolerance)s
                   AS covered
              FROM (
                SELECT move.id AS move_id, move.product_id, source.warehouse_id,
                       SUM(move.product_qty) OVER (
                           PARTITION BY source.warehouse_id, move.product_id
                               ORDER BY move.state != 'assigned', move.id
                       ) AS claimed
                  FROM stock_move move
                  JOIN stock_location source ON source.id = move.location_id
                  JOIN stock_location target ON target.id = move.location_dest_id
                  JOIN product_product product ON product.id = move.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                 WHERE move.state IN ('waiting', 'confirmed', 'partially_available', 'assigned')
                   AND template.is_storable
                   AND source.usage = 'internal'
                   AND source.warehouse_id IS NOT NULL
                   AND %(shared_source)s
                   AND target.warehouse_id IS DISTINCT FROM source.warehouse_id
                   AND (target.usage = 'production' OR move.procure_method = 'make_to_stock')
                   ) demand
         LEFT JOIN (
                SELECT quant.product_id, location.warehouse_id, SUM(quant.quantity) AS quantity
                  FROM stock_quant quant
                  JOIN stock_location location ON location.id = quant.location_id
                 WHERE location.usage = 'internal'
                   AND %(shared_location)s
                   AND %(usable)s
              GROUP BY quant.product_id, location.warehouse_id
                   ) shelf
                ON shelf.product_id = demand.product_id
               AND shelf.warehouse_id = demand.warehouse_id
            """,
            tolerance=TOLERANCE,
            usable=self._usable_stock(),
            shared_source=self._shared_place("source"),
            shared_location=self._shared_place("location"),
        )

    @api.model
    def _shared_place(self, location):
        """A condition in SQL on the ``stock_location`` of this alias: its stock is anybody's.

        What is taken from another place is reserved there for who takes it, and covers nobody
        else. An addon that has such places extends it.
        """
        return SQL("TRUE")

    @api.model
    def _usable_stock(self):
        """A condition in SQL on ``quant``: what nobody set aside.

        The same stock that ``product.product._set_aside_quantities`` leaves.
        """
        return SQL("TRUE")
