"""Pieces of a line that are taken from surplus instead of being made."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number

CLOSED = ("done", "cancel")


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    surplus_piece_qty = fields.Integer(
        "From surplus",
        compute="_compute_surplus_piece_qty",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        help="Pieces of this line to be taken from surplus of its length; the rest is made. "
        "Reserved when the order is confirmed.",
    )
    surplus_free_pieces = fields.Integer(
        "In surplus",
        compute="_compute_surplus_free_pieces",
        help="Free pieces of this profile and this length in the order's warehouse.",
    )

    @api.depends("product_id", "piece_length_mm")
    def _compute_surplus_piece_qty(self):
        """Surplus is of one profile and one length: of another there may be none."""
        for line in self:
            # What is reserved is given back by ``_fit_taken``.
            line.surplus_piece_qty = line.surplus_piece_qty if line.state == "sale" else 0

    @api.depends("product_id", "piece_length_mm", "order_id.warehouse_id", "state")
    def _compute_surplus_free_pieces(self):
        """One query for all lines that can have surplus, none where there is no length."""
        self.surplus_free_pieces = 0
        lines = self.filtered(
            lambda line: line.is_composite and line.piece_length_mm and line.state != "cancel"
        )
        if lines:
            surplus = self.env["cantoneira.surplus"]
            free = surplus._free(lines.product_id._origin, lines.order_id.warehouse_id._origin)
            for line in lines:
                line.surplus_free_pieces = free.get(line._surplus_key(), 0)

    def _surplus_key(self):
        """What surplus this line could take: of no other profile, length or warehouse."""
        return (
            self.product_id._origin.id,
            self.piece_length_mm,
            self.order_id.warehouse_id._origin.id,
        )

    @api.constrains("surplus_piece_qty", "piece_qty")
    def _check_surplus_piece_qty(self):
        for line in self:
            if not 0 <= line.surplus_piece_qty <= max(line.piece_qty, 0):
                raise ValidationError(
                    self.env._(
                        "%(line)s: %(surplus)s of %(pieces)s pieces cannot be taken from surplus. "
                        "Type a number from 0 to %(pieces)s.",
                        line=line.product_id.display_name,
                        surplus=line.surplus_piece_qty,
                        pieces=line.piece_qty,
                    )
                )

    def write(self, vals):
        """What a confirmed order takes is reserved: nobody types it. See ``test_typed_late``."""
        if "surplus_piece_qty" in vals and not self.env.context.get("surplus_follows"):
            for line in self.filtered(lambda line: line.state == "sale"):
                if line.surplus_piece_qty != vals["surplus_piece_qty"]:
                    raise UserError(
                        self.env._(
                            "%s is confirmed: use “Use surplus” on it, or change its pieces.",
                            line.order_id.name,
                        )
                    )
        return super().write(vals)

    # ---------------------------------------------------------------- what is left to make
    def _metres_to_make(self, quantity):
        """What comes from surplus is not made. Guarded by ``test_rest_is_made``."""
        quantity = super()._metres_to_make(quantity)
        if not self.surplus_piece_qty or not self.is_composite:
            return quantity
        taken = self._composite_quantity(self.surplus_piece_qty, self.piece_length_mm)
        return max(self.product_uom_id.round(quantity - taken), 0)

    # ---------------------------------------------------------------- taken
    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        """Reserve surplus before the rest is promised and procured.

        Core procures what the line's deliveries do not cover yet. Guarded by
        ``test_rest_is_made``.
        """
        if not self.env.context.get("skip_procurement"):
            self._take_surplus()
        return super()._action_launch_stock_rule(previous_product_uom_qty=previous_product_uom_qty)

    def _surplus_moves(self):
        """The moves that deliver surplus for these lines, done ones too."""
        # sudo: the order's own deliveries, whoever sells.
        return self.sudo().move_ids.filtered(
            lambda move: move.state != "cancel" and move.location_id.piece_length_mm
        )

    def _surplus_missing(self):
        """Pieces that this line is to take and that no move takes yet."""
        moves = self._surplus_moves()
        taken = sum(
            arithmetic.pieces_in(
                move.quantity if move.state == "done" else move.product_uom_qty,
                self.piece_length_mm,
            )
            for move in moves
        )
        return max(self.surplus_piece_qty - int(taken), 0)

    def _take_surplus(self):
        """Reserve for these confirmed lines the pieces they are to take.

        :raises UserError: when somebody else took them meanwhile
        """
        wanted = {
            line: missing
            for line in self
            if line.surplus_piece_qty and line.state == "sale" and line.is_composite
            if (missing := line._surplus_missing())
        }
        for warehouse, lines in (
            self.browse(line.id for line in wanted)
            .grouped(lambda line: line.order_id.warehouse_id)
            .items()
        ):
            # Two who take the same pieces at once meet here; the second runs again and sees.
            self.env["cantoneira.promise.gate"]._pass(warehouse, lines.product_id)
            lines._check_surplus_free(wanted)
            for line in lines:
                line._deliver_surplus(wanted[line])

    def _check_surplus_free(self, wanted):
        """Refuse to take what is not there, line by line of the same warehouse."""
        free = self.env["cantoneira.surplus"]._free(self.product_id, self.order_id.warehouse_id)
        asked = defaultdict(int)
        for line in self:
            key = line._surplus_key()
            asked[key] += wanted[line]
            if asked[key] > free.get(key, 0):
                raise UserError(
                    self.env._(
                        "%(line)s × %(length)s mm: %(asked)s pieces were to be taken from surplus, "
                        "%(free)s are free. Take fewer from surplus; the rest is made.",
                        line=line.product_id.display_name,
                        length=format_number(self.env, line.piece_length_mm, 2),
                        asked=format_number(self.env, asked[key], 0),
                        free=format_number(self.env, free.get(key, 0), 0),
                    )
                )

    def _deliver_surplus(self, pieces):
        """Make and reserve the delivery of ``pieces`` from where they lie."""
        # sudo: whoever sells makes no deliveries by hand.
        line = self.sudo().with_company(self.company_id)
        surplus = line.env["cantoneira.surplus"]
        # Nothing tells the cache of a view that what it is made of has changed.
        surplus.invalidate_model()
        places = surplus.search(
            [
                ("product_id", "=", line.product_id.id),
                ("piece_length_mm", "=", line.piece_length_mm),
                ("warehouse_id", "=", line.order_id.warehouse_id.id),
                ("free_pieces", ">", 0),
            ]
        )
        for place in places:
            part = min(pieces, place.free_pieces)
            line._deliver_from(place.location_id, part)
            pieces -= part
            if not pieces:
                break

    def _deliver_from(self, location, pieces):
        """One move of ``pieces`` from ``location`` in the order's delivery, reserved."""
        if not self.order_id.stock_reference_ids:
            self.env["stock.reference"].create(self._prepare_reference_vals())
        values = self._prepare_procurement_values()
        target = self._get_location_final()
        rule = self.env["stock.rule"]._get_rule(self.product_id, target, values)
        vals = rule._get_stock_move_values(
            self.product_id,
            self._composite_quantity(pieces, self.piece_length_mm),
            self.product_uom_id,
            target,
            self.product_id.display_name,
            self.order_id.name,
            self.order_id.company_id,
            values,
        )
        move = self.env["stock.move"].create({**vals, "procure_method": "make_to_stock"})
        # In the same delivery as the rest, which comes from elsewhere.
        move._assign_picking()
        move.location_id = location
        move._action_confirm(merge=False)
        move._action_assign()
        if move.state != "assigned":
            raise UserError(
                self.env._(
                    "%(line)s: the surplus in %(place)s could not be reserved. Count it.",
                    line=self.product_id.display_name,
                    place=location.display_name,
                )
            )

    # ---------------------------------------------------------------- given back
    def _fit_taken(self, metres, length_mm):
        """A line of fewer pieces or another length gives surplus back. See ``test_other_length``."""
        result = super()._fit_taken(metres, length_mm)
        if self.surplus_piece_qty:
            keep = 0
            if length_mm == self.piece_length_mm:
                # sudo: what is made already is counted, whoever sells.
                started = self.sudo().production_ids.filtered(
                    lambda order: order.state != "cancel" and not order._is_unstarted()
                )
                made = sum(order._metres_for_line() for order in started)
                keep = max(int(arithmetic.pieces_in(metres - made, length_mm)), 0)
            self._give_back(self.surplus_piece_qty - keep)
        return result

    def _give_back(self, pieces):
        """Release ``pieces`` of what this confirmed line takes from surplus."""
        left = pieces
        for move in self._surplus_moves().filtered(lambda move: move.state not in CLOSED):
            if left <= 0:
                break
            part = min(left, move.piece_qty)
            left -= part
            rest = move.piece_qty - part
            if not rest:
                move._action_cancel()
                continue
            move._do_unreserve()
            move.product_uom_qty = self._composite_quantity(rest, move.piece_length_mm)
            move._action_assign()
        released = max(pieces, 0) - max(left, 0)
        if released:
            self.with_context(surplus_follows=True).surplus_piece_qty -= released
