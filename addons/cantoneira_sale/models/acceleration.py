"""Where a sale opens a batch: see ``cantoneira_stock/models/acceleration.py``."""

from odoo import models

from odoo.addons.cantoneira_stock.models.acceleration import batch


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_confirm(self):
        """Confirm in one batch. See ``test_acceleration``."""
        with batch(self.env):
            return super().action_confirm()
