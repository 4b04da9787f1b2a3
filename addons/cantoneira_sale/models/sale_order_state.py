"""Where an order stands, computed from what happened to it and never typed."""

from datetime import UTC, datetime, time

from odoo import api, fields, models

PRODUCTION_STATES = [
    ("quotation", "Quotation"),
    ("approved", "Approved"),
    ("production", "In production"),
    ("finished", "Finished"),
    ("delivered", "Delivered"),
    ("cancelled", "Cancelled"),
]

#: Confirmed and not wholly delivered.
WAITING_STATES = ("approved", "production", "finished")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # The same states, in the words of this trade: core's Portuguese has another for a quotation.
    state = fields.Selection(
        selection_add=[("draft", "Quotation"), ("sent", "Quotation Sent"), ("sale", "Sales Order")]
    )
    production_state = fields.Selection(
        PRODUCTION_STATES,
        "Order state",
        compute="_compute_production_state",
        store=True,
        index=True,
        copy=False,
        group_expand="_expand_production_states",
        help="Quotation; approved when confirmed; in production once an order has started; finished "
        "when all is made (or, for resale goods only, reserved); delivered when all has left.",
    )

    is_late = fields.Boolean(
        "Late",
        compute="_compute_is_late",
        search="_search_is_late",
        help="The promised day has passed and not everything is delivered.",
    )

    @api.model
    def _expand_production_states(self, states, domain):
        """The columns of the board, always these and in this order; cancelled only where it is."""
        return [key for key, _label in PRODUCTION_STATES if key != "cancelled" or key in states]

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

    @api.depends("commitment_date", "production_state")
    def _compute_is_late(self):
        today = self._start_of_today()
        for order in self:
            promised = order.commitment_date
            waiting = order.production_state in WAITING_STATES
            order.is_late = bool(waiting and promised and promised < today)

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [
            ("production_state", "in", WAITING_STATES),
            ("commitment_date", "<", self._start_of_today()),
        ]

    @api.model
    def _start_of_today(self):
        """The user's midnight, in UTC: what is promised for today is not late yet."""
        midnight = datetime.combine(fields.Date.context_today(self), time.min)
        return self.env.tz.localize(midnight).astimezone(UTC).replace(tzinfo=None)
