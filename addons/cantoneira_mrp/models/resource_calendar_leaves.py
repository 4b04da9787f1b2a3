"""Who plans the stops of a production line: they move what is promised to customers."""

from odoo import api, models
from odoo.exceptions import AccessError

PLANNERS = "cantoneira_mrp.group_production_manager,mrp.group_mrp_manager"


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        """Core lets any user change the days off of a machine. Guarded by ``test_who_plans_stops``."""
        leaves = super().create(vals_list)
        leaves._check_planner()
        return leaves

    def write(self, vals):
        """Neither a stop, nor what would be one. See ``test_who_plans_stops``."""
        self._check_planner()
        result = super().write(vals)
        self._check_planner()
        return result

    @api.ondelete(at_uninstall=False)
    def _check_planner(self):
        """:raises AccessError: when the user may not plan the line that these stop."""
        if self.env.su or self.env.user.has_groups(PLANNERS):
            return
        stops = self.filtered(
            # Times of work orders, which operators plan, are no leaves.
            lambda leave: (
                leave.time_type == "leave" and leave.resource_id.resource_type == "material"
            )
        )
        if stops:
            raise AccessError(
                self.env._(
                    "Only a production manager plans the stops of %(machines)s.",
                    machines=", ".join(sorted(set(stops.resource_id.mapped("name")))),
                )
            )
