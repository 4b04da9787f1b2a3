from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    # A quotation binds for five days, not for core's thirty.
    quotation_validity_days = fields.Integer(default=5)
    # The total is the sum of the amounts on the lines; core's default sums what they were before
    # rounding and loses cents on long orders.
    tax_calculation_rounding_method = fields.Selection(default="round_per_line")
