from odoo import models

from odoo.addons.cantoneira_stock.models.product_template import PAPER


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """Papers move one after the other: receipts, consumption and counts of one never cross.

        Core makes a second row of stock when the first is being changed by somebody else, and
        both would pass a check of what is left. Guarded by ``test_one_after_the_other``; what came
        beyond tolerance by ``test_tolerance``, what the note said by ``test_noted``.
        """
        self._check_receipts(cancel_backorder)
        self._note_quantities(cancel_backorder)
        papers = self.product_id.filtered(lambda p: p.material_type == PAPER and p.is_storable)
        if papers:
            moves = self.filtered(lambda move: move.product_id in papers)
            for warehouse in (moves.location_id | moves.location_dest_id).warehouse_id.sorted("id"):
                self.env["cantoneira.promise.gate"]._pass(warehouse, papers)
        return super()._action_done(cancel_backorder=cancel_backorder)

    def _take_from_reels(self, kilos, manual=True):
        """This material line consumes exactly ``{reel: kg}``, from where each reel stands.

        What was only proposed makes room.

        :param bool manual: what pieces consume no longer follows (``manual_consumption``).
        """
        self.ensure_one()
        wanted = {}
        for reel, weight in kilos.items():
            for place, share in reel._weights_by_place(weight, self.location_id):
                wanted[reel, place] = share
        lines = {(line.lot_id, line.location_id): line for line in self.move_line_ids}
        kept = {key: line for key, line in lines.items() if wanted.get(key)}
        (self.move_line_ids - self.env["stock.move.line"].union(*kept.values())).unlink()
        for (reel, place), weight in wanted.items():
            line = kept.get((reel, place))
            if line:
                line.quantity = weight
            elif weight:
                values = self._prepare_move_line_vals(quantity=0)
                values.update(lot_id=reel.id, location_id=place.id, quantity=weight)
                self.env["stock.move.line"].create(values)
        self.move_line_ids.picked = True
        self.write({"manual_consumption": manual, "picked": True})
