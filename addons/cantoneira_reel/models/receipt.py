"""What came, compared with what was ordered; reels that were weighed on arrival."""

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock.tools import format_number

from .. import reels
from ..reels import Verdict

APPROVERS = "cantoneira_reel.group_approve_differences"


class StockPicking(models.Model):
    _inherit = "stock.picking"

    has_reels = fields.Boolean(
        compute="_compute_has_reels", help="It brings papers that are tracked by reel."
    )

    def _compute_has_reels(self):
        for picking in self:
            incoming = picking.picking_type_code == "incoming"
            picking.has_reels = incoming and bool(picking._reel_moves())

    def _reel_moves(self):
        """The moves of papers that are tracked by reel, still to come."""
        return self.move_ids.filtered(
            lambda move: move.product_id._is_reel_paper() and move.state not in ("done", "cancel")
        )

    # ------------------------------------------------------------------ weighing
    def action_weigh_reels(self):
        """Open the dialog in which the reels of this receipt are weighed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Weigh reels"),
            "res_model": "cantoneira.reel.receipt",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_picking_id": self.id},
        }

    def button_validate(self):
        """A receipt whose reels nobody weighed asks for them. Guarded by ``test_validate_weighs``."""
        if len(self) == 1 and self.picking_type_code == "incoming":
            unweighed = self._reel_moves().move_line_ids.filtered("quantity")
            if unweighed and not any(line.lot_id or line.lot_name for line in unweighed):
                return self.action_weigh_reels()
        return super().button_validate()

    # ----------------------------------------------------------------- tolerance
    def _check_backorder(self):
        """What came as ordered, within tolerance, asks nothing. Guarded by ``test_tolerance``."""
        return super()._check_backorder() - self._received_as_ordered()

    def _action_done(self):
        """What lacks within tolerance is not waited for. Guarded by ``test_tolerance``."""
        complete = self._received_as_ordered()
        if complete:
            super(StockPicking, complete.with_context(cancel_backorder=True))._action_done()
        if rest := self - complete:
            super(StockPicking, rest)._action_done()
        return True

    def _received_as_ordered(self):
        """Those of ``self`` that brought all of their purchase, give or take the tolerance."""

        def is_complete(picking):
            moves = picking.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
            return (
                picking.picking_type_code == "incoming"
                and moves.purchase_line_id
                and all(
                    move.purchase_line_id and move._receipt_verdict() == Verdict.AS_ORDERED
                    for move in moves
                )
            )

        return self.filtered(is_complete)

    # ------------------------------------------------------------------- freight
    def action_freight(self):
        """Open core's landed cost of this receipt, with freight to fill in."""
        self.ensure_one()
        freight = self.env.ref("cantoneira_reel.product_freight")
        units = self.move_ids.product_id.uom_id
        # Kilos and rolls cannot be added up; their values can.
        split = "by_quantity" if len(units) == 1 else "by_current_cost_price"
        line = {"product_id": freight.id, "name": freight.name, "split_method": split}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Freight and expenses"),
            "res_model": "stock.landed.cost",
            "views": [(False, "form")],
            "context": {
                "default_picking_ids": [(6, 0, self.ids)],
                "default_cost_lines": [(0, 0, {**line, "price_unit": 0})],
            },
        }


class StockMove(models.Model):
    _inherit = "stock.move"

    noted_qty = fields.Float(
        "On the supplier's note",
        digits="Product Unit",
        copy=False,
        help="How much the supplier's note says. Empty: as ordered, unless the rest is to come.",
    )

    def _note_quantities(self, cancel_backorder):
        """What nobody typed from the supplier's note is what was ordered.

        Of a part whose rest is still to come nobody knows what its note said.
        """
        for move in self.filtered(lambda m: m.purchase_line_id and m.picked and not m.noted_qty):
            incoming = move.location_id.usage == "supplier" and move.state not in ("done", "cancel")
            if incoming and (cancel_backorder or move._receipt_verdict() != Verdict.UNDER):
                move.noted_qty = move.product_uom_qty

    def _receipt_verdict(self):
        """How what was picked compares with what was ordered."""
        # sudo: a setting every user of the company is subject to.
        tolerance = self.company_id.sudo().receipt_tolerance_percent
        came = self._get_picked_quantity() if self.picked else 0
        return reels.receipt_verdict(self.product_uom_qty, came, tolerance)

    def _check_receipts(self, cancel_backorder):
        """Refuse what came beyond tolerance, unless an approver accepts it with a reason.

        Too little is only a difference when the rest is not waited for. The context key
        ``receipt_difference_reason`` holds the reason; it is kept in the receipt.
        """
        sentences = {}
        for move in self.filtered(
            lambda m: m.purchase_line_id and m.location_id.usage == "supplier"
        ):
            if move.state in ("done", "cancel") or not move.picked:
                continue
            verdict = move._receipt_verdict()
            if verdict == Verdict.OVER or (verdict == Verdict.UNDER and cancel_backorder):
                sentences.setdefault(move.picking_id, []).append(move._receipt_sentence(verdict))
        if not sentences:
            return
        reason = (self.env.context.get("receipt_difference_reason") or "").strip()
        if not reason or not self.env.user.has_group(APPROVERS):
            lines = [line for each in sentences.values() for line in each]
            advice = self.env._(
                "Weigh or count again. Someone with the right “Approve differences of stock” may "
                "accept it with a reason."
            )
            raise UserError("\n".join([*lines, advice]))
        for picking, lines in sentences.items():
            title = self.env._(
                "Accepted by %(user)s: %(reason)s", user=self.env.user.name, reason=reason
            )
            self.env["cantoneira.availability"]._note(picking, [title], lines)

    def _receipt_sentence(self, verdict):
        came, percent = self._get_picked_quantity(), None
        percent = reels.difference_percent(self.product_uom_qty, came)
        # sudo: the tolerance is a setting of the company.
        values = {
            "product": self.product_id.display_name,
            "ordered": format_number(self.env, self.product_uom_qty),
            "came": format_number(self.env, came),
            "unit": self.product_uom.name,
            "percent": format_number(self.env, abs(percent or 100), 1),
            "tolerance": format_number(
                self.env, self.company_id.sudo().receipt_tolerance_percent, 2
            ),
        }
        if verdict == Verdict.OVER:
            return self.env._(
                "%(product)s: ordered %(ordered)s %(unit)s, came %(came)s %(unit)s, %(percent)s %% "
                "more; the tolerance is %(tolerance)s %%.",
                **values,
            )
        return self.env._(
            "%(product)s: ordered %(ordered)s %(unit)s, came %(came)s %(unit)s, %(percent)s %% "
            "less, and the rest would not be waited for; the tolerance is %(tolerance)s %%.",
            **values,
        )


class StockMoveLine(models.Model):
    """What was seen on a reel when it was weighed; it goes to the reel when it is received."""

    _inherit = "stock.move.line"

    supplier_batch = fields.Char("Supplier's batch")
    measured_width_mm = fields.Float("Measured width (mm)", digits=(10, 2))
    measured_grammage = fields.Float("Measured grammage (g/m²)", digits=(10, 2))

    def _prepare_new_lot_vals(self):
        """The reel remembers what was seen on arrival. Guarded by ``test_weighed_list``."""
        values = super()._prepare_new_lot_vals()
        for name in ("supplier_batch", "measured_width_mm", "measured_grammage"):
            if self[name]:
                values[name] = self[name]
        return values
