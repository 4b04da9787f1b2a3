"""What happens to production and delivery when a confirmed line changes.

Core launches procurements for differences: an increase could enlarge the manufacturing order of
another line, a decrease left it as it was, another length became a return. Here the line's own
orders that have not started are changed directly, with the delivery each one feeds; what has
started stays, and what cannot follow is refused in words. Only what no unstarted order can take
is left to core's procurement, which makes a new order for it.
"""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from odoo.addons.cantoneira_stock.tools import format_number


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _composite_changing(self, vals):
        """Before pieces or length of confirmed lines change, make production follow."""
        result = super()._composite_changing(vals)
        for line in self.filtered(lambda line: line.state == "sale" and line.is_composite):
            line._change_production(
                vals["product_uom_qty"], vals.get("piece_length_mm", line.piece_length_mm)
            )
        return result

    def _change_production(self, metres, length_mm):
        """Bring this line's orders to ``metres`` of pieces of ``length_mm``.

        :raises UserError: when work that has started cannot follow
        """
        # sudo: a salesperson has no rights on manufacturing orders; what is changed is this line's own
        # production, in step with the line that they may change.
        productions = self.sudo().production_ids.filtered(lambda p: p.state != "cancel")
        before = self._metres_to_make(self.product_uom_qty)
        self._fit_taken(metres, length_mm)
        to_make = self._metres_to_make(metres)
        unstarted = productions.filtered(lambda p: p._is_unstarted())
        started = productions - unstarted
        started_metres = sum(production._metres_for_line() for production in started)
        self._check_started(started, started_metres, to_make, length_mm)
        self.order_id._promise({self.product_id: [to_make - before]})
        if not unstarted:
            return
        open_metres = to_make - started_metres
        keep, rest = unstarted[:1], unstarted[1:]
        pieces = round(open_metres * 1000 / length_mm)
        if not pieces:
            keep, rest = unstarted[:0], unstarted
        rest._drop_with_delivery()
        if keep:
            keep._change_measures(pieces, length_mm)

    def _fit_taken(self, metres, length_mm):
        """Before the line becomes ``metres`` of ``length_mm``: give back what is taken from stock
        and no longer fits. Nothing is, until an addon extends ``_metres_to_make``.
        """

    def _check_started(self, started, started_metres, metres, length_mm):
        if not started:
            return
        names = ", ".join(started.mapped("name"))
        if length_mm != self.piece_length_mm:
            raise UserError(
                self.env._(
                    "%(line)s: the length cannot change from %(old)s to %(new)s mm any more, %(orders)s "
                    "has started. Add a line with the other length, or ask production to cancel it.",
                    line=self.product_id.display_name,
                    old=format_number(self.env, self.piece_length_mm, 2),
                    new=format_number(self.env, length_mm, 2),
                    orders=names,
                )
            )
        if float_compare(metres, started_metres, precision_digits=6) < 0:
            raise UserError(
                self.env._(
                    "%(line)s: %(orders)s has started with %(started)s pieces, so the line cannot go "
                    "down to %(asked)s. Ask for at least %(started)s pieces, or ask production to "
                    "finish short.",
                    line=self.product_id.display_name,
                    orders=names,
                    started=format_number(self.env, started_metres * 1000 / length_mm, 0),
                    asked=format_number(self.env, metres * 1000 / length_mm, 0),
                )
            )
