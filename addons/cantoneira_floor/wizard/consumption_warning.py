from odoo import fields, models
from odoo.exceptions import UserError


class ConsumptionWarning(models.TransientModel):
    _inherit = "mrp.consumption.warning"

    difference_reason_id = fields.Many2one(
        "cantoneira.floor.reason",
        "Reason of the difference",
        domain="[('kind', '=', 'difference')]",
    )

    def action_confirm(self):
        """Who closes in the ordinary form says why it differs, too. Guarded by ``test_form_asks``.

        The form's button asks (context ``ask_reason``); programs may leave it out.
        """
        profiles = self.mrp_production_ids.filtered("is_composite")
        if self.difference_reason_id:
            profiles.difference_reason_id = self.difference_reason_id
        elif profiles and self.env.context.get("ask_reason"):
            raise UserError(self.env._("Choose the reason of the difference."))
        return super().action_confirm()
