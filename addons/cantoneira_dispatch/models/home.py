from odoo import api, models


class CantoneiraHome(models.AbstractModel):
    _inherit = "cantoneira.home"

    @api.model
    def _home_action(self):
        """Who only dispatches begins with what is to leave."""
        user = self.env.user
        if user.has_group("cantoneira_dispatch.group_dispatch") and not user.has_group(
            "cantoneira_stock.group_stock"
        ):
            return self.env["ir.actions.act_window"]._for_xml_id(
                "cantoneira_dispatch.action_dispatch"
            )
        return super()._home_action()
