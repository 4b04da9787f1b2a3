from odoo import models

from .stock_lot_use import OPEN


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    def write(self, vals):
        """Who moves to another line leaves the reels that turn on the old one.

        Guarded by ``test_moved_to_another_line``.
        """
        result = super().write(vals)
        if vals.get("machine_id"):
            self._leave_reels_of_other_lines()
        return result

    def _leave_reels_of_other_lines(self):
        # sudo: whoever plans need not see reservations.
        reserved = self.env["stock.move.line"].sudo()
        reserved = reserved.search(
            [
                ("move_id.raw_material_production_id", "in", self.ids),
                ("lot_id.workcenter_id", "!=", False),
                ("state", "in", OPEN),
                ("picked", "=", False),
            ]
        )
        reserved.filtered(
            lambda line: (
                line.lot_id.workcenter_id != line.move_id.raw_material_production_id.machine_id
            )
        )._look_elsewhere()
