"""What the order's terms add to a line or take from it, in cents.

``goods_amount`` is what price × quantity makes. On top of it come the shares of what is agreed for
the whole order: a minimum charge, less the discount, plus freight that is inside the price. They
are amounts of the line, never of a piece or a metre, so the price basis does not matter to them.

``price_unit`` stays the price that was agreed. What the line costs in the end is spread into
``final_price_unit``, the price on the quotation and on the invoice: times the quantity it gives
the amount to the cent.
"""

from odoo import api, fields, models

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.arithmetic import exact

SHARES = ("minimum_share", "discount_share", "freight_share")


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    goods_amount = fields.Monetary(
        "Goods",
        compute="_compute_goods_amount",
        store=True,
        precompute=True,
        help="Price × quantity, before discount, minimum charge and freight of the order.",
    )
    minimum_share = fields.Monetary(
        "Minimum charge",
        compute="_compute_discount_share",
        store=True,
        precompute=True,
        help="What this line is raised by to reach the minimum charge.",
    )
    discount_share = fields.Monetary(
        "Share of the discount", compute="_compute_discount_share", store=True, precompute=True
    )
    freight_share = fields.Monetary(
        "Freight inside",
        compute="_compute_freight_share",
        store=True,
        precompute=True,
        help="Freight of the order that is inside the price of this line.",
    )
    freight_typed = fields.Monetary(
        "Fixed freight", help="Freight of this line as fixed by hand; the other lines follow."
    )
    freight_fixed = fields.Boolean(
        "Freight is fixed",
        compute="_compute_freight_fixed",
        store=True,
        readonly=False,
        precompute=True,
        help="Follows an amount that is typed. Tick it without an amount for a line that carries "
        "no freight.",
    )
    final_price_unit = fields.Float(
        "Final price",
        min_display_digits="Product Price",
        compute="_compute_final_price_unit",
        help="The price with its share of discount, minimum charge and freight.",
    )

    # -------------------------------------------------------------------- shares
    @api.depends("price_unit", "product_uom_qty", "discount", "currency_id")
    def _compute_goods_amount(self):
        for line in self:
            line.goods_amount = float(
                arithmetic.line_amount(
                    line.price_unit,
                    line.product_uom_qty,
                    line.discount,
                    line._money_digits(),
                )
            )

    def _money_digits(self):
        return (self.currency_id or self.env.company.currency_id).decimal_places

    def _shares_terms(self):
        """Whether the order's terms are shared with this line: goods that cost something."""
        return (
            bool(self.product_id)
            and not self.display_type
            and not self.is_downpayment
            and not self.is_delivery
            and not self._is_global_discount()
            and self.goods_amount > 0
        )

    @api.depends(
        "goods_amount",
        "is_delivery",
        "order_id.header_discount_kind",
        "order_id.header_discount_percent",
        "order_id.header_discount_amount",
        "order_id.minimum_line_amount",
        "order_id.minimum_order_amount",
        "order_id.order_line.goods_amount",
    )
    def _compute_discount_share(self):
        for order, lines in self.grouped("order_id").items():
            minimums, discounts = {}, {}
            # Without such terms the other lines are not even looked at.
            if order._has_shared_amounts():
                sharing = (order.order_line | lines).filtered(lambda line: line._shares_terms())
                minimums, discounts = order._share_discount(sharing)
            for line in lines:
                kept = line._origin if line._is_invoiced() else None
                line.minimum_share = kept.minimum_share if kept else float(minimums.get(line, 0))
                line.discount_share = kept.discount_share if kept else float(discounts.get(line, 0))

    def _is_invoiced(self):
        """Whether some of it is; what is not confirmed is not asked for its invoices."""
        return self.state == "sale" and self.qty_invoiced

    @api.depends("freight_typed")
    def _compute_freight_fixed(self):
        for line in self:
            line.freight_fixed = bool(line.freight_typed)

    @api.depends(
        "discount_share",
        "freight_typed",
        "freight_fixed",
        "order_id.freight_mode",
        "order_id.freight_amount",
        "order_id.freight_spread_by",
        "order_id.order_line.discount_share",
        "order_id.order_line.minimum_share",
        "order_id.order_line.product_uom_qty",
        "order_id.order_line.grams_per_metre",
        "order_id.order_line.freight_typed",
        "order_id.order_line.freight_fixed",
    )
    def _compute_freight_share(self):
        for order, lines in self.grouped("order_id").items():
            shares = {}
            if order._has_shared_freight():
                sharing = (order.order_line | lines).filtered(lambda line: line._shares_terms())
                shares = order._share_freight(sharing)
            for line in lines:
                kept = line._origin if line._is_invoiced() else None
                line.freight_share = kept.freight_share if kept else float(shares.get(line, 0))

    def _freight_weight(self):
        """Kilograms of this line, a Decimal."""
        if self.is_composite:
            return arithmetic.material_kg(self.product_uom_qty, self.grams_per_metre)
        return max(exact(self.product_uom_qty) * exact(self.product_id.weight), exact(0))

    def _shared_fields(self):
        return {**super()._shared_fields(), **dict.fromkeys(SHARES, self)}

    # ------------------------------------------------------------------- amounts
    def _terms_amount(self):
        """What the terms add to the goods of this line, a Decimal."""
        return exact(self.minimum_share) - exact(self.discount_share) + exact(self.freight_share)

    def _billed_amount(self):
        """What price × quantity of this line makes in the end, a Decimal in cents."""
        return exact(self.goods_amount) + self._terms_amount()

    def _billed_discount(self):
        """The line's own discount in percent, 0 where nothing would be left to carry freight."""
        return self.discount if self.discount < 100 else 0

    def _billed_price_unit(self):
        if not self._terms_amount() or not self.product_uom_qty:
            return super()._billed_price_unit()
        return self._price_for(self._billed_amount(), self.product_uom_qty)

    def _price_for(self, amount, quantity):
        return float(arithmetic.price_of_amount(amount, quantity, self._billed_discount()))

    @api.depends("price_unit", "product_uom_qty", "discount", "goods_amount", *SHARES)
    def _compute_final_price_unit(self):
        for line in self:
            line.final_price_unit = line._billed_price_unit()

    def _prepare_base_line_for_taxes_computation(self, **kwargs):
        """Taxes are on what the line costs in the end. Guarded by ``test_taxes``."""
        if self._terms_amount():
            kwargs = {
                "price_unit": self._billed_price_unit(),
                "discount": self._billed_discount(),
                **kwargs,
            }
        return super()._prepare_base_line_for_taxes_computation(**kwargs)

    @api.depends(*SHARES)
    def _compute_amount(self):
        """The amount follows the shares. Guarded by ``test_amounts``."""
        return super()._compute_amount()

    @api.depends(*SHARES)
    def _compute_untaxed_amount_to_invoice(self):
        """Core multiplies ``price_unit``, which is not all. Guarded by ``test_invoice``."""
        result = super()._compute_untaxed_amount_to_invoice()
        for line in self.filtered(lambda line: line.state == "sale" and line.product_uom_qty):
            if line._terms_amount():
                delivered = line.product_id.invoice_policy == "delivery"
                quantity = line.qty_delivered if delivered else line.product_uom_qty
                total = line.price_subtotal / line.product_uom_qty * quantity
                line.untaxed_amount_to_invoice = total - line.untaxed_amount_invoiced
        return result

    @api.depends("final_price_unit")
    @api.depends_context("lang")
    def _compute_basis_price_label(self):
        """Papers say the price that gives the amount beside it. Guarded by ``test_documents``."""
        result = super()._compute_basis_price_label()
        for line in self.filtered(lambda line: line._has_derived_price() and line._terms_amount()):
            price = arithmetic.price_for_basis(
                line.price_basis,
                line.final_price_unit,
                line.piece_length_mm,
                line.grams_per_metre,
            )
            line.basis_price_label = line._format_basis_price(price or 0)
        return result

    # ------------------------------------------------------------------- invoice
    def _prepare_invoice_line(self, **optional_values):
        """Bill the final price, and with the last part exactly what is left.

        Guarded by ``test_invoice``.
        """
        values = super()._prepare_invoice_line(**optional_values)
        if self.display_type or not (self.is_composite or self._terms_amount()):
            return values
        if {"price_unit", "quantity"} & optional_values.keys():
            return values
        return {
            **values,
            "price_unit": self._price_to_invoice(),
            "discount": self._billed_discount() if self._terms_amount() else self.discount,
        }

    def _price_to_invoice(self):
        """The final price; for the last part the one that makes the parts add up to the cent."""
        price = self._billed_price_unit()
        quantity = self.qty_to_invoice
        last = not self.product_uom_id.compare(self.qty_invoiced + quantity, self.product_uom_qty)
        if not self.qty_invoiced or not quantity or not last:
            return price
        digits, discount = self._money_digits(), self._billed_discount()
        parts = self._get_invoice_lines().filtered(lambda part: part.parent_state != "cancel")
        billed = sum(
            arithmetic.line_amount(part.price_unit, part.quantity, part.discount, digits)
            * (-1 if part.move_id.move_type == "out_refund" else 1)
            for part in parts
        )
        left = self._billed_amount() - billed
        usual = arithmetic.line_amount(price, quantity, discount, digits)
        # Only what rounding did: a price that was changed on an invoice stays changed.
        if abs(left - usual) > (len(parts) + 1) * exact(self.currency_id.rounding):
            return price
        return price if left == usual else self._price_for(left, quantity)
