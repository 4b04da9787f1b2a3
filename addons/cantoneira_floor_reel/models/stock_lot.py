"""A reel on a machine: what it really holds, and who else works with it."""

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_reel import reels
from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number


class StockLot(models.Model):
    _inherit = "stock.lot"

    mount_ids = fields.One2many("cantoneira.reel.mount", "lot_id", "On machines")

    def _pass(self):
        """Let two who work with the same reel at once collide: the second runs again, and sees.

        See ``cantoneira.promise.gate``: a lock alone would leave him with his old snapshot.
        """
        if self:
            self.env.cr.execute(
                "UPDATE stock_lot SET workcenter_id = workcenter_id WHERE id = ANY(%s)",
                [sorted(self.ids)],
            )

    def _held_weights(self):
        """``{reel: kg}`` on it now: its stock less what open orders were weighed to have taken."""
        taken = self.env["cantoneira.reel.run"]._read_group(
            [
                ("lot_id", "in", self.ids),
                ("state", "=", "weighed"),
                ("production_id.state", "not in", ("done", "cancel")),
            ],
            ["lot_id"],
            ["weight:sum"],
        )
        taken = dict(taken)
        return {
            reel: float(
                arithmetic.exact(reel.current_weight)
                - arithmetic.round_half_up(taken.get(reel, 0), reels.WEIGHT_DIGITS)
            )
            for reel in self
        }

    def _weigh(self, weight):
        """The scale says that ``weight`` is on this reel: the stock follows, within the limit.

        :raises UserError: when somebody else has to approve so large a difference.
        """
        self.ensure_one()
        held = self._held_weights()[self]
        difference = float(arithmetic.exact(weight) - arithmetic.exact(held))
        if not self.product_id.uom_id.compare(difference, 0):
            return
        if self.env.company._is_beyond_count_limit(self.product_id, difference):
            raise UserError(
                self.env._(
                    "%(reel)s: by the books %(held)s kg are on it, and the scale says "
                    "%(weight)s kg. Weigh it again, or let the storekeeper count it.",
                    reel=self.name,
                    held=format_number(self.env, held),
                    weight=format_number(self.env, weight),
                )
            )
        # sudo: an operator may not count; how far he may correct was checked above.
        reel = self.sudo()
        stock = arithmetic.exact(reel.current_weight) + arithmetic.exact(difference)
        reel._set_weight(float(stock), self.env._("Weighed at the machine"))

    def _mounts(self):
        """Where these reels are mounted now."""
        return self.env["cantoneira.reel.mount"].search(
            [("lot_id", "in", self.ids), ("date_end", "=", False)]
        )

    def _open_on(self, workcenter):
        """A reel that is taken off in whatever way leaves its unwinder. See ``test_taken_off``."""
        result = super()._open_on(workcenter)
        if not workcenter and (mounts := self._mounts()):
            held = mounts.lot_id._held_weights()
            for mount in mounts:
                # sudo: mounts are written here and on the operator's screen only.
                mount.sudo()._end(held[mount.lot_id])
        return result

    def _weigh_back(self, weight_kg, production=None, reason=None):
        """What is mounted is weighed back as on the operator's screen, whoever does it.

        Guarded by ``test_weighed_by_the_storekeeper``.
        """
        mount = self._mounts()
        if not mount or weight_kg < 0:
            return super()._weigh_back(weight_kg, production=production, reason=reason)
        self._pass()
        order = production or self.env["mrp.production"]
        if order and order not in mount.production_ids:
            mount._use_for(order)
        return mount._weigh_back(self.product_id.uom_id.round(weight_kg), order)

    def action_take_off(self):
        """It is no longer on the machine; what it holds is not weighed."""
        self.check_access("write")
        self._pass()
        self._open_on(self.env["mrp.workcenter"])
        return True
