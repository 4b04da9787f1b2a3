"""A paper of an order that is consumed from the reels on the machine."""

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_reel.reels import first_in_first_out
from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number

from ..sharing import share_evenly


class StockMove(models.Model):
    _inherit = "stock.move"

    consumption_typed = fields.Boolean(
        copy=False, help="Somebody typed the kilograms; reels weighed later count again."
    )

    # ---------------------------------------------------------------- what comes from which
    def _reel_runs(self):
        self.ensure_one()
        uses = self.raw_material_production_id.reel_run_ids
        return uses.filtered(lambda use: use.product_id == self.product_id)

    def _is_typed(self, weighed):
        """Whether somebody said how much was consumed, other than by the scale."""
        if not (self.manual_consumption and self.picked):
            return False
        known = float(sum(weighed.values()))
        other = self.product_uom.compare(self._get_picked_quantity(), known)
        return self.consumption_typed or other != 0

    def _reel_shares(self, lost, typed=None):
        """What finishing now takes from which reel.

        What was weighed; and the rest of the recipe's need and of what was ``lost``, or of what
        somebody ``typed``: for pieces made before any reel was on, first in first out, and for the
        others evenly from the reels that were not weighed.

        :return: ``({reel: kg}, missing kg)``, exact; None where reels say nothing about this line.
        """
        uses = self._reel_runs()
        if not uses:
            return None
        on = uses.filtered(lambda use: use.state == "open").lot_id
        kilos = (uses - uses.filtered(lambda use: use.state == "open"))._kilos()
        total = typed
        if typed is None:
            if self._is_typed(kilos):
                return None
            total = arithmetic.exact(self.should_consume_qty) + arithmetic.exact(lost)
        rest = max(arithmetic.exact(total) - sum(kilos.values()), arithmetic.exact(0))
        early = min(self._needed_before(uses), rest)
        taken, left = first_in_first_out(self._reels_before(uses), early)
        # Who weighed every reel back said all; who typed more means those reels.
        giving = on if on or typed is None else uses.lot_id
        shares, missing = share_evenly(giving._held_weights().items(), rest - early + left)
        for reel, share in (*taken, *shares.items()):
            kilos[reel] = kilos.get(reel, 0) + share
        return kilos, missing if giving else left

    def _needed_before(self, uses):
        """The kilograms that the recipe needs for what was made before the first reel was on."""
        metres = min(uses.mapped("metres_before"))
        return arithmetic.round_half_up(metres * self.unit_factor, arithmetic.QUANTITY_DIGITS)

    def _reels_before(self, uses):
        """``[(reel, kg)]``: reels that nobody has on a machine, first in first out."""
        own = {(line.lot_id, line.location_id): line.quantity for line in self.move_line_ids}
        # sudo: as core when it reserves; what others reserved is left to them.
        quants = self.env["stock.quant"].sudo()._gather(self.product_id, self.location_id)
        unit = self.product_id.uom_id
        return [
            (
                quant.lot_id.with_env(self.env),
                unit.round(
                    quant.quantity
                    - quant.reserved_quantity
                    + own.get((quant.lot_id, quant.location_id), 0)
                ),
            )
            for quant in quants
            if quant.lot_id and not quant.lot_id.workcenter_id and quant.lot_id not in uses.lot_id
        ]

    # ---------------------------------------------------------------- the shop floor's hooks
    def _floor_consumed(self, lost):
        found = self._reel_shares(lost)
        if found is None:
            return super()._floor_consumed(lost)
        kilos, missing = found
        return self.product_uom.round(float(sum(kilos.values()) + missing))

    def _floor_apply(self, material):
        found = self._reel_shares(material.lost)
        if found is None:
            return super()._floor_apply(material)
        kilos, missing = found
        self._refuse_missing(missing)
        return self._take_exactly(kilos, manual=self.manual_consumption)

    def _floor_type(self, quantity):
        """Typed kilograms come from the reels on the machine, where there are any."""
        uses = self._reel_runs()
        if not uses:
            return super()._floor_type(quantity)
        weighed = sum(uses.filtered(lambda use: use.state != "open")._kilos().values())
        if arithmetic.exact(quantity) < weighed:
            raise UserError(
                self.env._(
                    "%(material)s: %(weighed)s kg were weighed already, so %(typed)s kg cannot be "
                    "all that was consumed.",
                    material=self.product_id.display_name,
                    weighed=format_number(self.env, weighed),
                    typed=format_number(self.env, quantity),
                )
            )
        kilos, missing = self._reel_shares(0, typed=quantity)
        self._refuse_missing(missing)
        self._take_exactly(kilos)
        self.consumption_typed = True
        return None

    def _take_exactly(self, kilos, manual=True):
        unit = self.product_id.uom_id
        rounded = {reel: unit.round(float(kg)) for reel, kg in kilos.items()}
        return self._take_from_reels(rounded, manual=manual)

    def _refuse_missing(self, missing):
        """Reels cannot give what they do not hold."""
        if self.product_id.uom_id.compare(float(missing), 0) <= 0:
            return
        names = self._reel_runs().lot_id.mapped("name")
        raise UserError(
            self.env._(
                "%(material)s: the reels that ran (%(reels)s) do not hold so much, %(missing)s kg "
                "are missing. Mount the reel that ran after them, or type what was consumed.",
                material=self.product_id.display_name,
                reels=self.product_id._name_some(names),
                missing=format_number(self.env, missing),
            )
        )
