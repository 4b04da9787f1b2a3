from odoo import models


class StockLot(models.Model):
    _name = "stock.lot"
    _inherit = ["stock.lot", "cantoneira.traced.mixin"]

    def _trace_domain(self):
        return [("lot_id", "in", self.ids)]

    def action_trace_orders(self):
        """The orders that were made with this reel."""
        return self._action_trace("order")
