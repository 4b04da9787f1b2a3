from odoo import fields, models
from odoo.tools import SQL


class PunctualityReport(models.Model):
    """What was promised for when, and when it was all delivered."""

    _name = "cantoneira.punctuality.report"
    _inherit = "cantoneira.result.report"
    _description = "On-time delivery"
    _auto = False
    _order = "promised_date desc, id desc"
    _rec_name = "order_id"
    _depends = {
        "sale.order": [
            *("state", "commitment_date", "delivery_status", "partner_id", "user_id"),
            *("company_id", "total_metres", "production_state"),
        ],
        "stock.picking": ["sale_id", "state", "date_done", "location_dest_id"],
        "res.partner": ["commercial_partner_id"],
    }

    order_id = fields.Many2one("sale.order", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    promised_date = fields.Date("Promised for", readonly=True)
    delivered_date = fields.Date(
        "Delivered on", readonly=True, help="When the last of it left. Empty: something is missing."
    )
    state = fields.Selection(
        [
            ("on_time", "Delivered on time"),
            ("late", "Delivered late"),
            ("overdue", "Late, not delivered"),
            ("open", "Not due yet"),
        ],
        readonly=True,
    )
    metres = fields.Float(digits=(16, 1), readonly=True)
    days_late = fields.Float(
        "Days late",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Days after the promised one, until delivered or until today. Of a group: the mean of "
        "what is delivered or due.",
    )
    on_time_percent = fields.Float(
        "On time (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Of the orders that are delivered or due.",
    )

    @property
    def _table_query(self):
        """One row per confirmed order with a promised date; days are those of the user."""
        zone = self.env.tz.zone
        return SQL(
            """
            SELECT sale.id, sale.id AS order_id, customer.commercial_partner_id AS partner_id,
                   sale.user_id, sale.company_id, sale.total_metres AS metres,
                   day.promised AS promised_date, day.delivered AS delivered_date,
                   CASE WHEN day.delivered <= day.promised THEN 'on_time'
                        WHEN day.delivered IS NOT NULL THEN 'late'
                        WHEN day.today > day.promised THEN 'overdue'
                        ELSE 'open' END AS state,
                   CASE WHEN is_over.yes
                        THEN GREATEST(COALESCE(day.delivered, day.today) - day.promised, 0)
                   END AS days_late,
                   CASE WHEN is_over.yes
                        THEN CASE WHEN day.delivered <= day.promised THEN 100 ELSE 0 END
                   END AS on_time_percent
              FROM sale_order sale
              JOIN res_partner customer ON customer.id = sale.partner_id
         LEFT JOIN (
                   SELECT picking.sale_id, MAX(picking.date_done) AS date
                     FROM stock_picking picking
                     JOIN stock_location target ON target.id = picking.location_dest_id
                    WHERE picking.state = 'done' AND picking.sale_id IS NOT NULL
                      AND target.usage = 'customer'
                 GROUP BY picking.sale_id
                   ) delivery ON delivery.sale_id = sale.id AND sale.delivery_status = 'full'
     CROSS JOIN LATERAL (
                   SELECT (sale.commitment_date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                              AS promised,
                          (delivery.date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                              AS delivered,
                          (now() AT TIME ZONE %(zone)s)::date AS today
                   ) day
     CROSS JOIN LATERAL (
                   SELECT day.delivered IS NOT NULL OR day.today > day.promised AS yes
                   ) is_over
             WHERE sale.state = 'sale' AND sale.commitment_date IS NOT NULL
               AND sale.delivery_status IS NOT NULL
            """,
            zone=zone,
        )
