from odoo import fields, models
from odoo.tools import SQL

COST_GROUP = "cantoneira_stock.group_see_cost"

#: Days since the receipt, in this order; the last has no end.
AGES = [
    ("a", "0-30 days"),
    ("b", "31-60 days"),
    ("c", "61-90 days"),
    ("d", "91-180 days"),
    ("e", "More than 180 days"),
]


class ReelAgeReport(models.Model):
    """What stands of each reel, where, and since when it is here; nothing is stored."""

    _name = "cantoneira.reel.age.report"
    _description = "Ageing of reels"
    _auto = False
    _order = "days desc, id"
    _rec_name = "lot_id"

    lot_id = fields.Many2one("stock.lot", "Reel", readonly=True)
    product_id = fields.Many2one("product.product", "Paper", readonly=True)
    location_id = fields.Many2one("stock.location", "Place", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    vendor_id = fields.Many2one("res.partner", "Supplier", readonly=True)
    received_date = fields.Datetime("Received on", readonly=True)
    reel_blocked = fields.Boolean("Blocked", readonly=True)
    age = fields.Selection(AGES, readonly=True, help="Since it was received.")
    days = fields.Integer(
        "Days here", readonly=True, aggregator="max", help="Days since it was received."
    )
    weight = fields.Float("Weight (kg)", digits=(16, 3), readonly=True)
    metres = fields.Float("Metres of paper", digits=(16, 1), readonly=True)
    amount = fields.Float(
        "Value", digits=(16, 2), readonly=True, groups=COST_GROUP, help="At today's average cost."
    )

    @property
    def _table_query(self):
        """One row per reel and place; a reel nobody received counts since it was written down."""
        self.env["stock.quant"].flush_model()
        self.env["stock.lot"].flush_model()
        self.env["product.product"].flush_model(["standard_price"])
        return SQL(
            """
            SELECT quant.id, quant.lot_id, quant.product_id, quant.location_id, quant.company_id,
                   lot.vendor_id, since.day AS received_date, lot.reel_blocked, since.days,
                   CASE WHEN since.days <= 30 THEN 'a' WHEN since.days <= 60 THEN 'b'
                        WHEN since.days <= 90 THEN 'c' WHEN since.days <= 180 THEN 'd'
                        ELSE 'e' END AS age,
                   quant.quantity AS weight,
                   CASE WHEN lot.current_weight > 0
                        THEN lot.metres_left * quant.quantity / lot.current_weight END AS metres,
                   quant.quantity * COALESCE(
                       (product.standard_price ->> quant.company_id::text)::numeric, 0
                   ) AS amount
              FROM stock_quant quant
              JOIN stock_lot lot ON lot.id = quant.lot_id
              JOIN stock_location location ON location.id = quant.location_id
              JOIN product_product product ON product.id = quant.product_id
     CROSS JOIN LATERAL (
                   SELECT COALESCE(lot.received_date, quant.in_date) AS day,
                          %(today)s - (COALESCE(lot.received_date, quant.in_date)
                                       AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS days
                   ) since
             WHERE lot.is_reel AND location.usage = 'internal' AND quant.quantity > 0
            """,
            today=fields.Date.context_today(self),
            zone=self.env.tz.zone,
        )
