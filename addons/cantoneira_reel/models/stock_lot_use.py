"""What people do with a reel: block it, mount it, weigh it back, move it."""

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock.tools import format_number

from .. import reels

OPEN = ("confirmed", "partially_available", "assigned", "waiting")


class StockLot(models.Model):
    _inherit = "stock.lot"

    # ---------------------------------------------------------------- blocked
    def _block(self, reason):
        """Take these reels out of what may be promised, reserved and consumed.

        What open orders had reserved of them is looked for elsewhere; who loses cover is told.
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._(
                    "Say why %(reels)s must not be used.",
                    reels=self.env["product.product"]._name_some(self.mapped("name")),
                )
            )
        reels_to_block = self.filtered(lambda lot: lot.is_reel and not lot.reel_blocked)
        with self._watch_cover(self.env._("Reels were blocked (%(reason)s)", reason=reason)):
            reels_to_block.write({"reel_blocked": True, "blocked_reason": reason})
            reels_to_block._give_reservations_back(
                [("location_dest_id.usage", "not in", ("internal", "transit", "supplier"))]
            )

    def _give_reservations_back(self, domain):
        """What open orders had reserved of these reels, where ``domain`` says, is looked for elsewhere."""
        # sudo: reservations of orders that the user need not see.
        lines = self.env["stock.move.line"].sudo()
        reserved = lines.search(
            [
                ("lot_id", "in", self.ids),
                ("state", "in", OPEN),
                ("picked", "=", False),
                *domain,
            ]
        )
        reserved._look_elsewhere()

    def _unblock(self):
        self.filtered("reel_blocked").write({"reel_blocked": False, "blocked_reason": False})
        self._forget_free()

    def action_unblock(self):
        """The button."""
        self._unblock()
        return True

    def _watch_cover(self, why):
        """A block in which the orders that lose the paper of these reels are told ``why``."""
        # sudo: where the reels are, whatever places the user sees.
        warehouses = self.sudo().quant_ids.location_id.warehouse_id
        self._forget_free()
        return self.env["cantoneira.availability"]._watch_cover(self.product_id, warehouses, why)

    def _forget_free(self):
        """What is free is computed again: a blocked reel changes it and no quantity."""
        self.env["product.template"].invalidate_model(["free_to_promise_qty", "alert_level"])

    # ---------------------------------------------------------------- machine
    def _open_on(self, workcenter):
        """This reel is mounted on ``workcenter``; falsy: it is taken off.

        What orders of other lines had reserved of it is looked for elsewhere, also of one that
        starts at this instant: see ``test_mounted_while_started``.

        :raises UserError: when it is blocked, empty, or on another machine.
        """
        if workcenter:
            # sudo: where the reel is, whatever places the user sees.
            self.product_id._pass_gates(self.sudo().quant_ids.location_id)
        for reel in self:
            values = {"reel": reel.name, "machine": reel.workcenter_id.display_name or ""}
            if workcenter and reel.reel_blocked:
                raise UserError(
                    self.env._(
                        "The reel %(reel)s is blocked: %(reason)s.",
                        reason=reel.blocked_reason,
                        **values,
                    )
                )
            if workcenter and reel.product_id.uom_id.compare(reel.current_weight, 0) <= 0:
                raise UserError(
                    self.env._("Nothing is left on the reel %(reel)s. Count it first.", **values)
                )
            if workcenter and reel.workcenter_id not in (workcenter, reel.workcenter_id.browse()):
                raise UserError(
                    self.env._(
                        "The reel %(reel)s is on %(machine)s. Weigh it back there first.", **values
                    )
                )
        self.workcenter_id = workcenter
        if workcenter:
            self._give_reservations_back(
                [
                    (
                        "move_id.raw_material_production_id.machine_id",
                        "not in",
                        (False, workcenter.id),
                    )
                ]
            )

    def _weigh_back(self, weight_kg, production=None, reason=None):
        """This reel came back from the machine and weighs ``weight_kg``.

        :param production: the order (``mrp.production``, not done) that consumed what is missing;
            the weight becomes its consumption of this reel. None: the stock follows the scale at
            once, as a count with ``reason``.
        :return: the kilograms that were consumed.
        :raises UserError: below zero, or more than the reel held.
        """
        self.ensure_one()
        unit = self.product_id.uom_id
        held, weight = self.current_weight, unit.round(weight_kg)
        if weight < 0 or unit.compare(weight, held) > 0:
            raise UserError(
                self.env._(
                    "%(reel)s held %(held)s kg, so it cannot weigh %(weight)s kg now. Weigh it "
                    "again, or count it.",
                    reel=self.name,
                    held=format_number(self.env, held, reels.WEIGHT_DIGITS),
                    weight=format_number(self.env, weight, reels.WEIGHT_DIGITS),
                )
            )
        consumed = float(reels.exact(held) - reels.exact(weight))
        if production:
            production._consume_reel(self, consumed)
        elif unit.compare(consumed, 0):
            self._set_weight(weight, reason or self.env._("Weighed back"))
        self._open_on(self.env["mrp.workcenter"])
        return consumed

    def _weights_by_place(self, weight_kg, location):
        """``[(place, kg)]``: from where ``weight_kg`` of this reel come, inside ``location``.

        More than there is comes from the last place; who posts it is refused.
        """
        # sudo: as current_weight.
        quants = self.sudo().quant_ids.filtered(
            lambda quant: quant.quantity > 0 and quant.location_id._child_of(location)
        )
        places = [(quant.location_id.with_env(self.env), quant.quantity) for quant in quants]
        taken, missing = reels.first_in_first_out(places, weight_kg)
        if missing:
            place, share = taken.pop() if taken else (location, reels.exact(0))
            taken.append((place, share + missing))
        return [(place, float(share)) for place, share in taken]

    def _set_weight(self, weight_kg, reason):
        """Count this reel: it weighs ``weight_kg`` where it stands, for ``reason``."""
        # sudo: the quant is found wherever it is; it is written as the user, in inventory mode.
        places = self.sudo().quant_ids.filtered(
            lambda quant: quant.location_id.usage == "internal" and quant.quantity
        )
        if len(places) != 1:
            raise UserError(
                self.env._(
                    "%(reel)s is in %(count)s places, so it cannot be weighed as one. Count it "
                    "place by place.",
                    reel=self.name,
                    count=len(places),
                )
            )
        quant = places.with_env(self.env).with_context(inventory_mode=True, inventory_name=reason)
        quant.inventory_quantity = weight_kg
        quant.with_context(inventory_name=reason)._apply_inventory()

    # ---------------------------------------------------------------- screens
    def action_weigh_back(self):
        """Ask what the scale says, and which order used what is missing."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Weigh back"),
            "res_model": "cantoneira.reel.weigh",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_lot_id": self.id},
        }

    def action_move(self):
        """Ask where to; a reel that is in several places has to be moved place by place."""
        self.ensure_one()
        places = self.quant_ids.filtered(
            lambda quant: quant.location_id.usage == "internal" and quant.quantity > 0
        )
        if len(places) != 1:
            raise UserError(
                self.env._(
                    "%(reel)s is in %(count)s places. Move it from where it stands, under Where.",
                    reel=self.name,
                    count=len(places),
                )
            )
        return places.action_move_stock()

    def action_movements(self):
        """What happened to this reel."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cantoneira_stock.action_movements")
        return {
            **action,
            "domain": [("lot_id", "in", self.ids)],
            "context": {"search_default_done": 1, "create": 0},
        }


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    def _consume_reel(self, reel, quantity):
        """What this order took from ``reel``, weighed; what pieces consume no longer follows."""
        self.ensure_one()
        move = self.move_raw_ids.filtered(
            lambda move: move.product_id == reel.product_id and move.state not in ("done", "cancel")
        )[:1]
        if not move:
            raise UserError(
                self.env._(
                    "%(order)s needs no %(paper)s, so it cannot have consumed the reel %(reel)s.",
                    order=self.name,
                    paper=reel.product_id.display_name,
                    reel=reel.name,
                )
            )
        kilos = {}
        if move.manual_consumption:
            for line in move.move_line_ids.filtered("picked"):
                kilos[line.lot_id] = kilos.get(line.lot_id, 0) + line.quantity
        move._take_from_reels({**kilos, reel: quantity})
