from odoo import fields, models

#: Who reads what a customer may owe.
CREDIT_GROUPS = "cantoneira_sale.group_finance,cantoneira_sale.group_sales_manager"


class ResPartner(models.Model):
    _inherit = "res.partner"

    # sudo: computed for the groups below, who may not all read the accounts behind it.
    credit_allowed = fields.Monetary(
        "Limit of credit", compute="_compute_credit_used", compute_sudo=True, groups=CREDIT_GROUPS
    )
    credit_used = fields.Monetary(
        "Credit used",
        compute="_compute_credit_used",
        compute_sudo=True,
        groups=CREDIT_GROUPS,
        help="Open invoices and confirmed orders not invoiced yet.",
    )
    credit_available = fields.Monetary(
        "Credit available",
        compute="_compute_credit_used",
        compute_sudo=True,
        groups=CREDIT_GROUPS,
    )
    has_credit_limit = fields.Boolean(
        compute="_compute_credit_used", compute_sudo=True, groups=CREDIT_GROUPS
    )

    def _compute_credit_used(self):
        company = self.env.company
        if not company.account_use_credit_limit:
            self.has_credit_limit = False
            self.credit_allowed = self.credit_used = self.credit_available = 0
            return
        for partner in self:
            owner = partner.commercial_partner_id
            partner.has_credit_limit = bool(owner.credit_limit)
            partner.credit_allowed = partner.has_credit_limit and owner.credit_limit
            partner.credit_used = partner.has_credit_limit and (
                owner.credit + self.env["sale.order"]._ordered_not_invoiced(owner)
            )
            partner.credit_available = partner.credit_allowed - partner.credit_used
