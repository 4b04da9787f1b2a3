"""Who at a customer's reads quotations, and who reads invoices."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

CONTACT_FIELDS = ("commercial_contact_id", "financial_contact_id")


class ResPartner(models.Model):
    _inherit = "res.partner"
    _rec_names_search = [
        "complete_name",
        "trade_name",
        "email",
        "ref",
        "vat",
        "company_registry",
    ]

    trade_name = fields.Char(
        "Trade name",
        help="Nome fantasia: what people call the company. Found when it is typed in a customer "
        "field; documents show the registered name.",
    )
    commercial_contact_id = fields.Many2one(
        "res.partner",
        "Commercial contact",
        domain="[('parent_id', '=', id)]",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        help="Quotations and orders are e-mailed to this contact instead of to the company.",
    )
    financial_contact_id = fields.Many2one(
        "res.partner",
        "Financial contact",
        domain="[('parent_id', '=', id)]",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        help="Invoices are e-mailed to this contact instead of to the company.",
    )

    @api.constrains("commercial_contact_id", "financial_contact_id", "parent_id")
    def _check_contacts(self):
        companies = self | self.search(["|", *((name, "in", self.ids) for name in CONTACT_FIELDS)])
        for partner in companies:
            for name in CONTACT_FIELDS:
                contact = partner[name]
                if contact and contact.parent_id != partner:
                    raise ValidationError(
                        self.env._(
                            "%(contact)s is not one of the contacts of %(company)s. Add the person "
                            "to its contacts first, or choose another one.",
                            contact=contact.name or contact.display_name,
                            company=partner.display_name,
                        )
                    )

    def _contact_for(self, field):
        """Return the contact that reads for these partners, themselves where there is none.

        Who is addressed as a person, or at an address of its own, keeps the mail. An archived
        contact or one without e-mail reads nothing.
        """
        readers = self.browse()
        for partner in self:
            # sudo: only who reads the mail of a document whose reader may see its customer; a
            # portal user sends no mail and sees no other contact than the one addressed.
            contact = partner.sudo()[field].sudo(False)
            reachable = contact.sudo().active and contact.sudo().email_normalized
            readers |= contact if reachable else partner
        return readers
