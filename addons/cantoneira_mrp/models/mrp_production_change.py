"""Changing a manufacturing order that has not started: its pieces, its length, its delivery."""

from odoo import api, models
from odoo.exceptions import UserError

MEASURES = ("piece_qty", "piece_length_mm")


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    def write(self, vals):
        """Pieces and length of a confirmed order change with its metres and materials, or not.

        Its form does not let anybody type them; a program could. Guarded by
        ``test_measures_of_a_confirmed_order``.
        """
        if not self.env.context.get("change_measures"):
            typed = {name: vals[name] for name in MEASURES if name in vals}
            self._check_measures_stay(typed)
        return super().write(vals)

    def _check_measures_stay(self, typed):
        if not typed:
            return
        # Who may not write at all is told that first.
        self.check_access("write")
        for order in self.filtered("is_composite"):
            same = all(
                order._fields[name].convert_to_cache(value, order) == order[name]
                for name, value in typed.items()
            )
            if order.state not in ("draft", "cancel") and not same:
                raise UserError(
                    self.env._(
                        "%(order)s is confirmed and makes %(measures)s. Change the pieces on the "
                        "customer's order, so that material and delivery follow. Without a "
                        "customer, cancel it and make another.",
                        order=order.name,
                        measures=order.composite_label,
                    )
                )

    def _is_unstarted(self):
        """Whether nothing was done yet, so that the order can still follow what was sold."""
        self.ensure_one()
        return self.state in ("draft", "confirmed") and not self.qty_producing

    def _change_measures(self, piece_qty, piece_length_mm):
        """Make this unstarted order one of ``piece_qty`` pieces of ``piece_length_mm``.

        Its materials and the delivery it feeds follow by the same metres. The caller has
        promised the material already. Guarded by ``test_order_changes`` of cantoneira_sale.
        """
        self.ensure_one()
        order = self.with_context(promise_kept=True, change_measures=True)
        fed = order.move_finished_ids.move_dest_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )
        metres = order._composite_quantity(piece_qty, piece_length_mm)
        difference = metres - order.product_qty
        if order.piece_length_mm != piece_length_mm:
            (order.move_finished_ids | fed).write({"piece_length_mm": piece_length_mm})
        if not order.product_uom_id.is_zero(difference):
            # Core resizes in metres: the measures are forgotten meanwhile and come back below.
            order.write({"piece_qty": 0, "piece_length_mm": 0})
            order._resize(metres)
            fed[:1].product_uom_qty += difference
        order.write({"piece_qty": piece_qty, "piece_length_mm": piece_length_mm})

    def _drop_with_delivery(self):
        """Cancel these unstarted orders and take their metres off the deliveries they feed."""
        for order in self:
            fed = order.move_finished_ids.move_dest_ids.filtered(
                lambda move: move.state not in ("done", "cancel")
            )[:1]
            left = fed.product_uom_qty - order.product_qty
            if fed.product_uom.compare(left, 0) > 0:
                fed.product_uom_qty = left
            else:
                fed._action_cancel()
            order.action_cancel()

    def _resize(self, metres):
        self.env["change.production.qty"].create(
            {"mo_id": self.id, "product_qty": metres}
        ).change_prod_qty()


class ChangeProductionQty(models.TransientModel):
    _inherit = "change.production.qty"

    @api.model
    def _need_quantity_propagation(self, move, qty):
        """The delivery is changed by who changes the order; no second move beside it."""
        if self.env.context.get("change_measures"):
            return False
        return super()._need_quantity_propagation(move, qty)
