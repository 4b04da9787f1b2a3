"""Where an order stands, computed from what happened to it and never typed."""

from odoo import api, fields, models

PRODUCTION_STATES = [
    ("quotation", "Quotation"),
    ("approved", "Approved"),
    ("production", "In production"),
    ("finished", "Finished"),
    ("delivered", "Delivered"),
    ("cancelled", "Cancelled"),
]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    production_state = fields.Selection(
        PRODUCTION_STATES,
        compute="_compute_production_state",
        store=True,
        index=True,
        copy=False,
        help="Quotation; approved when confirmed; in production once an order has started; finished "
        "when all is made (or, for resale goods only, reserved); delivered when all has left.",
    )

    @api.depends("state", "delivery_status", "picking_ids.state", "order_line.production_ids.state")
    def _compute_production_state(self):
        for order in self:
            order.production_state = order._production_state()

    def _production_state(self):
        if self.state == "cancel":
            return "cancelled"
        if self.state != "sale":
            return "quotation"
        if self.delivery_status == "full":
            return "delivered"
        states = set(self.order_line.production_ids.mapped("state")) - {"cancel"}
        if states:
            if states == {"done"}:
                return "finished"
            return "approved" if states <= {"draft", "confirmed"} else "production"
        waiting = set(self.picking_ids.mapped("state")) - {"cancel", "done"}
        return "finished" if waiting == {"assigned"} else "approved"
