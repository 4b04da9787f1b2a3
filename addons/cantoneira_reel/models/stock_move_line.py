"""Nothing comes from a blocked reel, nor more than is there; a reel knows what it weighed."""

from odoo import fields, models
from odoo.exceptions import UserError

from .stock_lot_use import OPEN

#: Where paper goes when it is used; elsewhere a blocked reel may be taken.
USED = ("production", "customer")


def _reel_and_place(line):
    return line.lot_id, line.location_id


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _action_done(self):
        """See the module. Guarded by ``test_blocked``, ``test_no_negative``, ``test_first_weight``,
        ``test_moved_while_it_runs``.
        """
        moving = self.filtered(lambda line: line.product_uom_id.compare(line.quantity, 0) > 0)
        moving._check_not_blocked()
        moving._take_along()
        sources = moving._paper_sources()
        moving.lot_id._remember_first_weight()
        result = super()._action_done()
        self._check_not_negative(sources)
        self.exists()._note_first_weight()
        return result

    def _check_not_blocked(self):
        for line in self:
            if line.lot_id.reel_blocked and line.location_dest_id.usage in USED:
                raise UserError(
                    self.env._(
                        "The reel %(reel)s of %(paper)s is blocked (%(reason)s), so nothing can be "
                        "taken from it. Choose another reel, or have it unblocked.",
                        reel=line.lot_id.name,
                        paper=line.product_id.display_name,
                        reason=line.lot_id.blocked_reason,
                    )
                )

    def _look_elsewhere(self):
        """What these lines reserve is reserved of other reels, as far as there are any."""
        moves = self.move_id
        self.unlink()
        moves._action_assign()

    def _consume_elsewhere(self):
        """What these lines, of one movement, consume comes from the reels that are free now."""
        move = self.move_id
        consumed = move.quantity
        self.unlink()
        move._set_quantity_done(consumed)
        move.move_line_ids.picked = True

    # ---------------------------------------------------------------- reels that move
    def _take_along(self):
        """What orders counted of a reel that goes to another place is taken from it there.

        Core gives back only what nobody counted; the rest stayed reserved of an empty place, and
        could never be consumed.
        """
        going = self.filtered(
            lambda line: (
                line.lot_id.is_reel
                and line.location_id.usage == line.location_dest_id.usage == "internal"
            )
        ).grouped(_reel_and_place)
        if not going:
            return
        # sudo: orders that the storekeeper need not see.
        there = self.sudo().search(
            [
                ("lot_id", "in", [reel.id for reel, _place in going]),
                ("location_id", "in", [place.id for _reel, place in going]),
                ("state", "in", OPEN),
                ("picked", "=", True),
                ("move_id.raw_material_production_id", "!=", False),
            ]
        )
        for key, lines in there.grouped(_reel_and_place).items():
            if gone := going.get(key):
                lines._follow(gone)

    def _follow(self, gone):
        """These lines, of one reel and place, follow ``gone``, of the same, if not enough stays."""
        quants = self.env["stock.quant"]._gather(
            gone.product_id, gone.location_id, lot_id=gone.lot_id, strict=True
        )
        left = sum(quants.mapped("quantity")) - sum(gone.mapped("quantity_product_uom"))
        if gone.product_id.uom_id.compare(left, sum(self.mapped("quantity_product_uom"))) >= 0:
            return
        place = gone[-1:].location_dest_id
        for line in self:
            if place._child_of(line.move_id.location_id):
                line.location_id = place
            else:
                # Out of reach: as when it had never been there.
                line._consume_elsewhere()

    # ---------------------------------------------------------------- no negative
    def _paper_sources(self):
        """``{(product, location, lot): kg}`` of what these lines take from stock of papers."""
        taken = {}
        guarded = {company: self.product_id._guarded_papers(company) for company in self.company_id}
        for line in self:
            stocked = not line.location_id.should_bypass_reservation()
            if stocked and line.product_id in guarded[line.company_id]:
                key = (line.product_id, line.location_id, line.lot_id)
                taken[key] = taken.get(key, 0) + line.quantity_product_uom
        return taken

    def _check_not_negative(self, taken):
        """Refuse what left less than nothing where it was ``taken`` from."""
        if not taken:
            return
        moves = self.env["stock.move"]
        # sudo: whether something is left does not depend on who may see it.
        left = moves.sudo()._on_hand({key[0] for key in taken}, {key[1] for key in taken})
        sentences = [
            moves._shortage_sentence(
                product, lot, quantity, left[product, location, lot] + quantity
            )
            for (product, location, lot), quantity in taken.items()
            if product.uom_id.compare(left.get((product, location, lot), 0), 0) < 0
        ]
        if sentences:
            raise UserError("\n".join(sentences))

    # ---------------------------------------------------------------- first weight
    def _note_first_weight(self):
        """A reel that came for the first time weighs what came, since now, from whom."""
        arrived = {}
        for line in self.filtered(lambda line: line.lot_id.is_reel):
            came = line.location_id.usage not in ("internal", "transit")
            if came and line.location_dest_id.usage == "internal":
                arrived.setdefault(line.lot_id, []).append(line)
        for reel, lines in arrived.items():
            if not reel.initial_weight:
                picking = lines[0].picking_id
                reel.write(
                    {
                        "initial_weight": sum(line.quantity_product_uom for line in lines),
                        "received_date": fields.Datetime.now(),
                        "vendor_id": picking.picking_type_code == "incoming"
                        and picking.partner_id.commercial_partner_id.id,
                        "receipt_id": picking.id,
                    }
                )
