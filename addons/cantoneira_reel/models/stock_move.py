from odoo import models

from odoo.addons.cantoneira_stock.models.product_template import PAPER


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """Papers move one after the other: receipts, consumption and counts of one never cross.

        Core makes a second row of stock when the first is being changed by somebody else, and
        both would pass a check of what is left. Guarded by ``test_one_after_the_other``; what came
        beyond tolerance by ``test_tolerance``.
        """
        self._check_receipts(cancel_backorder)
        papers = self.product_id.filtered(lambda p: p.material_type == PAPER and p.is_storable)
        if papers:
            moves = self.filtered(lambda move: move.product_id in papers)
            for warehouse in (moves.location_id | moves.location_dest_id).warehouse_id.sorted("id"):
                self.env["cantoneira.promise.gate"]._pass(warehouse, papers)
        return super()._action_done(cancel_backorder=cancel_backorder)
