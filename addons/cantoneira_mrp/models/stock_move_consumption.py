"""What a material line of a manufacturing order planned, consumed, and the difference."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number

from ..tools import is_weight, weight_unit
from .recipe_cost import COST_GROUP

STARTED = ("progress", "to_close", "done", "cancel")


class StockMove(models.Model):
    _inherit = "stock.move"

    planned_qty = fields.Float(
        "Planned",
        digits="Product Unit",
        compute="_compute_planned_qty",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        help="What the recipe asked for the pieces of this order, frozen when it starts.",
    )
    order_planned_qty = fields.Float(
        "Planned before split",
        digits="Product Unit",
        copy=False,
        help="What was planned for the whole order, when this is a part of it.",
    )
    consumed_qty = fields.Float("Consumed", digits="Product Unit", compute="_compute_consumed_qty")
    consumption_difference_qty = fields.Float(
        "Difference",
        digits="Product Unit",
        compute="_compute_consumption_difference",
        store=True,
        help="Consumed − planned, once the order is done.",
    )
    consumption_difference_value = fields.Monetary(
        "Difference (value)",
        currency_field="company_currency_id",
        compute="_compute_consumption_difference",
        store=True,
        groups=COST_GROUP,
        help="What the difference is worth, at the cost of the day.",
    )

    @api.depends("raw_material_production_id", "product_uom_qty")
    def _compute_planned_qty(self):
        """The plan follows demand until production starts; then it is a fact to compare with."""
        for move in self:
            production = move.raw_material_production_id
            if not production:
                move.planned_qty = 0
            elif production.state in STARTED:
                move.planned_qty = move.planned_qty
            else:
                move.planned_qty = move.product_uom_qty

    @api.depends("quantity", "picked", "state", "raw_material_production_id")
    def _compute_consumed_qty(self):
        for move in self:
            used = move.raw_material_production_id and move.picked and move.state != "cancel"
            move.consumed_qty = move._get_picked_quantity() if used else 0

    @api.depends("raw_material_production_id.state", "quantity", "picked", "planned_qty")
    def _compute_consumption_difference(self):
        for move in self:
            difference = arithmetic.exact(0)
            # Core cancels the line of what was not used at all.
            if move.raw_material_production_id.state == "done":
                difference = arithmetic.exact(move.consumed_qty) - arithmetic.exact(
                    move.planned_qty
                )
            product = move.product_id.with_company(move.company_id)
            in_own_unit = move.product_uom._compute_quantity(
                float(difference), product.uom_id, round=False
            )
            move.consumption_difference_qty = float(difference)
            move.consumption_difference_value = in_own_unit * product.standard_price

    def _kilos(self, field):
        """Sum of ``field`` over the lines that are weights, in kg. ``field`` is in their unit."""
        kilo, total = weight_unit(self.env), 0.0
        for move in self.filtered(lambda move: is_weight(move.product_uom)):
            unit = move.product_id.uom_id if field == "product_qty" else move.product_uom
            total += unit._compute_quantity(move[field], kilo, round=False)
        return total

    # ---------------------------------------------------------------- typed by a person
    def write(self, vals):
        """A consumed quantity that somebody typed stays: what pieces consume no longer follows.

        Core knows only what is typed in its own form. Guarded by ``test_typed_consumption``.
        """
        if "quantity" not in vals or "manual_consumption" in vals:
            return super().write(vals)
        typed = self.filtered(lambda move: move._is_typed_consumption(vals["quantity"]))
        if typed:
            super(StockMove, typed).write({**vals, "manual_consumption": True, "picked": True})
        if others := self - typed:
            super(StockMove, others).write(vals)
        return True

    def _is_typed_consumption(self, quantity):
        """Whether ``quantity``, about to be written, is not just what the pieces made consume."""
        production = self.raw_material_production_id
        if not production.is_composite or production.state in ("draft", "done", "cancel"):
            return False
        follows = self.env.context.get("pieces_follow")
        return not follows or self.product_uom.compare(quantity, self.should_consume_qty) != 0

    def _is_left_out(self):
        """Whether this line would be closed with nothing consumed, though nobody said so."""
        open_line = self.state not in ("done", "cancel") and self.product_uom_qty > 0
        return open_line and not self.picked and not self.manual_consumption

    # ---------------------------------------------------------------- plan
    def _plan_share(self, ratio):
        """Plan only ``ratio`` of what was planned, and remember the whole."""
        self._take_plan({move._plan_key(): (move, move.planned_qty) for move in self}, ratio)

    def _plan_key(self):
        """What a line and its part in a backorder have in common."""
        return (self.bom_line_id, self.product_id)

    def _take_plan(self, lines, ratio):
        """Take ``ratio`` of the plan of ``{plan key: (line it was for, planned)}``."""
        for move in self:
            line, planned = lines.get(move._plan_key(), (move, move.planned_qty))
            move.order_planned_qty = line.order_planned_qty or planned
            move.planned_qty = move.product_uom.round(planned * ratio)

    # ---------------------------------------------------------------- what is there
    def _check_in_stock(self):
        """Refuse to consume more than a reel holds, or than there is.

        :raises UserError: a sentence per reel or material with its numbers.
        """
        used = {}
        for move in self.filtered(lambda move: move.picked and move.product_id.is_storable):
            if move.state in ("done", "cancel"):
                continue
            for line in move.move_line_ids.filtered("picked"):
                key = (line.product_id, line.location_id, line.lot_id)
                used[key] = used.get(key, 0) + line.quantity_product_uom
        if not used:
            return
        held = self._on_hand({key[0] for key in used}, {key[1] for key in used})
        shortages = []
        for (product, location, lot), quantity in used.items():
            there = held.get((product, location, lot), 0)
            if product.uom_id.compare(quantity, there) > 0:
                shortages.append((product, lot, quantity, there))
        if shortages:
            raise UserError("\n".join(self._shortage_sentence(*each) for each in shortages))

    def _on_hand(self, products, locations):
        """``{(product, location, lot): quantity}``; without a lot, all that is untracked."""
        quants = self.env["stock.quant"]._read_group(
            [
                ("product_id", "in", [product.id for product in products]),
                ("location_id", "in", [location.id for location in locations]),
            ],
            ["product_id", "location_id", "lot_id"],
            ["quantity:sum"],
        )
        return {(product, location, lot): total for product, location, lot, total in quants}

    @api.model
    def _shortage_sentence(self, product, lot, consumed, on_hand):
        values = {
            "product": product.display_name,
            "lot": lot.name or "",
            "consumed": format_number(self.env, consumed, arithmetic.QUANTITY_DIGITS),
            "on_hand": format_number(self.env, on_hand, arithmetic.QUANTITY_DIGITS),
            "unit": product.uom_id.name,
        }
        if lot:
            return self.env._(
                "%(product)s: the reel %(lot)s holds %(on_hand)s %(unit)s, so %(consumed)s "
                "%(unit)s cannot have come from it. Weigh it again, count it, or consume from "
                "another reel.",
                **values,
            )
        return self.env._(
            "%(product)s: %(on_hand)s %(unit)s are in stock, so %(consumed)s %(unit)s cannot have "
            "been consumed. Weigh again, or count the stock first.",
            **values,
        )

    # ---------------------------------------------------------------- who waits
    def _documents_to_warn(self):
        """The order that consumes this material. Guarded by ``test_lost_cover``."""
        documents = super()._documents_to_warn()
        return documents + list(self.raw_material_production_id)
