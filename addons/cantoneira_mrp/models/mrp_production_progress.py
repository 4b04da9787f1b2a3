"""What the operator does: start, count pieces, weigh what was consumed, close."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number

from .recipe_cost import COST_GROUP


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    pieces_producing = fields.Integer(
        "Pieces made",
        compute="_compute_pieces_producing",
        inverse="_inverse_pieces_producing",
        help="Whole pieces made so far; what they consume follows, until it is weighed.",
    )
    date_planned_start = fields.Datetime(
        "Planned start", copy=False, readonly=True, help="Kept when production really starts."
    )
    date_planned_finished = fields.Datetime(
        "Planned end", copy=False, readonly=True, help="Kept when production really starts."
    )
    planned_weight = fields.Float(
        "Planned (kg)",
        digits=(16, 3),
        min_display_digits=2,
        compute="_compute_consumption",
        help="Of all materials.",
    )
    consumed_weight = fields.Float(
        "Consumed (kg)",
        digits=(16, 3),
        min_display_digits=2,
        compute="_compute_consumption",
        help="Of all materials.",
    )
    consumption_difference_weight = fields.Float(
        "Difference (kg)",
        digits=(16, 3),
        min_display_digits=2,
        compute="_compute_consumption",
        help="Consumed − planned, of all materials, once the order is done.",
    )
    consumption_difference_value = fields.Monetary(
        "Difference (value)",
        currency_field="company_currency_id",
        compute="_compute_consumption_value",
        groups=COST_GROUP,
        help="What the difference is worth, at the cost of the day.",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")

    # ---------------------------------------------------------------- pieces
    @api.depends("qty_producing", "piece_length_mm")
    def _compute_pieces_producing(self):
        for production in self:
            made = arithmetic.pieces_in(production.qty_producing, production.piece_length_mm)
            production.pieces_producing = int(made)

    def _inverse_pieces_producing(self):
        for production in self:
            production._check_pieces_made()
            metres = production._composite_quantity(
                production.pieces_producing, production.piece_length_mm
            )
            if production.product_uom_id.compare(production.qty_producing, metres):
                production.qty_producing = metres
                production.with_context(pieces_follow=True).set_qty_producing()

    @api.onchange("pieces_producing")
    def _onchange_pieces_producing(self):
        """Show at once what the pieces consume, as core does for the quantity."""
        metres = self._composite_quantity(self.pieces_producing, self.piece_length_mm)
        if self.is_composite and self.product_uom_id.compare(self.qty_producing, metres):
            self.qty_producing = metres
            self._change_producing()

    def _check_pieces_made(self):
        if self.pieces_producing < 0:
            raise ValidationError(
                self.env._(
                    "%(order)s: %(pieces)s pieces cannot have been made. Type a number from zero "
                    "up.",
                    order=self.name,
                    pieces=self.pieces_producing,
                )
            )
        if self.pieces_producing and not self.piece_length_mm:
            raise ValidationError(
                self.env._(
                    "%(order)s makes no pieces of one length: type the quantity made instead.",
                    order=self.name,
                )
            )

    @api.constrains("qty_producing", "piece_length_mm")
    def _check_whole_pieces(self):
        for production in self.filtered(lambda order: order.piece_length_mm):
            made = arithmetic.pieces_in(production.qty_producing, production.piece_length_mm)
            if made % 1:
                raise ValidationError(
                    self.env._(
                        "%(order)s: %(metres)s m are no whole number of pieces of %(length)s mm. "
                        "Type the pieces that were made.",
                        order=production.name,
                        metres=self._format_metres(production.qty_producing),
                        length=format_number(self.env, production.piece_length_mm, 2),
                    )
                )

    # ---------------------------------------------------------------- start
    def action_start(self):
        """Take the reels and note the time, of one or many orders. Guarded by ``test_start``."""
        unstarted = self.filtered(lambda order: order.state == "confirmed")
        for production in self:
            super(MrpProduction, production).action_start()
        started = unstarted.filtered(lambda order: order.is_composite)
        started._note_start()
        started.action_assign()
        return True

    def write(self, vals):
        """The first pieces start an order too; weighed quantities stay. See ``test_start``.

        Core renames what is split, and reads its analytic entries to rename them as well: see
        ``test_backorder``.
        """
        if vals.keys() == {"name"}:
            self.check_access("write")
            # sudo: an operator may split orders, and may not read accounting.
            return super(MrpProduction, self.sudo()).write(vals)
        if not {"qty_producing", "pieces_producing"} & vals.keys():
            return super().write(vals)
        starting = self.filtered(
            lambda order: order.is_composite and order.state in ("confirmed", "progress")
        )
        result = super(MrpProduction, self.with_context(pieces_follow=True)).write(vals)
        starting.filtered(lambda order: order.qty_producing)._note_start()
        return result

    def _note_start(self):
        """Keep the plan and set the real start, once."""
        for production in self.filtered(lambda order: not order.date_planned_start):
            # force_date: a start is no new plan, so work orders keep theirs.
            production.with_context(force_date=True).write(
                {
                    "date_planned_start": production.date_start,
                    "date_planned_finished": production.date_finished,
                    "date_start": fields.Datetime.now(),
                }
            )

    # ---------------------------------------------------------------- consumption
    @api.depends(
        "move_raw_ids.planned_qty",
        "move_raw_ids.consumed_qty",
        "move_raw_ids.consumption_difference_qty",
    )
    def _compute_consumption(self):
        for production in self:
            moves = production.move_raw_ids
            production.planned_weight = moves._kilos("planned_qty")
            production.consumed_weight = moves._kilos("consumed_qty")
            production.consumption_difference_weight = moves._kilos("consumption_difference_qty")

    @api.depends("move_raw_ids.consumption_difference_value")
    def _compute_consumption_value(self):
        for production in self:
            values = production.move_raw_ids.mapped("consumption_difference_value")
            production.consumption_difference_value = sum(values)

    def _button_mark_done_sanity_checks(self):
        """A program that wrote the quantity made and nothing else consumes what that needs.

        Core would close the order, consume nothing and say nothing. Guarded by
        ``test_quantity_written_by_a_program``.
        """
        result = super()._button_mark_done_sanity_checks()
        for production in self.filtered(lambda order: order.is_composite and order.qty_producing):
            if any(move._is_left_out() for move in production.move_raw_ids):
                production.set_qty_producing()
        return result

    def _get_consumption_issues(self):
        """Ask only about what differs by more than the company tolerates.

        Weighed paper never is exactly the recipe's; every difference is kept all the same.
        Guarded by ``test_tolerance``.
        """
        return [
            issue for issue in super()._get_consumption_issues() if not issue[0]._tolerates(issue)
        ]

    def _tolerates(self, issue):
        _order, _product, consumed, expected = issue
        if not self.is_composite or self.consumption != "warning":
            return False
        # sudo: a setting every user of the company is subject to.
        percent = self.company_id.sudo().consumption_tolerance_percent
        return float_compare(abs(consumed - expected), expected * percent / 100, 6) <= 0

    def _closing_choices(self):
        """What the operator is told before he closes this order with the pieces made.

        :return: ``{"short": whether he may end it with fewer, "why": whether he has to write why
            (given to closing as the context's ``close_short_reason``), "told": a sentence or ""}``;
            here a rest is always made and nothing is to be told. An addon that knows better
            extends it.
        """
        self.ensure_one()
        return {"short": False, "why": False, "told": ""}

    def _post_inventory(self, cancel_backorder=False):
        """Never consume what is not there; plan what the pieces made need.

        Guarded by ``test_over_consumption`` and ``test_closed_short``.
        """
        profiles = self.filtered(lambda order: order.is_composite)
        profiles.move_raw_ids._check_in_stock()
        for production in profiles:
            made, ordered = production.qty_producing, production.product_qty
            if production.product_uom_id.compare(made, ordered) and ordered:
                production.move_raw_ids._plan_share(made / ordered)
        return super()._post_inventory(cancel_backorder=cancel_backorder)

    def _split_productions(self, amounts=False, cancel_remaining_qty=False, set_consumed_qty=False):
        """Every part is compared with its own share. Guarded by ``test_backorder``."""
        before = {order: (order.product_qty, order.move_raw_ids) for order in self}
        plans = {move: move.planned_qty for _qty, moves in before.values() for move in moves}
        productions = super()._split_productions(
            amounts=amounts,
            cancel_remaining_qty=cancel_remaining_qty,
            set_consumed_qty=set_consumed_qty,
        )
        whole, lines = 0, {}
        # Core answers every order followed by its own backorders.
        for production in productions.filtered(lambda order: order.is_composite):
            if production in before:
                whole, moves = before[production]
                lines = {move._plan_key(): (move, plans[move]) for move in moves}
            production.move_raw_ids._take_plan(lines, production.product_qty / whole)
        return productions
