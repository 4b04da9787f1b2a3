"""The reels of a line as the operator's screen shows them."""

from odoo import fields, models

from odoo.addons.cantoneira_reel import reels
from odoo.addons.cantoneira_stock import arithmetic

#: So many reels are proposed for a paper.
PROPOSED = 4


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    def floor_read(self):
        """Also the unwinders with their reels, and reels to mount, first in first out."""
        row = super().floor_read()
        papers = self._floor_papers()
        mounts = self.machine_id.unwinder_ids.mount_id
        left = self._floor_left(mounts.lot_id)
        row["unwinders"] = [
            {
                "id": unwinder.id,
                "name": unwinder.display_name,
                "reel": unwinder._floor_row(papers, left),
            }
            for unwinder in self.machine_id.unwinder_ids
        ]
        row["papers"] = [self._floor_paper_row(paper, mounts, left) for paper in papers]
        return row

    def _floor_papers(self):
        needed = self.move_raw_ids.filtered(lambda move: move.state != "cancel").product_id
        return needed.filtered(lambda paper: paper._is_reel_paper())

    def _floor_left(self, found):
        """``{reel: kg}``: what is on these reels, less what this order's pieces took so far."""
        left = found._held_weights()
        if self.floor_state not in ("running", "paused"):
            return left
        for reel in set(self.reel_run_ids.filtered(lambda use: use.state == "open").lot_id):
            if reel in left:
                used = self._floor_by_recipe(reel)
                left[reel] = max(float(arithmetic.exact(left[reel]) - used), 0)
        return left

    def _floor_paper_row(self, paper, mounts, left):
        """What still has to be made of a paper, and the reels to take it from."""
        moves = self.move_raw_ids.filtered(
            lambda move: move.product_id == paper and move.state not in ("done", "cancel")
        )
        to_come = sum(moves.mapped("product_uom_qty")) - sum(moves.mapped("should_consume_qty"))
        mounted = mounts.lot_id.filtered(lambda reel: reel.product_id == paper)
        there = sum(left[reel] for reel in mounted)
        proposed = self._floor_proposal(paper, moves)
        held = proposed._held_weights()
        return {
            "id": paper.id,
            "name": paper.name,
            "to_come": max(to_come, 0),
            "missing": max(to_come - there, 0),
            "reels": [
                {
                    "id": reel.id,
                    "name": reel.name,
                    "weight": held[reel],
                    "metres": reel._metres_in(held[reel]),
                    "place": reel.location_id.name or "",
                }
                for reel in proposed
            ],
        }

    def _floor_proposal(self, paper, moves):
        """Reels nobody has mounted: what this order reserved or is first in first out."""
        if not moves:
            return self.env["stock.lot"]
        own = moves.move_line_ids.lot_id
        # sudo: as core when it reserves; what others reserved is left to them.
        quants = self.env["stock.quant"].sudo()._gather(paper, self.location_src_id)
        free = quants.filtered(
            lambda quant: (
                quant.lot_id
                and not quant.lot_id.workcenter_id
                and (quant.lot_id in own or quant.quantity > quant.reserved_quantity)
            )
        )
        return free.lot_id[:PROPOSED].with_env(self.env)


class Unwinder(models.Model):
    _inherit = "cantoneira.unwinder"

    def _floor_row(self, papers, left):
        """The reel on it, plain data; False without one."""
        mount = self.mount_id
        if not mount:
            return False
        reel = mount.lot_id
        return {
            "name": reel.name,
            "paper": reel.product_id.name,
            "weight": left[reel],
            "metres": reel._metres_in(left[reel]),
            "right": reel.product_id in papers,
            "blocked": (reel.reel_blocked and reel.blocked_reason) or "",
            "since": fields.Datetime.to_string(mount.date_start),
            "user": mount.user_id.name,
        }


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _metres_in(self, weight):
        """The metres in ``weight`` kg of this reel, to a decimetre."""
        metres = reels.metres_left(max(weight, 0), self._grams_per_metre())
        return float(arithmetic.round_half_up(metres, 1))
