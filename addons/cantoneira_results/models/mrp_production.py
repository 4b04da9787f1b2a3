"""What an order leaves behind to be compared: the standard of its day, and its reels."""

from odoo import api, fields, models
from odoo.tools import SQL, sql


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "cantoneira.traced.mixin"]

    standard_metres_per_hour = fields.Float(
        "Standard (m/h)",
        digits=(16, 2),
        compute="_compute_standard_metres_per_hour",
        store=True,
        copy=False,
        help="Metres per hour of this profile on this line on the day the order was finished.",
    )
    _finished_index = models.Index("(date_finished) WHERE state = 'done'")

    def _auto_init(self):
        """Orders of before are compared with today's standard: in one statement, not one by one."""
        missing = not sql.column_exists(self.env.cr, self._table, "standard_metres_per_hour")
        if missing:
            sql.create_column(self.env.cr, self._table, "standard_metres_per_hour", "numeric")
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE mrp_production production
                       SET standard_metres_per_hour = COALESCE(
                               speed.metres_per_hour, template.metres_per_hour
                           )
                      FROM product_product product
                      JOIN product_template template ON template.id = product.product_tmpl_id
                      JOIN mrp_production done ON done.product_id = product.id
                 LEFT JOIN cantoneira_machine_speed speed
                        ON speed.machine_id = done.machine_id
                       AND speed.product_tmpl_id = template.id
                     WHERE done.id = production.id AND done.state = 'done'
                    """
                )
            )
        return super()._auto_init()

    # Only on state: another speed of a profile rewrites no order of the past.
    @api.depends("state")
    def _compute_standard_metres_per_hour(self):
        for order in self:
            standard = 0
            if order.state == "done":
                standard = order.standard_metres_per_hour or order.machine_id._metres_per_hour(
                    order.product_id
                )
            order.standard_metres_per_hour = standard

    def _trace_domain(self):
        return [("production_id", "in", self.ids)]

    def action_trace_reels(self):
        """The reels this order was made of."""
        return self._action_trace("reel")
