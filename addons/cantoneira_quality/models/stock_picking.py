from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _dispatch_holds(self):
        """What failed its quality report does not leave. Guarded by ``test_failed_is_held``."""
        # sudo: who lets goods out reads why they may not, not what was made.
        productions = self.sudo().move_ids.sale_line_id.production_ids
        return super()._dispatch_holds() + productions._quality_holds()
