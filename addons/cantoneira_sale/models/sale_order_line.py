from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SaleOrderLine(models.Model):
    """A line is typed in pieces × length; metres, kilograms and amount follow."""

    _name = "sale.order.line"
    _inherit = ["cantoneira.composite.input.mixin", "sale.order.line"]

    grams_per_metre = fields.Float(
        "Weight per metre (g/m)",
        digits=(16, 6),
        compute="_compute_grams_per_metre",
        store=True,
        precompute=True,
        help="The profile's weight when it was quoted: a later change of the recipe does not "
        "rewrite this line.",
    )
    production_ids = fields.One2many(
        "mrp.production", "sale_line_id", string="Manufacturing orders", readonly=True, copy=False
    )

    @api.depends("product_id")
    def _compute_grams_per_metre(self):
        for line in self:
            line.grams_per_metre = line.product_id.linear_weight if line.is_composite else 0

    def _composite_grams(self):
        return self.grams_per_metre

    @api.depends("grams_per_metre")
    def _compute_composite_weight(self):
        return super()._compute_composite_weight()

    @api.depends("product_id", "piece_qty", "piece_length_mm")
    def _compute_product_uom_qty(self):
        """Pieces × length make the metres while they are typed."""
        result = super()._compute_product_uom_qty()
        for line in self.filtered("is_composite"):
            line.product_uom_qty = self._composite_quantity(line.piece_qty, line.piece_length_mm)
        return result

    @api.constrains("product_id", "product_uom_id")
    def _check_composite_uom(self):
        """1 kg converts silently to 1 m: what is made in metres is sold in metres."""
        for line in self.filtered("is_composite"):
            if line.product_uom_id != line.product_id.uom_id:
                raise ValidationError(
                    self.env._(
                        "%(product)s is counted in %(unit)s, not in %(other)s. To quote it per piece "
                        "or per kg, choose the price basis instead.",
                        product=line.product_id.display_name,
                        unit=line.product_id.uom_id.name,
                        other=line.product_uom_id.name,
                    )
                )

    @api.depends("is_composite")
    def _compute_qty_to_deliver(self):
        """Hide core's forecast of profiles: it can only say "replenished on demand".

        Guarded by ``test_no_forecast_for_profiles``.
        """
        result = super()._compute_qty_to_deliver()
        self.filtered("is_composite").display_qty_widget = False
        return result

    def _get_protected_fields(self):
        """Pieces and length of a locked order are as fixed as its quantity."""
        return super()._get_protected_fields() + ["piece_qty", "piece_length_mm", "basis_price"]

    def _can_be_edited_on_portal(self):
        """The portal writes metres, which would contradict the pieces."""
        return super()._can_be_edited_on_portal() and not self.is_composite

    def _is_charge(self):
        """Whether the line is freight or a discount: only its amount says something."""
        return self._is_delivery() or self._is_discount_line()

    def _prepare_procurement_values(self):
        """Send the length down to moves and manufacturing orders."""
        values = super()._prepare_procurement_values()
        if self.piece_length_mm:
            values["piece_length_mm"] = self.piece_length_mm
        return values

    def _prepare_invoice_line(self, **optional_values):
        """Say the length on the invoice; its pieces follow from the metres invoiced."""
        values = super()._prepare_invoice_line(**optional_values)
        if self.piece_length_mm:
            values["piece_length_mm"] = self.piece_length_mm
        return values

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        """Promise what is about to be procured, before anything is created for it.

        Every way to a procurement comes through here: confirming, a line added to a confirmed
        order, a resale quantity that grows. Composite lines that change promise their growth in
        ``_change_production``. Guarded by ``test_confirmation`` and ``test_order_changes``.
        """
        if not self.env.context.get("skip_procurement"):
            for order, lines in self.grouped("order_id").items():
                order._promise(lines._quantities_to_promise(previous_product_uom_qty or {}))
        return super(SaleOrderLine, self.with_context(promise_kept=True))._action_launch_stock_rule(
            previous_product_uom_qty=previous_product_uom_qty
        )

    def _metres_to_make(self, quantity):
        """Of ``quantity`` of this line, what is made or bought for it: all.

        An addon that takes some of it from stock answers less.
        """
        return quantity

    def _quantities_to_promise(self, previous):
        """``{product: [quantity of each line]}`` by which these lines grow, in products' units."""
        quantities = defaultdict(list)
        for line in self:
            promised_already = line.id in previous and line.is_composite
            if line.state != "sale" or line.product_id.type != "consu" or promised_already:
                continue
            grown = line._metres_to_make(line.product_uom_qty) - previous.get(line.id, 0)
            quantities[line.product_id].append(
                line.product_uom_id._compute_quantity(grown, line.product_id.uom_id, round=False)
            )
        return quantities
