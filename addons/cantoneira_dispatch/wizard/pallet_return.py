from odoo import fields, models
from odoo.exceptions import UserError


class PalletReturn(models.TransientModel):
    """A pallet that was let out by mistake is here again, and why."""

    _name = "cantoneira.pallet.return"
    _description = "Pallet came back"

    package_id = fields.Many2one("stock.package", required=True, readonly=True, ondelete="cascade")
    reason = fields.Text(required=True)

    def action_return(self):
        """Forget that it left, keep who says so and why, and give it a new code.

        :raises UserError: when it never left, or its delivery is done: that is a return
        :raises AccessError: for who may not let pallets out either
        """
        self.ensure_one()
        pallet = self.package_id
        pallet._check_gatekeeper()
        picking = pallet.dispatch_picking_id
        if not self.reason.strip():
            raise UserError(self.env._("Say why the pallet came back."))
        if not pallet.gate_date:
            raise UserError(self.env._("%s has not left.", pallet.pallet_label))
        if picking.state == "done":
            raise UserError(
                self.env._(
                    "%(picking)s is delivered. What comes back from the customer is a return of it.",
                    picking=picking.name,
                )
            )
        left = pallet._gate_moment()
        # sudo: nobody types it; this is the way to it, for whom was checked above.
        pallet.sudo().write({"gate_date": False, "gate_user_id": False})
        message = self.env._(
            "%(pallet)s, which left at %(when)s, came back: %(reason)s",
            pallet=pallet.pallet_label,
            when=left,
            reason=self.reason,
        )
        picking.message_post(body=message, subtype_xmlid="mail.mt_note")
        pallet._gate_answer(pallet, "back", message)
        return {"type": "ir.actions.act_window_close"}
