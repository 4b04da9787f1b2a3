from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _mail_get_partners(self, introspect_fields=False):
        """Quotations are read by the customer's commercial contact. Guarded by ``test_contacts``.

        Here and not in the template: the recipient also gets the link to the portal.
        """
        found = super()._mail_get_partners(introspect_fields=introspect_fields)
        return {
            order_id: partners._contact_for("commercial_contact_id")
            for order_id, partners in found.items()
        }
