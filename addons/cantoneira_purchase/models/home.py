from odoo import api, models


class CantoneiraHome(models.AbstractModel):
    _inherit = "cantoneira.home"

    @api.model
    def _home_action(self):
        """Who buys and neither sells nor bills nor produces begins with what to buy."""
        if self._is_only_buyer():
            return self.env["cantoneira.purchase.plan"].action_open()
        return super()._home_action()

    @api.model
    def _is_only_buyer(self):
        user = self.env.user
        others = (
            "cantoneira_sale.group_sales",
            "cantoneira_sale.group_finance",
            "cantoneira_mrp.group_production",
            "cantoneira_stock.group_stock",
        )
        return user.has_group("cantoneira_purchase.group_buyer") and not any(
            user.has_group(group) for group in others
        )
