"""The price of a line, said per metre, per piece or per kg.

``price_unit`` stays what Odoo bills with: the price of one metre, not rounded. Where the customer
is quoted per piece or per kg, ``basis_price`` is the price that was said, in cents, and
``price_unit`` is derived from it, so that metres × price_unit is the price said × what is billed,
to the cent.
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare, float_is_zero, formatLang

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.arithmetic import PriceBasis

COST_GROUP = "cantoneira_stock.group_see_cost"

PRICE_BASES = [
    (PriceBasis.METRE.value, "per metre"),
    (PriceBasis.PIECE.value, "per piece"),
    (PriceBasis.KG.value, "per kg"),
]


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    price_basis = fields.Selection(
        PRICE_BASES,
        "Price basis",
        compute="_compute_price_basis",
        store=True,
        readonly=False,
        precompute=True,
        help="What the price of this line is said for. Metres are billed in any case.",
    )
    basis_price = fields.Float(
        "Price per piece or kg",
        min_display_digits="Product Price",
        compute="_compute_basis_price",
        store=True,
        readonly=False,
        precompute=True,
        help="The price said for one piece or one kg; the price per metre follows from it.",
    )
    # What basis_price was last computed as, and for which basis: another value was typed.
    # Like core's technical_price_unit.
    technical_basis_price = fields.Float(
        compute="_compute_basis_price", store=True, readonly=False, precompute=True
    )
    technical_price_basis = fields.Char(
        compute="_compute_basis_price", store=True, readonly=False, precompute=True
    )

    basis_price_label = fields.Char(compute="_compute_basis_price_label")

    @api.depends("price_basis", "basis_price", "currency_id")
    @api.depends_context("lang")
    def _compute_basis_price_label(self):
        """``R$ 20.00 per piece``, empty where the price is per metre."""
        for line in self:
            line.basis_price_label = line._has_derived_price() and line._format_basis_price(
                line.basis_price
            )

    def _format_basis_price(self, price):
        """``R$ 20.00 per piece``; a price that does not end in cents has four digits."""
        bases = dict(self._fields["price_basis"]._description_selection(self.env))
        price = arithmetic.round_half_up(price, 4)
        if price == arithmetic.money(price):
            text = formatLang(self.env, float(price), currency_obj=self.currency_id)
        else:
            symbol = self.currency_id.symbol
            number = formatLang(self.env, float(price), digits=4)
            before = self.currency_id.position == "before"
            text = (
                f"{symbol}\N{NO-BREAK SPACE}{number}"
                if before
                else (f"{number}\N{NO-BREAK SPACE}{symbol}")
            )
        return f"{text} {bases[self.price_basis]}"

    @api.depends("product_id")
    def _compute_price_basis(self):
        for line in self:
            line.price_basis = (
                (line.product_id.price_basis or PriceBasis.METRE.value)
                if line.is_composite
                else False
            )

    def _has_derived_price(self):
        """Whether price_unit follows from a price per piece or per kg."""
        return self.price_basis in (PriceBasis.PIECE.value, PriceBasis.KG.value)

    @api.depends("product_id", "product_uom_qty", "price_basis", "piece_length_mm")
    def _compute_basis_price(self):
        """Say the price list's price per metre in the basis, unless a price was typed."""
        for line in self:
            if not line._has_derived_price() or not line.product_id or not line.order_id:
                line.basis_price = line.technical_basis_price = 0
                line.technical_price_basis = line.price_basis
            elif line._basis_changed():
                line._say_price_again()
            elif not line._has_typed_basis_price():
                line._say_list_price()

    def _basis_changed(self):
        return bool(self.technical_price_basis) and self.technical_price_basis != self.price_basis

    def _has_typed_basis_price(self):
        if self.env.context.get("force_price_recomputation"):
            return False
        return float_compare(self.basis_price, self.technical_basis_price, precision_digits=6) != 0

    def _say_list_price(self):
        price = self.with_company(self.company_id)._get_display_price()
        self.basis_price = self.technical_basis_price = self._price_in_basis(price)
        self.technical_price_basis = self.price_basis

    def _say_price_again(self):
        """Another basis was chosen: a typed price keeps its value, the list's is looked up."""
        typed = self.currency_id.compare_amounts(self.technical_price_unit, self.price_unit)
        if not typed:
            self._say_list_price()
            return
        self.basis_price = self._price_in_basis(self.price_unit)
        self.technical_basis_price = 0
        self.technical_price_basis = self.price_basis

    def _price_in_basis(self, metre_price):
        price = arithmetic.price_for_basis(
            self.price_basis, metre_price, self.piece_length_mm, self.grams_per_metre
        )
        return float(arithmetic.money(price or 0))

    @api.depends("price_basis", "basis_price", "piece_qty", "piece_length_mm")
    def _compute_price_unit(self):
        """Derive the price per metre of lines quoted per piece or per kg."""
        result = super()._compute_price_unit()
        for line in self:
            # A basis just chosen is said first, from this very price: see _compute_basis_price.
            said = line._has_derived_price() and not line._basis_changed()
            if said and not line.qty_invoiced:
                line.price_unit = line._derived_price_unit()
        return result

    def _billed_price_unit(self):
        """The price per metre that quotation and invoice say. To be extended."""
        return self.price_unit

    def _derived_price_unit(self):
        return float(
            arithmetic.price_per_metre(
                self.price_basis,
                self.basis_price,
                self.piece_qty,
                self.piece_length_mm,
                self.grams_per_metre,
            )
        )

    @api.constrains("price_unit", "basis_price", "price_basis")
    def _check_basis_price(self):
        for line in self:
            if not line._has_derived_price() or line.qty_invoiced:
                continue
            if self.env.is_protected(self._fields["price_unit"], line):
                # It is just being derived from the price said, and is checked then.
                continue
            derived = line._derived_price_unit()
            if not float_is_zero(derived - line.price_unit, precision_digits=6):
                raise ValidationError(
                    self.env._(
                        "%(product)s is quoted %(basis)s: type its price there, not per metre.",
                        product=line.product_id.display_name,
                        basis=dict(self._fields["price_basis"]._description_selection(self.env))[
                            line.price_basis
                        ],
                    )
                )

    # -------------------------------------------------------------------- cost
    # Not precomputed: core reads precomputed values back as the user who creates the line.
    purchase_price = fields.Float(groups=COST_GROUP, precompute=False)
    margin = fields.Float(groups=COST_GROUP, precompute=False)
    margin_percent = fields.Float(groups=COST_GROUP, precompute=False)
    markup_percent = fields.Float(
        "Mark-up (%)",
        digits=(16, 1),
        compute="_compute_markup_percent",
        groups=COST_GROUP,
        help="(amount − cost) ÷ cost. The margin is on the price.",
    )

    @api.depends("price_subtotal", "purchase_price", "product_uom_qty")
    def _compute_markup_percent(self):
        for line in self:
            cost = arithmetic.exact(line.purchase_price) * arithmetic.exact(line.product_uom_qty)
            line.markup_percent = float(
                arithmetic.markup_percent(line._goods_subtotal(), cost) or 0
            )

    def _goods_subtotal(self):
        """What the goods of this line bring without taxes: what margin and mark-up are of."""
        return self.price_subtotal


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # The price said takes room on the screen only where one is said.
    has_basis_price = fields.Boolean(compute="_compute_has_basis_price")

    @api.depends("order_line.price_basis")
    def _compute_has_basis_price(self):
        for order in self:
            order.has_basis_price = any(line._has_derived_price() for line in order.order_line)

    margin = fields.Monetary(groups=COST_GROUP)
    margin_percent = fields.Float(groups=COST_GROUP)
