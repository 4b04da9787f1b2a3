from odoo import fields, models


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    delivery_lead_days = fields.Integer(
        "Business days of delivery",
        default=lambda self: self.env.company.delivery_lead_days,
        help="Business days from the gate to the customer; part of the date that is promised.",
    )

    _delivery_lead_days_not_negative = models.Constraint(
        "CHECK (delivery_lead_days >= 0)",
        "The delivery takes zero business days or more.",
    )
