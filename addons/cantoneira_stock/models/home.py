from odoo import api, models


class CantoneiraHome(models.AbstractModel):
    """The first screen of the app, by what the user does."""

    _name = "cantoneira.home"
    _description = "First screen of Cantoneiras"

    @api.model
    def _home_action(self):
        """Return the action (a dict) of the user's first screen.

        Here: the alerts when there are any, else the materials. An addon with a role of its
        own extends this, answers for its role and leaves the rest to ``super()``.
        """
        alerts = self.env["product.template"].search_count(
            [("alert_level", "in", ("warning", "critical"))], limit=1
        )
        action = "action_stock_alerts" if alerts else "action_materials"
        return self.env["ir.actions.act_window"]._for_xml_id(f"cantoneira_stock.{action}")
