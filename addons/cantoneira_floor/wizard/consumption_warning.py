from odoo import fields, models


class ConsumptionWarning(models.TransientModel):
    _inherit = "mrp.consumption.warning"

    difference_reason_id = fields.Many2one(
        "cantoneira.floor.reason",
        "Reason of the difference",
        domain="[('kind', '=', 'difference')]",
    )

    def action_confirm(self):
        """Who closes in the ordinary form says why it differs, too. Guarded by ``test_form_asks``.

        Whether a reason is needed is asked when the orders are closed, whoever confirms.
        """
        wizard = self
        if self.difference_reason_id:
            wizard = self.with_context(difference_reason_id=self.difference_reason_id.id)
        return super(ConsumptionWarning, wizard).action_confirm()
