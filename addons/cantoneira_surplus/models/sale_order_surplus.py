"""An order is offered the surplus of its lines' lengths, and leaves none behind unseen."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number


class SaleOrder(models.Model):
    _inherit = "sale.order"

    has_surplus = fields.Boolean(compute="_compute_surplus_hint")
    surplus_hint = fields.Char("Surplus", compute="_compute_surplus_hint")

    @api.depends(
        "state",
        "order_line.surplus_free_pieces",
        "order_line.surplus_piece_qty",
        "order_line.piece_qty",
        "order_line.production_ids.state",
    )
    @api.depends_context("lang")
    def _compute_surplus_hint(self):
        for order in self:
            offers = order._surplus_offers()
            order.has_surplus = bool(offers) or any(order.order_line.mapped("surplus_piece_qty"))
            order.surplus_hint = order._surplus_sentence(offers)

    def _surplus_offers(self):
        """``{line: pieces}`` of surplus that these lines could still take; none promised twice."""
        offers, given = {}, {}
        for line in self.order_line:
            if not line.surplus_free_pieces:
                continue
            key = line._surplus_key()
            quoted = line.state in ("draft", "sent")
            taken = line.surplus_piece_qty if quoted else 0
            free = line.surplus_free_pieces - given.get(key, 0) - taken
            offer = min(free, line._pieces_to_make())
            given[key] = given.get(key, 0) + taken + max(offer, 0)
            if offer > 0:
                offers[line] = offer
        return offers

    def _surplus_sentence(self, offers):
        """``In surplus: 7 pcs × 2,500 mm of Cantoneira 50x50x3mm``; False for none."""
        if not offers:
            return False
        return self.env._(
            "In surplus: %s",
            "; ".join(
                self.env._(
                    "%(pieces)s pcs × %(length)s mm of %(product)s",
                    pieces=format_number(self.env, pieces, 0),
                    length=format_number(self.env, line.piece_length_mm, 2),
                    product=line.product_id.display_name,
                )
                for line, pieces in offers.items()
            ),
        )

    def action_use_surplus(self):
        """Take all the surplus that fits: wished for on a quotation, reserved on an order.

        :raises UserError: when there is none, or others took it meanwhile
        """
        for order in self:
            order.order_line.invalidate_recordset(["surplus_free_pieces"])
            offers = order._surplus_offers()
            if not offers:
                raise UserError(
                    self.env._("There is no free surplus of the lengths of %s.", order.name)
                )
            for line, pieces in offers.items():
                line._use_surplus(pieces)
        return True

    # ---------------------------------------------------------------- cancelled, made again
    def _action_cancel(self):
        """Pieces made for an order that is cancelled are surplus of their length.

        Core leaves them as metres of nobody. Guarded by ``test_cancelled_after_production``.
        """
        made = [order._made_and_here() for order in self]
        result = super()._action_cancel()
        for order, lines in zip(self, made, strict=True):
            order._stock_cancelled(lines)
        return result

    def _made_and_here(self):
        """``[(line, pieces, location, makers)]`` reserved for open deliveries, not surplus."""
        # sudo: the order's own deliveries, whoever cancels it.
        found = []
        for line in self.sudo().order_line.filtered("piece_length_mm"):
            for move in line.move_ids:
                here = move.state in ("assigned", "partially_available")
                leaving = move.location_id.usage == "internal"
                if not here or not leaving or move.location_id.piece_length_mm:
                    continue
                pieces = int(arithmetic.pieces_in(move.quantity, line.piece_length_mm))
                if pieces:
                    made = move.browse(move._rollup_move_origs()).production_id
                    done = made.filtered(lambda order: order.state == "done")
                    found.append((line, pieces, move.location_id, done))
        return found

    def _stock_cancelled(self, made):
        for line, pieces, location, makers in made:
            self.env["stock.move"]._move_to_surplus(
                line.product_id,
                pieces,
                line.piece_length_mm,
                location,
                self.warehouse_id,
                makers,
                self.name,
            )

    def _get_promise_of_lines(self, runs, goods):
        """What lies on the rack only has to be delivered. Guarded by ``test_all_from_surplus``."""
        promise = super()._get_promise_of_lines(runs, goods)
        if promise or not any(self.order_line.mapped("surplus_piece_qty")):
            return promise
        service = self.env["cantoneira.promise.date"]
        return service._for_lines(runs, goods, self.warehouse_id, self._delivery_lead_days())

    def _lines_without_production(self):
        """What comes wholly from surplus needs none. Guarded by ``test_use_surplus_later``."""
        return (
            super()
            ._lines_without_production()
            .filtered(lambda line: line._metres_to_make(line.product_uom_qty) > 0)
        )

    def action_recreate_production(self):
        """What is made again is made whole: its surplus was given back with its delivery.

        Guarded by ``test_recreated``.
        """
        lines = self._lines_without_production().filtered("surplus_piece_qty")
        for line in lines:
            line._give_back(line.surplus_piece_qty)
        return super().action_recreate_production()


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _pieces_to_make(self):
        """Pieces of this line that surplus could still replace."""
        if self.state in ("draft", "sent"):
            return self.piece_qty - self.surplus_piece_qty
        # sudo: only a number of the order's own production is told.
        unstarted = self.sudo().production_ids.filtered(lambda order: order._is_unstarted())
        return sum(unstarted.mapped("piece_qty"))

    def _use_surplus(self, pieces):
        """Take ``pieces`` more from surplus; a confirmed line's production shrinks by them."""
        self.with_context(surplus_follows=True).surplus_piece_qty += pieces
        if self.state == "sale":
            self._take_surplus()
            self._change_production(self.product_uom_qty, self.piece_length_mm)
