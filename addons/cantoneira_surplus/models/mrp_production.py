"""A manufacturing order that ends with fewer or more pieces than the customer ordered.

Every way to close one comes through ``_post_inventory``: there the delivery it feeds and the sale
line become what was made, as far as the customer accepts it.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number

#: Who closes an order with fewer pieces than its customer accepts, with a reason.
MANAGERS = ("cantoneira_mrp.group_production_manager", "cantoneira_sale.group_sales_manager")
CLOSED = ("done", "cancel")


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    # sudo: an operator need not see the sale for how many pieces its customer accepts.
    accepted_label = fields.Char(
        "Customer accepts", compute="_compute_accepted_label", compute_sudo=True
    )
    closing_hint = fields.Char(
        "When it is closed",
        compute="_compute_closing_hint",
        compute_sudo=True,
        help="What becomes of the pieces that are missing or too many.",
    )
    surplus_piece_qty = fields.Integer(
        "Went to surplus", readonly=True, copy=False, help="Pieces made that nobody ordered."
    )
    surplus_move_ids = fields.Many2many(
        "stock.move",
        "stock_move_surplus_production_rel",
        "production_id",
        "move_id",
        "Moves to surplus",
        readonly=True,
        copy=False,
    )
    can_close_short = fields.Boolean(compute="_compute_can_close_short", compute_sudo=True)

    @api.depends("sale_line_id.accepted_label")
    @api.depends_context("lang")
    def _compute_accepted_label(self):
        for production in self:
            production.accepted_label = production.sale_line_id.accepted_label

    @api.depends("pieces_producing", "piece_qty", "state", "sale_line_id.most_pieces")
    @api.depends_context("lang")
    def _compute_closing_hint(self):
        for production in self:
            counting = production.state not in (*CLOSED, "draft") and production.pieces_producing
            production.closing_hint = bool(counting) and production._closing_hint()

    def _closing_hint(self):
        """What happens to the pieces over the order; False when there are none."""
        extra = self._piece_difference()
        if extra <= 0:
            return False
        taken = self._pieces_taken(extra)
        values = {"extra": self._count(extra), "taken": self._count(taken)}
        values["rest"] = self._count(extra - taken)
        if taken == extra:
            return self.env._("%(extra)s pcs more: the customer takes them.", **values)
        if not taken:
            return self.env._("%(extra)s pcs more: they go to surplus.", **values)
        return self.env._(
            "%(extra)s pcs more: the customer takes %(taken)s, %(rest)s go to surplus.", **values
        )

    @api.depends("state", "sale_line_id")
    def _compute_can_close_short(self):
        for production in self:
            production.can_close_short = production._is_for_a_line() and production.state not in (
                *CLOSED,
                "draft",
            )

    # ---------------------------------------------------------------- numbers
    def _is_for_a_line(self):
        """Whether a customer waits for these pieces: others are closed as core does."""
        # sudo: whether there is a sale behind it, nothing of it.
        return self.is_composite and self.piece_length_mm and bool(self.sudo().sale_line_id)

    def _piece_difference(self):
        """Pieces made − pieces to be made, of an order for a customer; else 0."""
        return self.pieces_producing - self.piece_qty if self._is_for_a_line() else 0

    def _pieces_taken(self, extra):
        """How many of ``extra`` pieces over the order its customer takes and pays."""
        line = self.sudo().sale_line_id  # sudo: see accepted_label
        if not self._fed_moves():
            return 0
        return min(extra, max(line.most_pieces - line.piece_qty, 0))

    @api.model
    def _count(self, pieces):
        return format_number(self.env, pieces, 0)

    def _fed_moves(self):
        """The open deliveries that get these pieces, what still waits first."""
        # sudo: an operator may not read deliveries; how many pieces they wait for is used.
        fed = self.sudo().move_finished_ids.move_dest_ids
        return fed.filtered(lambda move: move.state not in CLOSED).sorted(
            lambda move: (move.state == "assigned", move.id)
        )

    # ---------------------------------------------------------------- closing
    def _post_inventory(self, cancel_backorder=False):
        """Delivery and sale follow what was made. Guarded by ``test_within_tolerance``.

        An order that a backorder was split from has no difference any more.
        """
        surplus = {
            production: production._settle(difference)
            for production in self
            if (difference := production._piece_difference())
        }
        result = super()._post_inventory(cancel_backorder=cancel_backorder)
        for production, pieces in surplus.items():
            production._stock_surplus(pieces)
        return result

    def _settle(self, difference):
        """Make delivery and sale line follow ``difference`` pieces, as far as accepted.

        :return: the pieces over the order that nobody takes
        """
        # sudo: an operator changes neither sales nor deliveries, except by what he has made.
        line = self.sudo().sale_line_id
        taken = self._pieces_taken(difference) if difference > 0 else difference
        if taken < 0:
            self._check_may_close_short(line.piece_qty + taken)
        ordered = line.ordered_piece_qty or line.piece_qty
        if taken:
            self._change_demand(taken)
            line._settle_pieces(line.piece_qty + taken)
            self._tell_settled(ordered, line.piece_qty)
        return max(difference - taken, 0)

    def _stock_surplus(self, pieces):
        """Put ``pieces`` that nobody takes where surplus of their length lies."""
        if not pieces:
            return
        self.surplus_piece_qty = pieces
        place = self.env["stock.move"]._move_to_surplus(
            self.product_id,
            pieces,
            self.piece_length_mm,
            self.location_dest_id,
            self.picking_type_id.warehouse_id,
            self,
        )
        self.message_post(
            body=self.env._(
                "%(pieces)s pcs × %(length)s mm more than ordered went to %(place)s.",
                pieces=self._count(pieces),
                length=format_number(self.env, self.piece_length_mm, 2),
                place=place.display_name,
            )
        )

    def _metres_for_line(self):
        """What went to surplus is not the customer's. Guarded by ``test_grows_after_surplus``."""
        surplus = self._composite_quantity(self.surplus_piece_qty, self.piece_length_mm)
        return super()._metres_for_line() - surplus

    def _change_demand(self, pieces):
        """Add ``pieces`` (less, when negative) to what the deliveries of this order wait for.

        What is reserved already stays; a move of which nothing is left is cancelled.
        """
        metres = arithmetic.metres(pieces, self.piece_length_mm)
        for move in self._fed_moves():
            demand = arithmetic.exact(move.product_uom_qty)
            change = max(metres, arithmetic.exact(move.quantity) - demand)
            metres -= change
            if demand + change > 0:
                move.product_uom_qty = float(demand + change)
            else:
                move._action_cancel()
            if not metres:
                break

    def _tell_settled(self, ordered, pieces):
        """In the sale order's chatter: what was ordered, what it ends with, who and why."""
        reason = self._close_short_reason()
        body = self.env._(
            "%(line)s × %(length)s mm: ordered %(ordered)s pcs, closed with %(pieces)s "
            "(%(order)s, %(user)s).",
            line=self.product_id.display_name,
            length=format_number(self.env, self.piece_length_mm, 2),
            ordered=self._count(ordered),
            pieces=self._count(pieces),
            order=self.name,
            user=self.env.user.name,
        )
        if reason:
            body += " " + self.env._("Reason: %s", reason)
        # sudo: as in _settle; the author is who closed it.
        for document in (self.sudo().sale_line_id.order_id, self):
            document.message_post(body=body)

    # ---------------------------------------------------------------- may he?
    @api.model
    def _close_short_reason(self):
        return (self.env.context.get("close_short_reason") or "").strip()

    def _short_problem(self, pieces):
        """Say why the line may not end with ``pieces``; empty within the tolerance."""
        line = self.sudo().sale_line_id  # sudo: see accepted_label
        if pieces >= line.least_pieces:
            return ""
        values = {
            "order": self.name,
            "customer": line.order_id.partner_id.commercial_partner_id.display_name,
            "ordered": self._count(line.ordered_piece_qty or line.piece_qty),
            "least": self._count(line.least_pieces),
            "pieces": self._count(pieces),
        }
        if line.least_pieces == (line.ordered_piece_qty or line.piece_qty):
            return self.env._(
                "%(order)s: %(customer)s ordered %(ordered)s pieces and accepts no fewer; it would "
                "be closed with %(pieces)s.",
                **values,
            )
        return self.env._(
            "%(order)s: %(customer)s ordered %(ordered)s pieces and accepts from %(least)s; it "
            "would be closed with %(pieces)s.",
            **values,
        )

    @api.model
    def _may_close_beyond(self):
        return any(self.env.user.has_group(group) for group in MANAGERS)

    def _check_may_close_short(self, pieces):
        """Beyond the tolerance only a manager closes with fewer, and says why.

        :raises UserError: the numbers and what to do
        """
        problem = self._short_problem(pieces)
        if not problem:
            return
        if not self._may_close_beyond():
            raise UserError(
                problem
                + "\n"
                + self.env._(
                    "Make the rest later, or ask a production or sales manager to close it."
                )
            )
        if not self._close_short_reason():
            raise UserError(problem + "\n" + self.env._("Say why: it is kept in the order."))

    def _closing_choices(self):
        """Within the tolerance an operator ends it short, beyond it a manager, who says why.

        Guarded by ``test_floor_choices`` and ``test_floor_choices_of_managers``.
        """
        choices = super()._closing_choices()
        difference = self._piece_difference()
        if not difference:
            return choices
        if difference > 0:
            return {**choices, "told": self._closing_hint() or ""}
        line = self.sudo().sale_line_id  # sudo: see accepted_label
        problem = self._short_problem(line.piece_qty + difference)
        may = not problem or self._may_close_beyond()
        if not may:
            problem += " " + self.env._(
                "A production or sales manager may close it with fewer, here or in the "
                "manufacturing order."
            )
        return {
            "short": may and self.pieces_producing > 0,
            "why": may and bool(problem),
            "told": problem,
        }

    # ---------------------------------------------------------------- asked
    def _action_generate_backorder_wizard(self, quantity_issues):
        """Of one order for a customer, ask in pieces what becomes of the rest.

        Core asks about "backorders" and lets everybody close. Guarded by ``test_asked``.
        """
        action = super()._action_generate_backorder_wizard(quantity_issues)
        if len(self) > 1 or not self._is_for_a_line():
            return action
        return self._ask_close_short(action["context"])

    def action_close_short(self):
        """Ask whether to end this order with the pieces that are made, however few."""
        self.ensure_one()
        if not self.can_close_short:
            raise UserError(
                self.env._("%s is not being made for a customer, or is closed.", self.name)
            )
        if self._piece_difference() >= 0:
            raise UserError(
                self.env._(
                    "%(order)s: all %(pieces)s pieces are made. Finish it.",
                    order=self.name,
                    pieces=self._count(self.piece_qty),
                )
            )
        return self._ask_close_short({})

    def _ask_close_short(self, context):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cantoneira_surplus.close_short_action"
        )
        context = {k: v for k, v in context.items() if not k.startswith("default_")}
        return {**action, "context": {**context, "default_production_id": self.id}}

    # ---------------------------------------------------------------- nothing was made of it
    def _close_unmade(self):
        """End an order of which nothing is made: its rest is not made at all.

        :raises UserError: when nothing would be left of the sale line, or as closing short
        """
        line = self.sudo().sale_line_id  # sudo: as in _settle
        left = line.piece_qty - self.piece_qty
        if left <= 0:
            raise UserError(
                self.env._(
                    "%s: nothing was made for the customer yet. Change or cancel the sales order "
                    "instead.",
                    self.name,
                )
            )
        self._check_may_close_short(left)
        ordered = line.ordered_piece_qty or line.piece_qty
        self._change_demand(-self.piece_qty)
        self.action_cancel()
        line._settle_pieces(left)
        self._tell_settled(ordered, left)
