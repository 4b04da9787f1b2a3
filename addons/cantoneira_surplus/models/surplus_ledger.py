"""Whose surplus is in which order, as far as anybody can know it.

Pieces of surplus have no lot. What is known: which manufacturing orders put pieces of a length in
its place, when, and who took some when. Whoever takes pieces may have got those of **every**
manufacturing order whose pieces came there since the place was last empty. How *many* are of each
is reckoned first in, first out.
"""

from odoo import api, models
from odoo.tools import SQL

from .surplus import OPEN

#: Metres below which a place is empty.
NOTHING = 0.0005


class Surplus(models.Model):
    _inherit = "cantoneira.surplus"

    @api.model
    def _flush_ledger(self):
        """What the SQL below reads is in the database."""
        for model, names in {
            "stock.move": [
                *("location_id", "product_id", "product_qty", "sale_line_id", "state"),
                "surplus_production_ids",
            ],
            "stock.move.line": [
                *("date", "location_id", "location_dest_id", "move_id", "product_id"),
                *("quantity_product_uom", "state"),
            ],
            "sale.order.line": ["order_id"],
        }.items():
            self.env[model].flush_model(names)

    @api.model
    def _ledger(self, places):
        """What came to and left ``places``: SQL, one row each, in time; open deliveries last.

        What happened in the same second came first and left then, so that nobody is left out.

        :param places: SQL of ``product_id``, ``place_id``
        :return: SQL of ``product_id, place_id, move_id, line_id`` (of the sale), ``metres`` (less
            than zero: left), ``rank``, ``epoch`` (how often the place was empty before), ``came``
            and ``gone`` (metres until then, this row's too), ``all_gone`` and ``left_over``
        """
        return SQL(
            """
            SELECT entry.*,
                   ROW_NUMBER() OVER in_time AS rank,
                   SUM(GREATEST(entry.metres, 0)) OVER in_time AS came,
                   SUM(GREATEST(-entry.metres, 0)) OVER in_time AS gone,
                   SUM(GREATEST(-entry.metres, 0)) OVER place AS all_gone,
                   SUM(entry.metres) OVER place AS left_over,
                   COUNT(*) FILTER (WHERE entry.balance <= %(nothing)s) OVER (
                       in_time ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                   ) AS epoch
              FROM (
                    SELECT event.*, SUM(event.metres) OVER (
                               PARTITION BY event.product_id, event.place_id
                               ORDER BY event.date NULLS LAST, event.metres <= 0, event.id
                           ) AS balance
                      FROM (%(events)s) event
                   ) entry
            WINDOW place AS (PARTITION BY entry.product_id, entry.place_id),
                   in_time AS (
                       PARTITION BY entry.product_id, entry.place_id
                       ORDER BY entry.date NULLS LAST, entry.metres <= 0, entry.id
                   )
            """,
            nothing=NOTHING,
            events=self._ledger_events(places),
        )

    @api.model
    def _ledger_events(self, places):
        return SQL(
            """
            SELECT here.product_id, here.place_id, line.id, line.move_id, line.date,
                   CASE WHEN line.location_dest_id = here.place_id THEN line.quantity_product_uom
                        ELSE -line.quantity_product_uom END AS metres,
                   move.sale_line_id AS line_id
              FROM (%(places)s) here
              JOIN stock_move_line line
                ON line.product_id = here.product_id AND line.state = 'done'
               AND here.place_id IN (line.location_id, line.location_dest_id)
               AND line.location_id <> line.location_dest_id
         LEFT JOIN stock_move move ON move.id = line.move_id
         UNION ALL
            SELECT here.product_id, here.place_id, move.id, move.id, NULL,
                   -move.product_qty, move.sale_line_id
              FROM (%(places)s) here
              JOIN stock_move move
                ON move.product_id = here.product_id AND move.location_id = here.place_id
               AND move.state IN %(open)s
            """,
            places=places,
            open=OPEN,
        )

    @api.model
    def _fate_query(self, production):
        """What became of the surplus of a manufacturing order.

        :param production: SQL of its id
        :return: SQL of ``order_id`` (of the sale, or NULL), ``metres`` (first in, first out) and
            ``path``: ``surplus`` (of this manufacturing order only), ``maybe`` (pieces of others
            lay there too), ``rack`` (still there), ``gone`` (taken without an order)
        """
        places = SQL(
            """
            SELECT DISTINCT move.product_id, move.location_dest_id AS place_id
              FROM stock_move_surplus_production_rel made
              JOIN stock_move move ON move.id = made.move_id
             WHERE made.production_id = %s AND move.state = 'done'
            """,
            production,
        )
        return SQL(
            """
            WITH ledger AS MATERIALIZED (%(ledger)s),
                 own AS (
                    SELECT ledger.*, 1.0 / (
                               SELECT COUNT(*) FROM stock_move_surplus_production_rel every
                                WHERE every.move_id = ledger.move_id
                           ) AS part
                      FROM ledger
                      JOIN stock_move_surplus_production_rel made
                        ON made.move_id = ledger.move_id AND made.production_id = %(production)s
                     WHERE ledger.metres > 0
                 )
            SELECT line.order_id,
                   SUM(own.part * GREATEST(
                       0, LEAST(own.came, taken.gone)
                          - GREATEST(own.came - own.metres, taken.gone + taken.metres)
                   )) AS metres,
                   CASE WHEN line.order_id IS NULL THEN 'gone'
                        WHEN bool_and(own.part = 1) AND NOT bool_or(EXISTS (
                            SELECT 1 FROM ledger other
                             WHERE (other.product_id, other.place_id, other.epoch)
                                 = (taken.product_id, taken.place_id, taken.epoch)
                               AND other.metres > 0 AND other.rank < taken.rank
                               AND other.move_id NOT IN (SELECT move_id FROM own)
                        )) THEN 'surplus' ELSE 'maybe' END AS path
              FROM own
              JOIN ledger taken
                ON (taken.product_id, taken.place_id, taken.epoch)
                 = (own.product_id, own.place_id, own.epoch)
               AND taken.metres < 0 AND taken.rank > own.rank
         LEFT JOIN sale_order_line line ON line.id = taken.line_id
          GROUP BY line.order_id
         UNION ALL
            SELECT NULL, SUM(own.part * GREATEST(
                       0, own.came - GREATEST(own.came - own.metres, own.all_gone)
                   )), 'rack'
              FROM own
             WHERE own.left_over > %(nothing)s
               AND own.epoch = (
                    SELECT MAX(last.epoch) FROM ledger last
                     WHERE (last.product_id, last.place_id) = (own.product_id, own.place_id)
                   )
            HAVING COUNT(*) > 0
            """,
            ledger=self._ledger(places),
            production=production,
            nothing=NOTHING,
        )

    @api.model
    def _makers_of(self, moves):
        """The manufacturing orders whose surplus may be in what ``moves`` took; one query."""
        if not moves:
            return self.env["mrp.production"]
        self._flush_ledger()
        places = SQL(
            """
            SELECT DISTINCT product_id, location_id AS place_id FROM stock_move WHERE id IN %s
            """,
            moves._ids,
        )
        rows = self.env.execute_query(
            SQL(
                """
                WITH ledger AS MATERIALIZED (%s)
                SELECT DISTINCT made.production_id
                  FROM ledger taken
                  JOIN ledger own
                    ON (own.product_id, own.place_id, own.epoch)
                     = (taken.product_id, taken.place_id, taken.epoch)
                   AND own.metres > 0 AND own.rank < taken.rank
                  JOIN stock_move_surplus_production_rel made ON made.move_id = own.move_id
                 WHERE taken.metres < 0 AND taken.move_id IN %s
                """,
                self._ledger(places),
                moves._ids,
            )
        )
        return self.env["mrp.production"].browse([production for (production,) in rows])
