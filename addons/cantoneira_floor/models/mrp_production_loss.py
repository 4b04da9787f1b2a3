"""Losses of an order, by cause: what an operator weighs, and what is in scrapped pieces."""

import math

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_mrp.models.recipe_cost import COST_GROUP
from odoo.addons.cantoneira_stock.tools import format_number

from .floor_reason import CAUSES

#: More of one material at once is a slip of the finger.
MOST = 100_000


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    loss_ids = fields.One2many("cantoneira.production.loss", "production_id", "Losses")
    loss_weight = fields.Float(
        "Loss (kg)",
        digits="Product Unit",
        compute="_compute_loss",
        store=True,
        help="Of all materials.",
    )
    loss_value = fields.Monetary(
        "Loss (value)",
        currency_field="company_currency_id",
        compute="_compute_loss_value",
        store=True,
        groups=COST_GROUP,
        help="Of all materials, at the cost of the day.",
    )
    unexplained_weight = fields.Float(
        "Without a cause (kg)",
        digits="Product Unit",
        compute="_compute_unexplained_weight",
        help="Consumed − planned − losses, of all materials, once the order is done.",
    )

    @api.depends("loss_ids.weight")
    def _compute_loss(self):
        for order in self:
            order.loss_weight = sum(order.loss_ids.mapped("weight"))

    @api.depends("loss_ids.value")
    def _compute_loss_value(self):
        for order in self:
            order.loss_value = sum(order.loss_ids.mapped("value"))

    @api.depends("state", "move_raw_ids.consumption_difference_qty", "loss_weight")
    def _compute_unexplained_weight(self):
        for order in self:
            # Not its own total, which is rounded to the gram.
            difference = order.move_raw_ids._kilos("consumption_difference_qty")
            done = order.state == "done"
            order.unexplained_weight = difference - order.loss_weight if done else 0

    # ---------------------------------------------------------------- public
    def floor_loss(self, key, material_id, quantity, cause):
        """So much more of a material is lost.

        :param int material_id: id of a ``product.product`` of this order.
        :param quantity: in the unit of the material.
        :param str cause: ``startup``, ``trim``, ``splice`` or ``scrap``.
        :return: as :meth:`floor_read`.
        :raises UserError: a sentence; nothing is kept then.
        """
        return self._floor_once(
            key, "loss", lambda order: order._floor_loss(material_id, quantity, cause)
        )

    # ---------------------------------------------------------------- rows
    def _floor_loss(self, material_id, quantity, cause):
        self._floor_expect_begun()
        moves = self.move_raw_ids.filtered(lambda move: move.product_id.id == material_id)
        if not moves or isinstance(material_id, bool):
            raise UserError(self.env._("%(order)s: choose the material.", order=self.name))
        if not isinstance(cause, str) or cause not in dict(CAUSES):
            raise UserError(self.env._("%(order)s: choose a cause.", order=self.name))
        material = moves.product_id
        lost = self._floor_quantity(material, quantity)
        if not lost:
            raise UserError(
                self.env._("%(material)s: type how much was lost.", material=material.display_name)
            )
        self._floor_lose({material: lost}, cause)

    def _floor_lose(self, quantities, cause, scrap=None):
        """Keep ``{material: quantity}`` as lost."""
        # sudo: operators write losses here only, not by hand, and may not read their cost.
        self.env["cantoneira.production.loss"].sudo().create(
            [
                {
                    "production_id": self.id,
                    "material_id": material.id,
                    "machine_id": self.machine_id.id,
                    "cause": cause,
                    "scrap_id": scrap and scrap.id,
                    "user_id": self.env.uid,
                    "date": fields.Datetime.now(),
                    "quantity": quantity,
                }
                for material, quantity in quantities.items()
                if quantity
            ]
        )

    def _floor_lose_pieces(self, scrap):
        """Scrapped pieces hold what the recipe says, under the cause of their reason."""
        lost = {}
        for move in self.move_raw_ids.filtered(lambda move: move.state != "cancel"):
            material = move.product_id
            needed = move.product_uom._compute_quantity(
                scrap.metres * move.unit_factor, material.uom_id, round=False
            )
            lost[material] = material.uom_id.round(lost.get(material, 0) + needed)
        self._floor_lose(lost, scrap.reason_id.loss_cause, scrap)

    def _floor_lost(self):
        """``{material: quantity}`` of what this order lost so far."""
        lost = {}
        for loss in self.loss_ids:
            lost[loss.material_id] = lost.get(loss.material_id, 0) + loss.quantity
        return {material: material.uom_id.round(total) for material, total in lost.items()}

    def _floor_quantity(self, material, quantity):
        """``quantity`` as a tablet sent it, rounded to the unit of ``material``, or a sentence."""
        number = type(quantity) in (int, float) and math.isfinite(quantity)
        if not number or not 0 <= quantity <= MOST:
            raise UserError(
                self.env._(
                    "%(material)s: %(quantity)s is no quantity. Type a number from 0 to %(most)s.",
                    material=material.display_name,
                    quantity=quantity,
                    most=format_number(self.env, MOST),
                )
            )
        return material.uom_id.round(quantity)
