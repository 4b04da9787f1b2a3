"""Over the customer's credit limit: asked for by who sells, released by finance with a reason."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .res_partner import CREDIT_GROUPS

RELEASE_GROUP = "cantoneira_terms.group_release_credit"
RELEASE_FIELDS = {
    "credit_release_state",
    "credit_released_amount",
    "credit_release_partner_id",
    "credit_release_user_id",
    "credit_release_reason",
}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    credit_release_state = fields.Selection(
        [("requested", "Release asked for"), ("released", "Released")],
        "Credit release",
        copy=False,
        readonly=True,
    )
    credit_released_amount = fields.Monetary("Credit released up to", copy=False, readonly=True)
    # For whom: a release does not follow the order to another customer.
    credit_release_partner_id = fields.Many2one("res.partner", copy=False, readonly=True)
    credit_release_user_id = fields.Many2one(
        "res.users", "Credit released by", copy=False, readonly=True
    )
    credit_release_reason = fields.Text("Reason of the release", copy=False, readonly=True)
    credit_alert = fields.Char(compute="_compute_credit_alert")
    has_credit_limit = fields.Boolean(
        related="partner_id.has_credit_limit", related_sudo=False, groups=CREDIT_GROUPS
    )
    credit_allowed = fields.Monetary(
        related="partner_id.credit_allowed", related_sudo=False, groups=CREDIT_GROUPS
    )
    credit_used = fields.Monetary(
        related="partner_id.credit_used", related_sudo=False, groups=CREDIT_GROUPS
    )
    credit_available = fields.Monetary(
        related="partner_id.credit_available", related_sudo=False, groups=CREDIT_GROUPS
    )

    @api.depends("amount_total", "partner_id", "state", "credit_released_amount")
    @api.depends_context("lang")
    def _compute_credit_alert(self):
        for order in self:
            asked = order.state in ("draft", "sent") and not order._has_credit_release()
            order.credit_alert = asked and order._over_credit_sentence()

    def _has_credit_release(self):
        """Whether finance released this order, for this customer and at least this amount."""
        return (
            self.credit_release_state == "released"
            and self.credit_release_partner_id == self.partner_id.commercial_partner_id
            and self.currency_id.compare_amounts(self.amount_total, self.credit_released_amount)
            <= 0
        )

    def _check_credit(self):
        """What finance released is not asked again. Guarded by ``test_credit``."""
        return None if self._has_credit_release() else super()._check_credit()

    def _refuse_credit(self, sentence):
        """Say who can help. Guarded by ``test_credit``."""
        if self.company_id.sudo().credit_override:  # sudo: a rule for every user
            return super()._refuse_credit(sentence)
        how = self.env._("Finance may release it: press “Ask for credit” on the order.")
        return super()._refuse_credit(f"{sentence}\n{how}")

    def action_request_credit(self):
        """Put the order on the list of finance."""
        self.check_access("write")
        for order in self:
            if sentence := order._over_credit_sentence():
                # sudo: nobody writes the release by hand; asking for it is who sells'.
                order.sudo().credit_release_state = "requested"
                order.message_post(body=self.env._("Credit asked for: %s", sentence))

    def _release_credit(self, reason):
        """Let this order pass up to its total, for its customer, for ``reason``."""
        if not self.env.user.has_group(RELEASE_GROUP):
            raise AccessError(
                self.env._(
                    "%s may not release credit. Ask someone with the role Finance.",
                    self.env.user.name,
                )
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the credit is released."))
        self.check_access("read")
        for order in self:
            sentence = order._over_credit_sentence() or ""
            # sudo: finance releases the credit of an order that it may otherwise not change.
            order.sudo().write(
                {
                    "credit_release_state": "released",
                    "credit_released_amount": order.amount_total,
                    "credit_release_partner_id": order.partner_id.commercial_partner_id.id,
                    "credit_release_user_id": self.env.uid,
                    "credit_release_reason": reason,
                }
            )
            order.sudo().message_post(
                author_id=self.env.user.partner_id.id,
                body=self.env._(
                    "Credit released for this order up to %(amount)s. Reason: %(reason)s. "
                    "%(situation)s",
                    amount=order._money(order.amount_total),
                    reason=reason.strip(),
                    situation=sentence,
                ),
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_release_is_finance_s(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Nobody writes a release by hand. Guarded by ``test_credit``."""
        self._check_release_is_finance_s(vals)
        return super().write(vals)

    def _check_release_is_finance_s(self, vals):
        if RELEASE_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._("Credit is released with the button “Release credit”, with a reason.")
            )
