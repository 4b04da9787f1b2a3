from odoo import api, models


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
        self._pass_gates()
        return super()._action_done(cancel_backorder=cancel_backorder)

    def _action_assign(self, force_qty=False):
        """Nor does who reserves a reel cross who mounts it. Guarded by ``test_started_while_mounted``."""
        self.filtered("raw_material_production_id")._pass_gates()
        return super()._action_assign(force_qty=force_qty)

    def _pass_gates(self):
        papers = self.product_id._stocked_papers()
        moves = self.filtered(lambda move: move.product_id in papers)
        papers._pass_gates(moves.location_id | moves.location_dest_id)

    # ---------------------------------------------------------------- which reels
    def _from_own_line(self):
        """``self``, to be given reels of the shelf or of its order's line, of no other line."""
        line = self.raw_material_production_id.machine_id
        if not line or self.product_id.tracking == "none":
            return self
        return self.with_context(reels_of_line=line.id)

    def _update_reserved_quantity_vals(
        self, need, location_id, lot_id=None, package_id=None, owner_id=None, strict=True
    ):
        """Reserved is what can run here. Guarded by ``test_other_line``."""
        return super(StockMove, self._from_own_line())._update_reserved_quantity_vals(
            need, location_id, lot_id, package_id, owner_id, strict
        )

    def _set_quantity_done_prepare_vals(self, qty):
        """So is what is consumed without anybody saying which reel. Guarded by ``test_other_line``."""
        return super(StockMove, self._from_own_line())._set_quantity_done_prepare_vals(qty)

    def _check_in_stock(self):
        """What was counted before a reel was free comes from one that is free now.

        Guarded by ``test_other_line``.
        """
        for move in self.filtered(lambda move: move.state not in ("done", "cancel")):
            unnamed = move.move_line_ids.filtered(lambda line: line.picked and not line.lot_id)
            if unnamed and move.product_id._is_reel_paper():
                unnamed._consume_elsewhere()
        return super()._check_in_stock()

    @api.model
    def _shortage_sentence(self, product, lot, consumed, on_hand):
        """Also which reels of this paper turn on machines. Guarded by ``test_other_line``."""
        sentence = super()._shortage_sentence(product, lot, consumed, on_hand)
        if lot or not product._is_reel_paper():
            return sentence
        # sudo: which reel is where is no secret of anybody who consumes this paper.
        mounted = (
            self.env["stock.lot"]
            .sudo()
            .search([("product_id", "=", product.id), ("workcenter_id", "!=", False)])
        )
        places = [f"{reel.name} ({reel.workcenter_id.name})" for reel in mounted]
        if not places:
            return sentence
        return (
            sentence
            + " "
            + self.env._(
                "On machines: %(reels)s. Weigh the reel back there to use it elsewhere.",
                reels=product._name_some(places),
            )
        )

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
