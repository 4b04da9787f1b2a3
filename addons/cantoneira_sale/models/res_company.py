from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    # A quotation binds for five days, not for core's thirty.
    quotation_validity_days = fields.Integer(default=5)
    credit_override = fields.Boolean(
        "Sales managers exceed the credit limit",
        help="Who may confirm in spite of a shortage may also confirm over the customer's credit "
        "limit, with a reason. Otherwise credit is released by finance.",
    )
    # The total is the sum of the amounts on the lines; core's default sums what they were before
    # rounding and loses cents on long orders.
    tax_calculation_rounding_method = fields.Selection(default="round_per_line")
    delivery_lead_days = fields.Integer(
        "Business days of delivery",
        default=2,
        help="Business days from the gate to the customer, where the carrier of an order says "
        "nothing else; part of the date that is promised.",
    )

    _delivery_lead_days_not_negative = models.Constraint(
        "CHECK (delivery_lead_days >= 0)",
        "The delivery takes zero business days or more.",
    )

    pallet_tare_kg = fields.Float(
        "Pallet tare (kg)",
        digits=(16, 3),
        default=10,
        help="What an empty pallet weighs: gross weight = goods + pallets.",
    )
    pallet_max_kg = fields.Float(
        "Largest load of a pallet (kg)",
        digits=(16, 3),
        default=1000,
        help="How many pallets an order takes is estimated from this.",
    )

    _pallet_weights_not_negative = models.Constraint(
        "CHECK (pallet_tare_kg >= 0 AND pallet_max_kg > 0)",
        "The tare of a pallet cannot be below zero, and its largest load must be above zero kg.",
    )
