"""How many pieces of a line count as what was ordered, and a line that ends with others."""

from odoo import api, fields, models

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number

#: What looks a price up again when pieces change.
PRICE_COMPUTES = ("_compute_price_unit", "_compute_discount")
BASIS_COMPUTES = ("_compute_basis_price", "_compute_discount")


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    ordered_piece_qty = fields.Integer(
        "Pieces ordered",
        copy=False,
        readonly=True,
        help="What the customer ordered, where production ended with another number; else 0.",
    )
    least_pieces = fields.Integer("At least", compute="_compute_accepted_pieces")
    most_pieces = fields.Integer("At most", compute="_compute_accepted_pieces")
    accepted_label = fields.Char("Accepted", compute="_compute_accepted_pieces")

    @api.depends(
        "piece_qty",
        "ordered_piece_qty",
        "order_id.tolerance_less_percent",
        "order_id.tolerance_more_percent",
    )
    @api.depends_context("lang")
    def _compute_accepted_pieces(self):
        for line in self:
            ordered = line.ordered_piece_qty or line.piece_qty
            order = line.order_id
            line.least_pieces, line.most_pieces = arithmetic.pieces_accepted(
                ordered, order.tolerance_less_percent, order.tolerance_more_percent
            )
            line.accepted_label = line._accepted_label(ordered)

    def _accepted_label(self, ordered):
        """``95 to 105 pcs``; False where only what was ordered counts."""
        if self.least_pieces == self.most_pieces and self.most_pieces == ordered:
            return False
        return self.env._(
            "%(least)s to %(most)s pcs",
            least=format_number(self.env, self.least_pieces, 0),
            most=format_number(self.env, self.most_pieces, 0),
        )

    # ---------------------------------------------------------------- ends with others
    def _settle_pieces(self, pieces):
        """Make this confirmed line one of ``pieces``, which is what there is of it.

        Its production and delivery follow by who calls; nothing is procured. The price stays the
        one that was agreed, whatever step the metres now fall in. Guarded by
        ``test_price_is_kept``.
        """
        self.ensure_one()
        line = self.with_context(settling_pieces=True, skip_procurement=True)
        ordered = line.ordered_piece_qty or line.piece_qty
        lines = line.order_id.order_line
        with lines._keeping_prices():
            line.write(
                {
                    "piece_qty": pieces,
                    "ordered_piece_qty": ordered if ordered != pieces else 0,
                }
            )
            # What follows from it is computed before prices may move again.
            lines.flush_recordset()

    def _keeping_prices(self):
        """A block in which none of these lines looks its price up.

        What was said per piece or per kg stays said, and the price per metre is derived from it
        again, to the cent.
        """
        said = self.filtered(lambda line: line._has_derived_price())
        return self.env.protecting(
            [
                ([field for field in self._fields.values() if field.compute in computes], lines)
                for lines, computes in ((self - said, PRICE_COMPUTES), (said, BASIS_COMPUTES))
            ]
        )

    def _change_production(self, metres, length_mm):
        """What ends with other pieces has been made: production does not follow it.

        Guarded by ``test_within_tolerance``.
        """
        if self.env.context.get("settling_pieces"):
            return None
        return super()._change_production(metres, length_mm)

    def _composite_changing(self, vals):
        """Pieces changed by agreement are what is ordered now. See ``test_agreed_again``."""
        result = super()._composite_changing(vals)
        if not self.env.context.get("settling_pieces") and any(self.mapped("ordered_piece_qty")):
            vals["ordered_piece_qty"] = 0
        return result

    def _update_line_quantity(self, values):
        """Who settles a line says in the chatter what happened, in the trade's words.

        Guarded by ``test_within_tolerance``.
        """
        if self.env.context.get("settling_pieces"):
            return None
        return super()._update_line_quantity(values)

    def _get_protected_fields(self):
        """A locked order ends with what was made of it, like any other. See ``test_locked``."""
        protected = super()._get_protected_fields()
        return [] if self.env.context.get("settling_pieces") else protected
