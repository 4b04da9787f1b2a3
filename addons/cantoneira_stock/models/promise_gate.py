"""The gate that makes two promises of the same kilogram collide."""

from odoo import api, fields, models
from odoo.tools import SQL


class PromiseGate(models.Model):
    """One row per (warehouse, product), locked *and updated* before stock is promised.

    Cursors are REPEATABLE READ: who merely waits for a lock still reads the stock as it
    was before. Only touching a row that another transaction changed meanwhile raises a
    serialization failure, which Odoo answers by running the request again on fresh data
    (``odoo.service.model.retrying``). Hence the counter. Crons and scripts have no such
    retry and must catch the failure themselves.

    Nobody writes here by hand, not even the ORM: rows are made and passed in SQL.
    """

    _name = "cantoneira.promise.gate"
    _description = "Promise gate"
    _log_access = False

    warehouse_id = fields.Many2one("stock.warehouse", required=True, ondelete="cascade")
    product_id = fields.Many2one("product.product", required=True, ondelete="cascade", index=True)
    passes = fields.Integer(default=0, required=True, help="How often it was passed.")

    _warehouse_product_uniq = models.Constraint(
        "UNIQUE (warehouse_id, product_id)",
        "There is one promise gate per warehouse and product.",
    )

    @api.model
    def _pass(self, warehouse, products):
        """Take the gate of ``products`` in ``warehouse`` until the transaction ends.

        Call it before reading any quantity, and once per warehouse in the order of their
        ids. Rows are locked in the order of product ids, so that two callers never wait
        for each other in a circle.

        :raises psycopg2.errors.SerializationFailure: when another transaction passed one
            of them after this one began; the request must run again.
        """
        if not products:
            return
        self._ensure(warehouse, products)
        self.env.cr.execute(
            SQL(
                """
                WITH locked AS MATERIALIZED (
                    SELECT id
                      FROM cantoneira_promise_gate
                     WHERE warehouse_id = %(warehouse)s
                       AND product_id = ANY(%(products)s)
                  ORDER BY product_id
                FOR NO KEY UPDATE
                )
                UPDATE cantoneira_promise_gate gate
                   SET passes = gate.passes + 1
                  FROM locked
                 WHERE gate.id = locked.id
                """,
                warehouse=warehouse.id,
                products=products.ids,
            )
        )
        self.invalidate_model(["passes"])

    @api.model
    def _ensure(self, warehouses, products):
        """Make the rows that are missing, so that a first promise is no collision."""
        if not warehouses or not products:
            return
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO cantoneira_promise_gate (warehouse_id, product_id, passes)
                     SELECT warehouse.id, product.id, 0
                       FROM unnest(%(warehouses)s) AS warehouse (id)
                 CROSS JOIN unnest(%(products)s) AS product (id)
                      WHERE NOT EXISTS (
                            SELECT FROM cantoneira_promise_gate gate
                             WHERE gate.warehouse_id = warehouse.id
                               AND gate.product_id = product.id
                      )
                   ORDER BY product.id, warehouse.id
                ON CONFLICT DO NOTHING
                """,
                warehouses=warehouses.ids,
                products=products.ids,
            )
        )
