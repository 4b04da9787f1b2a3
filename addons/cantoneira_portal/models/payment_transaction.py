from odoo import models
from odoo.exceptions import UserError


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """What was paid and cannot be confirmed goes to the salesperson; the payment stands.

        Core would fail after the customer has paid. Guarded by ``test_acceptance``.
        """
        confirmed = self.env["sale.order"]
        for transaction in self:
            try:
                with self.env.cr.savepoint():
                    confirmed |= super(
                        PaymentTransaction, transaction
                    )._check_amount_and_confirm_order()
            except UserError as refusal:
                for order in transaction.sale_order_ids:
                    order._tell_seller(order._seller(), refusal)
        return confirmed
