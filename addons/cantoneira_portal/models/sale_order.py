"""What the customer sees of an order and does with it on the portal."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from odoo.addons.cantoneira_sale.models.sale_order_state import PRODUCTION_STATES

#: What an order goes through, in this order.
STEPS = [state for state, _label in PRODUCTION_STATES if state != "cancelled"]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # --------------------------------------------------------------- the page
    def _portal_steps(self):
        """What the portal shows of the production: a list of ``(label, done, current)``.

        Empty for what was cancelled: core's page says so.
        """
        self.ensure_one()
        if self.production_state not in STEPS:
            return []
        labels = dict(self._fields["production_state"]._description_selection(self.env))
        current = STEPS.index(self.production_state)
        return [
            (
                labels[state],
                place < current or state == "delivered" == self.production_state,
                place == current,
            )
            for place, state in enumerate(STEPS)
        ]

    def _promised_day(self):
        """The promised day where it was promised: whoever reads it elsewhere reads the same."""
        if not self.commitment_date:
            return False
        zone = self.user_id.tz or self.company_id.partner_id.tz or self.env.user.tz
        return fields.Datetime.context_timestamp(
            self.with_context(tz=zone), self.commitment_date
        ).date()

    def _is_waiting_for_us(self):
        """Accepted by the customer and not confirmed yet: the salesperson has an activity."""
        return bool(self.signature) and self.state in ("draft", "sent")

    # ------------------------------------------------------------- acceptance
    def _validate_order(self):
        """What was accepted on the portal and cannot be confirmed goes to the salesperson.

        Core would answer the customer with the sentence meant for the sales desk (what is short,
        what they owe) and forget the signature. Guarded by ``test_acceptance``.
        """
        for order in self:
            seller = order._seller()
            try:
                with self.env.cr.savepoint():
                    super(SaleOrder, order.with_context(lang=seller.lang))._validate_order()
            except UserError as refusal:
                order._tell_seller(seller, refusal)
        return None

    def _seller(self):
        """Who answers for the order inside: a salesperson, else who wrote it, else the admin."""
        candidates = self.user_id | self.team_id.user_id | self.create_uid
        inside = candidates.filtered(lambda user: user.active and not user.share)
        return inside[:1] or self.env.ref("base.user_admin")

    def _tell_seller(self, seller, refusal):
        """Leave the seller an activity: accepted by the customer, and why it is not confirmed."""
        texts = self.with_context(lang=seller.lang).env
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=seller.id,
            date_deadline=fields.Date.context_today(self),
            summary=texts._("Accepted by the customer, not confirmed"),
            note=plaintext2html(
                texts._(
                    "%(customer)s accepted %(order)s, and it could not be confirmed: %(reason)s",
                    customer=self.partner_id.display_name,
                    order=self.name,
                    reason=str(refusal),
                )
            ),
        )
