from odoo import fields, models


class CreditRelease(models.TransientModel):
    """Finance lets an order pass that is over the customer's credit limit, and says why."""

    _name = "cantoneira.credit.release"
    _description = "Release credit"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    situation = fields.Char(compute="_compute_situation")
    reason = fields.Text(required=True)

    def _compute_situation(self):
        for release in self:
            release.situation = release.order_id._over_credit_sentence()

    def action_release(self):
        self.ensure_one()
        self.order_id._release_credit(self.reason)
