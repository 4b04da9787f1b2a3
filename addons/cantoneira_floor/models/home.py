from odoo import api, models


class CantoneiraHome(models.AbstractModel):
    _inherit = "cantoneira.home"

    @api.model
    def _home_action(self):
        """Whose first screen was the list of the shop floor begins at the line itself."""
        action = super()._home_action()
        shop_floor = self.env.ref("cantoneira_mrp.action_shop_floor")
        if action.get("id") != shop_floor.id:
            return action
        return self.env["ir.actions.client"]._for_xml_id("cantoneira_floor.action_operator")
