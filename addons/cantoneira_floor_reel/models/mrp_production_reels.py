"""Reels as an operator handles them: mounted, weighed back, each tap once."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.sql import escape_psql

from odoo.addons.cantoneira_floor.models.mrp_production_consumption import BEGUN
from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import clean_code


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    reel_run_ids = fields.One2many("cantoneira.reel.run", "production_id", "Reels used")

    # ---------------------------------------------------------------- public
    def floor_mount(self, key, unwinder_id, code, weight=False, anyway=False):
        """The reel with this number is on this unwinder now.

        :param str code: the reel's number, scanned or typed.
        :param weight: kilograms on the scale, when it was weighed; False: what the books say.
        :param bool anyway: the operator was told that the order needs another paper.
        :return: as :meth:`floor_read`; with ``mount_question`` where he has to be told first.
        """
        if anyway is not True and (asked := self._floor_one()._floor_wrong_paper(code)):
            question = {"text": asked, "unwinder": unwinder_id, "code": code, "weight": weight}
            return {**self.floor_read(), "mount_question": question}
        return self._floor_once(
            key, "mount", lambda order: order._floor_mount(unwinder_id, code, weight)
        )

    def floor_weigh_back(self, key, unwinder_id, weight):
        """The reel of this unwinder is taken off and weighs so many kilograms; 0: finished.

        What it held before and does not hold now is what this order consumed.
        """
        return self._floor_once(
            key, "weigh_back", lambda order: order._floor_weigh_back(unwinder_id, weight)
        )

    # ---------------------------------------------------------------- mount
    def _floor_mount(self, unwinder_id, code, weight):
        if self.floor_state not in ("waiting", *BEGUN):
            self._floor_refuse()
        unwinder = self._floor_unwinder(unwinder_id)
        reel = self._floor_reel(code)
        reel._pass()
        if unwinder.mount_id:
            raise UserError(unwinder._still_holds())
        self._floor_check_reel(reel)
        # False is no number, 0 is one.
        if weight is not False:
            reel._weigh(self._floor_quantity(reel.product_id, weight))
        reel._open_on(self.machine_id)
        # sudo: mounts are written here only, not by hand.
        self.env["cantoneira.reel.mount"].sudo().create(
            {
                "unwinder_id": unwinder.id,
                "lot_id": reel.id,
                "user_id": self.env.uid,
                "date_start": fields.Datetime.now(),
                "weight_in": reel._held_weights()[reel],
            }
        )
        if self.floor_state in BEGUN:
            self._floor_use_reels()

    def _floor_check_reel(self, reel):
        """A reel is on one unwinder, and comes from where this order takes its material."""
        if mounted := reel.mount_ids.filtered(lambda mount: not mount.date_end):
            raise UserError(
                self.env._(
                    "The reel %(reel)s is on %(machine)s, %(unwinder)s. Weigh it back there first.",
                    reel=reel.name,
                    machine=mounted.machine_id.name,
                    unwinder=mounted.unwinder_id.display_name,
                )
            )
        if reel.location_id and not reel.location_id._child_of(self.location_src_id):
            raise UserError(
                self.env._(
                    "The reel %(reel)s is in %(place)s, and %(order)s takes its paper from "
                    "%(stock)s. Move the reel first.",
                    reel=reel.name,
                    place=reel.location_id.display_name,
                    order=self.name,
                    stock=self.location_src_id.display_name,
                )
            )

    def _floor_use_reels(self):
        """From now on this order runs from the reels on its line."""
        mounts = self.machine_id.unwinder_ids.mount_id - self.reel_run_ids.mount_id
        mounts._use_for(self)

    def _floor_start(self):
        """It runs from what is mounted. Guarded by ``test_mounted_before``."""
        result = super()._floor_start()
        self._floor_use_reels()
        return result

    def _floor_resume(self):
        """So it does when another order ran meanwhile. Guarded by ``test_two_orders_one_reel``."""
        result = super()._floor_resume()
        self._floor_use_reels()
        return result

    # ---------------------------------------------------------------- weigh back
    def _floor_weigh_back(self, unwinder_id, weight):
        unwinder = self._floor_unwinder(unwinder_id)
        mount = unwinder.mount_id
        if not mount:
            raise UserError(
                self.env._(
                    "No reel is on %(unwinder)s. Look at it again.", unwinder=unwinder.display_name
                )
            )
        mount.lot_id._pass()
        mount._weigh_back(self._floor_quantity(mount.product_id, weight), self)

    def _floor_by_recipe(self, reel):
        """The kilograms of ``reel`` that this order's pieces need, as far as none were weighed."""
        move = self._floor_moves().filtered(lambda move: move.product_id == reel.product_id)[:1]
        found = move and move._reel_shares(self._floor_lost().get(reel.product_id, 0))
        if not found:
            # Not in the recipe, or typed: then nobody knows what is of this reel.
            return arithmetic.exact(0)
        known = move._reel_runs().filtered(lambda use: use.state != "open")._kilos()
        return arithmetic.exact(found[0].get(reel, 0)) - known.get(reel, 0)

    def _floor_take_weighed(self, paper):
        """The line of this paper consumes what its reels were weighed to have given."""
        move = self._floor_moves().filtered(lambda move: move.product_id == paper)[:1]
        weighed = self.reel_run_ids.filtered(
            lambda use: use.product_id == paper and use.state == "weighed"
        )
        kilos = weighed._kilos()
        if not move:
            if not any(kilos.values()):
                return
            move = self._floor_add_paper(paper)
        move._take_exactly(kilos)
        move.consumption_typed = False

    def _floor_add_paper(self, paper):
        """A line for a paper that the recipe does not have and that ran all the same."""
        values = self._get_move_raw_values(paper, 0, paper.uom_id)
        move = self.env["stock.move"].create(values)
        move._action_confirm(merge=False)
        return move

    # ---------------------------------------------------------------- finish
    def _floor_question(self):
        """What reels cannot have given is said before anything is asked. Guarded by ``test_more_than_a_reel_holds``."""
        if self.floor_state in BEGUN and self.pieces_producing:
            lost = self._floor_lost()
            for move in self._floor_moves():
                found = move._reel_shares(lost.get(move.product_id, 0))
                move._refuse_missing(found[1] if found else 0)
        return super()._floor_question()

    def _floor_is_told(self):
        return super()._floor_is_told() or bool(self.is_composite and self.reel_run_ids)

    def _post_inventory(self, cancel_backorder=False):
        """What reels gave that nobody weighed is known now. Guarded by ``test_by_recipe``."""
        result = super()._post_inventory(cancel_backorder=cancel_backorder)
        for order in self.filtered("reel_run_ids"):
            order._floor_close_uses()
        return result

    def _floor_close_uses(self):
        """Reels that are still on took what was consumed of them and not weighed."""
        known = self.reel_run_ids.filtered(lambda use: use.state != "open")._kilos()
        consumed = {}
        for line in self.move_raw_ids.filtered(lambda move: move.state == "done").move_line_ids:
            weight = arithmetic.exact(line.quantity_product_uom)
            consumed[line.lot_id] = consumed.get(line.lot_id, 0) + weight
        for use in self.reel_run_ids.filtered(lambda use: use.state == "open"):
            rest = consumed.get(use.lot_id, 0) - known.get(use.lot_id, 0)
            weight = use.product_id.uom_id.round(float(max(rest, 0)))
            # sudo: as in _floor_mount.
            use.sudo().write({"weight": weight, "state": "estimated"})

    # ---------------------------------------------------------------- cancel
    def _action_cancel(self):
        """What was weighed to be gone is gone, whatever becomes of the order.

        Guarded by ``test_cancelled_after_weighing``.
        """
        going = self.filtered(lambda order: order.state not in ("done", "cancel"))
        uses = going.reel_run_ids.filtered(lambda use: use.state == "weighed" and use.weight)
        result = super()._action_cancel()
        for use in uses:
            # sudo: no count of somebody's opinion, the scale said so when it was weighed back.
            reel = use.lot_id.sudo()
            left = arithmetic.exact(reel.current_weight) - arithmetic.exact(use.weight)
            why = self.env._("Used by %(order)s, cancelled", order=use.production_id.name)
            reel._set_weight(float(left), why)
        return result

    # ---------------------------------------------------------------- what is meant
    def _floor_unwinder(self, unwinder_id):
        """The unwinder of this order's line, nobody else working on it at this moment."""
        self._floor_check_turn()
        unwinder = self.machine_id.unwinder_ids.filtered(lambda each: each.id == unwinder_id)
        if not unwinder or isinstance(unwinder_id, bool):
            raise UserError(self.env._("%(order)s: choose the unwinder.", order=self.name))
        return unwinder

    def _floor_check_turn(self):
        """The reels of a line are those of the order that runs on it."""
        self.machine_id._pass_queue()
        others = self.search([*self._floor_domain(), ("machine_id", "=", self.machine_id.id)])
        others -= self
        if running := others.filtered(lambda order: order.floor_state == "running")[:1]:
            raise UserError(
                self.env._(
                    "%(machine)s is making %(order)s. Open that order to change its reels.",
                    machine=self.machine_id.name,
                    order=running.name,
                )
            )

    def _floor_reel(self, code):
        """The reel with this number; where two papers have it, the one this order needs."""
        if not (code := clean_code(code)):
            raise UserError(self.env._("Scan or type the number of the reel."))
        reels = self.env["stock.lot"].search(
            [
                ("name", "=ilike", escape_psql(code)),
                ("is_reel", "=", True),
                ("company_id", "in", (False, self.company_id.id)),
            ]
        )
        needed = self.move_raw_ids.product_id
        found = reels.filtered(lambda reel: reel.product_id in needed) or reels
        if not found:
            raise UserError(self.env._("There is no reel with the number %(code)s.", code=code))
        if len(found) > 1:
            raise UserError(
                self.env._(
                    "%(count)s reels have the number %(code)s. Choose one of the list.",
                    count=len(found),
                    code=code,
                )
            )
        return found

    def _floor_wrong_paper(self, code):
        """What to tell before a reel is mounted that this order does not need."""
        if self.floor_state not in ("waiting", *BEGUN):
            return ""
        reel = self._floor_reel(code)
        needed = self.move_raw_ids.product_id.filtered(lambda paper: paper._is_reel_paper())
        if reel.product_id in needed:
            return ""
        return self.env._(
            "WRONG PAPER: the reel %(reel)s is %(paper)s. %(order)s needs %(needed)s.",
            reel=reel.name,
            paper=reel.product_id.name,
            order=self.name,
            needed=needed._name_some(needed.mapped("name")) or self.env._("no paper"),
        )
