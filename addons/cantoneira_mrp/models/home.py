from odoo import api, models


class CantoneiraHome(models.AbstractModel):
    _inherit = "cantoneira.home"

    @api.model
    def _home_action(self):
        """Operators begin at the shop floor, their manager with all orders."""
        user = self.env.user
        for group, action in (
            ("group_production_manager", "action_production_orders"),
            ("group_production", "action_shop_floor"),
        ):
            if user.has_group(f"cantoneira_mrp.{group}"):
                return self.env["ir.actions.act_window"]._for_xml_id(f"cantoneira_mrp.{action}")
        return super()._home_action()
