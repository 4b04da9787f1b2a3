from odoo import fields, models


class ConfirmOverride(models.TransientModel):
    """A manager confirms what the company's rules refuse, and says why."""

    _name = "cantoneira.confirm.override"
    _description = "Confirm with a reason"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    reason = fields.Text(required=True)

    def action_confirm(self):
        self.ensure_one()
        return self.order_id.with_context(shortage_override_reason=self.reason).action_confirm()
