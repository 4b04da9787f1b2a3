from odoo import api, models


class CantoneiraHome(models.AbstractModel):
    _inherit = "cantoneira.home"

    @api.model
    def _home_action(self):
        """Orders for who sells, what is to be invoiced for who bills."""
        for group, action in (
            ("cantoneira_sale.group_sales", "action_quotations"),
            ("cantoneira_sale.group_finance", "action_orders_to_invoice"),
        ):
            if self.env.user.has_group(group):
                return self.env["ir.actions.act_window"]._for_xml_id(f"cantoneira_sale.{action}")
        return super()._home_action()
