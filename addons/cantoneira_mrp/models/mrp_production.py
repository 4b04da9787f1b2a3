from odoo import api, fields, models
from odoo.exceptions import UserError


class MrpProduction(models.Model):
    """A manufacturing order of a profile: so many pieces of one length.

    Whoever creates one by hand promises its material, as an order does; orders that procurement
    makes were promised by what they are made for (``move_dest_ids``, or the context key
    ``promise_kept`` for callers that promised already).
    """

    _name = "mrp.production"
    _inherit = ["cantoneira.composite.input.mixin", "mrp.production"]

    _composite_quantity_field = "product_qty"
    _composite_follows_metres = True
    # A replenishment proposes metres; whoever confirms it decides the length.
    _composite_required = False

    # Backorders and splits have metres of their own, the pieces follow.
    piece_qty = fields.Integer(copy=False)
    # Core copies journal entries to backorders, which an operator may not even read.
    wip_move_ids = fields.Many2many(copy=False)
    raw_weight = fields.Float(
        "Materials (kg)",
        digits=(16, 3),
        min_display_digits=2,
        compute="_compute_raw_weight",
        help="Paper, glue and ink of this order together.",
    )

    # ---------------------------------------------------------------- pieces, weight, duration
    @api.depends("piece_qty", "piece_length_mm", "is_composite")
    def _compute_product_qty(self):
        """Metres while typing. Guarded by ``test_production``."""
        result = super()._compute_product_qty()
        for production in self:
            pieces, length = production.piece_qty, production.piece_length_mm
            if production.state not in (False, "draft") or not production.is_composite:
                continue
            if pieces > 0 and length > 0:
                production.product_qty = production._composite_quantity(pieces, length)
        return result

    @api.depends("move_raw_ids.product_qty", "move_raw_ids.state", "move_raw_ids.product_id")
    def _compute_raw_weight(self):
        for production in self:
            moves = production.move_raw_ids.filtered(lambda move: move.state != "cancel")
            production.raw_weight = moves._kilos("product_qty")

    def _get_move_finished_values(self, product_id, *args, **kwargs):
        """The bars that come out have the order's length. Guarded by ``test_production``."""
        values = super()._get_move_finished_values(product_id, *args, **kwargs)
        if product_id == self.product_id.id:
            values["piece_length_mm"] = self.piece_length_mm
        return values

    # ---------------------------------------------------------------- promise
    def action_confirm(self):
        """Check the measures and promise the material of what a person ordered by hand.

        Guarded by ``test_production``.
        """
        drafts = self.filtered(lambda order: order.is_composite and order.state == "draft")
        for production in drafts:
            production._check_measures(production.piece_qty, production.piece_length_mm)
            production._tell_length()
        if self.env.context.get("promise_kept"):
            return super().action_confirm()
        by_hand = drafts.filtered(lambda order: not order.move_dest_ids)
        # One after the other: what the first takes is not free for the second.
        for production in by_hand:
            production._promise_materials(production._open_needs())
            super(MrpProduction, production).action_confirm()
        if others := self - by_hand:
            super(MrpProduction, others).action_confirm()
        return True

    def _tell_length(self):
        """Core's form creates the finished move without what it does not show."""
        bars = self.move_finished_ids.filtered(
            lambda move: (
                move.product_id == self.product_id and move.piece_length_mm != self.piece_length_mm
            )
        )
        if bars:
            bars.piece_length_mm = self.piece_length_mm

    def _promise_materials(self, needs):
        """Promise ``{product: quantity}`` for this order, or raise what is missing."""
        self.ensure_one()
        warehouse = self.picking_type_id.warehouse_id
        self.env["cantoneira.availability"]._promise(self, needs, warehouse)

    def _open_needs(self):
        """``{product: quantity}`` that this order's open material lines ask for."""
        needs = {}
        for move in self.move_raw_ids.filtered(lambda move: move.state not in ("done", "cancel")):
            needs[move.product_id] = needs.get(move.product_id, 0) + move.product_qty
        return needs

    def _promise_growth(self, needs):
        """Promise what ``needs`` has more than this confirmed order already asks for."""
        self.ensure_one()
        confirmed = self.state in ("confirmed", "progress", "to_close")
        if not self.is_composite or not confirmed or self.env.context.get("promise_kept"):
            return
        asked = self._open_needs()
        growth = {product: need - asked.get(product, 0) for product, need in needs.items()}
        growth = {p: more for p, more in growth.items() if p.uom_id.compare(more, 0) > 0}
        if growth:
            self._promise_materials(growth)

    # ---------------------------------------------------------------- what the recipe asks for
    def _needs_for(self, metres):
        """``{product: quantity}`` that this order's own recipe asks for ``metres``."""
        kits = self.product_id._kits_in({self.product_id: self.bom_id}, self.company_id)
        needs = {}
        for product, need in self.product_id._recipe_needs(self.bom_id, metres, kits):
            needs[product] = needs.get(product, 0) + float(need)
        return needs

    def _demand_from_recipe(self, metres):
        """Set what the recipe's lines ask for ``metres``; core scales what it had rounded UP.

        :return: ``{stock.move: quantity}`` in each move's unit, of the moves it set.
        """
        self.ensure_one()
        bom = self.bom_id
        units = self.product_uom_id._compute_quantity(metres, bom.product_uom_id, round=False)
        exact = {}
        for move in self.move_raw_ids.filtered(lambda m: m.state not in ("done", "cancel")):
            line = move.bom_line_id
            if line.bom_id == bom and line.is_recipe_line and move.product_id == line.product_id:
                exact[move] = line._need(units / bom.product_qty)
        for move, quantity in exact.items():
            if move.product_uom.compare(move.product_uom_qty, quantity):
                move.product_uom_qty = quantity
            move.planned_qty = quantity
        return exact

    def _update_raw_moves(self, factor):
        """Ask the recipe again instead of scaling what was rounded. See ``test_resize_does_not_drift``."""
        update_info = super()._update_raw_moves(factor)
        if not self.bom_id.is_recipe:
            return update_info
        exact = self._demand_from_recipe(self.product_uom_id.round(self.product_qty * factor))
        return [(move, old, exact.get(move, new)) for move, old, new in update_info]

    def _link_bom(self, bom):
        """Ask the recipe again: core rounds one metre and multiplies. See ``test_outdated``."""
        result = super()._link_bom(bom)
        if bom.is_recipe and self.state not in ("draft", "done", "cancel"):
            self._demand_from_recipe(self.product_qty)
        return result

    def action_update_bom(self):
        """A heavier recipe needs more paper: promise it first. See ``test_outdated``."""
        for production in self:
            production._promise_growth(production._needs_for(production.product_qty))
        return super().action_update_bom()

    # ---------------------------------------------------------------- split and merge
    def _pre_action_split_merge_hook(self, merge=False, split=False):
        """Bars of different lengths are never one order. Guarded by ``test_split_merge``."""
        result = super()._pre_action_split_merge_hook(merge=merge, split=split)
        if merge and len(set(self.mapped("piece_length_mm"))) > 1:
            raise UserError(
                self.env._(
                    "Orders of different lengths cannot become one: %(orders)s.",
                    orders=", ".join(
                        f"{order.name} ({order.composite_label or order.product_qty})"
                        for order in self
                    ),
                )
            )
        return result

    def action_merge(self):
        """The merged order has the length of its parts. Guarded by ``test_split_merge``.

        What it needs was promised to them.
        """
        merged = self.with_context(merged_length_mm=self[:1].piece_length_mm, promise_kept=True)
        return super(MrpProduction, merged).action_merge()

    @api.model_create_multi
    def create(self, vals_list):
        """See :meth:`action_merge`."""
        if length := self.env.context.get("merged_length_mm"):
            vals_list = [{"piece_length_mm": length, **vals} for vals in vals_list]
        return super().create(vals_list)

    def _composite_subject(self):
        name = self.name if self.name and self.id else ""
        return " ".join(part for part in (name, super()._composite_subject()) if part)
