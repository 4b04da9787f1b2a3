from odoo import api, fields, models

from .res_company import LESS_HELP, MORE_HELP, TOLERANCE_CHECK


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # Copied when the order is made: what is agreed with the customer tomorrow does not rewrite it.
    tolerance_less_percent = fields.Float(
        "Fewer pieces (%)",
        digits=(5, 2),
        compute="_compute_tolerance",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        tracking=True,
        help=LESS_HELP,
    )
    tolerance_more_percent = fields.Float(
        "More pieces (%)",
        digits=(5, 2),
        compute="_compute_tolerance",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        tracking=True,
        help=MORE_HELP,
    )
    has_tolerance = fields.Boolean(compute="_compute_has_tolerance")

    _tolerances = models.Constraint(
        TOLERANCE_CHECK, "A tolerance of pieces is from 0 (none) to 100 %."
    )

    @api.depends("partner_id", "company_id")
    def _compute_tolerance(self):
        for order in self:
            less, more = order.partner_id._piece_tolerance(order.company_id)
            order.tolerance_less_percent, order.tolerance_more_percent = less, more

    @api.depends("tolerance_less_percent", "tolerance_more_percent")
    def _compute_has_tolerance(self):
        for order in self:
            order.has_tolerance = bool(order.tolerance_less_percent or order.tolerance_more_percent)
