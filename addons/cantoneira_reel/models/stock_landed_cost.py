from odoo import models


class StockLandedCost(models.Model):
    _inherit = "stock.landed.cost"

    def button_validate(self):
        """Freight that a buyer enters reaches the accounts where stock is valued at once.

        Core writes the journal entry with the rights of who presses the button. Guarded by
        ``test_freight_is_accounted``.
        """
        self.check_access("write")
        # sudo: buyers may enter freight and not journal entries; this one follows from it.
        return super(StockLandedCost, self.sudo()).button_validate()
