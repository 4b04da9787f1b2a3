from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _mail_get_partners(self, introspect_fields=False):
        """Invoices are read by the customer's financial contact. Guarded by ``test_contacts``."""
        found = super()._mail_get_partners(introspect_fields=introspect_fields)
        for move in self.filtered(lambda move: move.is_sale_document(include_receipts=True)):
            found[move.id] = found[move.id]._contact_for("financial_contact_id")
        return found
