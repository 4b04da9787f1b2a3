"""Discount of the whole order and minimum charges, shared out over its lines."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import formatLang

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.arithmetic import exact

#: Who may make an exception from the minimum charges.
MANAGER_GROUP = "cantoneira_sale.group_sales_manager"
MINIMUMS = {"minimum_line_amount", "minimum_order_amount"}
#: What a program may say about the discount and the freight of an order it creates.
PROGRAM_FIELDS = {
    "header_discount_kind",
    "header_discount_percent",
    "header_discount_amount",
    "freight_mode",
    "freight_amount",
    "freight_spread_by",
    "freight_partner_id",
}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    header_discount_kind = fields.Selection(
        [("percent", "in %"), ("amount", "in money")],
        "Discount",
        help="A discount on the whole order, spread over its lines. Empty: none.",
    )
    header_discount_percent = fields.Float("Discount (%)", digits=(16, 4))
    header_discount_amount = fields.Monetary("Discount amount")
    minimum_line_amount = fields.Monetary(
        "Minimum charge per line",
        compute="_compute_minimum_amounts",
        store=True,
        readonly=False,
        copy=False,
        help="From the price list or the company. A sales manager may change it for this order.",
    )
    minimum_order_amount = fields.Monetary(
        "Minimum charge per order",
        compute="_compute_minimum_amounts",
        store=True,
        readonly=False,
        copy=False,
        help="From the price list or the company. A sales manager may change it for this order.",
    )
    goods_total = fields.Monetary("Goods", compute="_compute_terms_totals", store=True)
    minimum_total = fields.Monetary("Minimum charge", compute="_compute_terms_totals", store=True)
    discount_total = fields.Monetary("Discount given", compute="_compute_terms_totals", store=True)
    freight_included = fields.Monetary(
        "Freight in the prices", compute="_compute_terms_totals", store=True
    )
    terms_problem = fields.Char(compute="_compute_terms_problem")

    # ------------------------------------------------------------------ amounts
    @api.depends("pricelist_id", "company_id")
    def _compute_minimum_amounts(self):
        for order in self:
            # sudo: the company's rule holds for who may not read its settings.
            pricelist, company = order.pricelist_id.sudo(), order.company_id.sudo()
            own = pricelist.has_own_minimum
            for name in MINIMUMS:
                amount = pricelist[name] if own else company[name]
                if amount and not own and order.currency_id:
                    amount = company.currency_id._convert(
                        amount, order.currency_id, company, fields.Date.context_today(order)
                    )
                order[name] = amount

    @api.depends(
        "order_line.goods_amount",
        "order_line.minimum_share",
        "order_line.discount_share",
        "order_line.freight_share",
        "order_line.is_delivery",
        "order_line.is_downpayment",
    )
    def _compute_terms_totals(self):
        for order in self:
            lines = order.order_line.filtered(
                lambda line: not line.is_delivery and not line.is_downpayment
            )
            for total, share in (
                ("goods_total", "goods_amount"),
                ("minimum_total", "minimum_share"),
                ("discount_total", "discount_share"),
                ("freight_included", "freight_share"),
            ):
                order[total] = float(sum(map(exact, lines.mapped(share))))

    def _share_discount(self, lines):
        """Return what ``lines`` are raised to the minimum charge and the discount of each.

        What was invoiced keeps its shares. The discount is taken of the goods raised to the
        minimum of a line; the minimum of the order is asked after it.

        :return: two ``{line: Decimal}``
        """
        digits = lines[:1]._money_digits()
        raised = [
            exact(line._origin.minimum_share)
            if line._is_invoiced()
            else arithmetic.raised_to(self.minimum_line_amount, line.goods_amount, digits)
            for line in lines
        ]
        amounts = [
            exact(line.goods_amount) + raise_ for line, raise_ in zip(lines, raised, strict=True)
        ]
        billed = [
            exact(line._origin.discount_share) if line._is_invoiced() else None for line in lines
        ]
        total = min(self._header_discount(sum(amounts), digits), sum(amounts))
        discounts = arithmetic.spread_around(total, amounts, billed, digits)
        lacking = arithmetic.raised_to(
            self.minimum_order_amount, sum(amounts) - sum(discounts), digits
        )
        settled = [exact(0) if line._is_invoiced() else None for line in lines]
        more = arithmetic.spread_around(lacking, amounts, settled, digits)
        minimums = [one + other for one, other in zip(raised, more, strict=True)]
        return dict(zip(lines, minimums, strict=True)), dict(zip(lines, discounts, strict=True))

    def _has_shared_amounts(self):
        return bool(
            self.header_discount_kind or self.minimum_line_amount or self.minimum_order_amount
        )

    def _header_discount(self, goods, digits=2):
        """The discount of the whole order on ``goods``, a Decimal in cents."""
        if self.header_discount_kind == "percent":
            percent = exact(self.header_discount_percent)
            return arithmetic.round_half_up(goods * percent / 100, digits)
        if self.header_discount_kind == "amount":
            return exact(self.header_discount_amount)
        return exact(0)

    # ------------------------------------------------------------------- checks
    @api.constrains("header_discount_percent", "header_discount_amount")
    def _check_header_discount(self):
        for order in self:
            if not 0 <= order.header_discount_percent <= 100:
                raise ValidationError(self.env._("Type a discount between 0 and 100 percent."))
            if order.header_discount_amount < 0:
                raise ValidationError(
                    self.env._("A discount is typed without a sign. For a higher price, change it.")
                )

    def _money(self, amount):
        return formatLang(self.env, float(amount), currency_obj=self.currency_id)

    @api.depends(
        "header_discount_kind",
        "header_discount_percent",
        "header_discount_amount",
        "discount_total",
        "goods_total",
    )
    @api.depends_context("lang")
    def _compute_terms_problem(self):
        for order in self:
            order.terms_problem = order._find_terms_problem()

    def _find_terms_problem(self):
        """The sentence that says why the terms do not add up, False where they do."""
        asked = exact(self.header_discount_amount)
        short = asked - exact(self.discount_total)
        if self.header_discount_kind == "amount" and short and self.goods_total:
            return self.env._(
                "The discount of %(asked)s cannot be spread: the lines take %(given)s. Type a "
                "discount that they can carry.",
                asked=self._money(asked),
                given=self._money(self.discount_total),
            )
        return False

    def _check_can_be_made(self):
        """Terms that do not add up are not promised. Guarded by ``test_amounts``."""
        self._check_terms()
        return super()._check_can_be_made()

    def _check_terms(self):
        for order in self:
            if problem := order.terms_problem:
                raise UserError(problem)

    @api.model
    def _request_fields(self):
        """Discount and freight too. Guarded by ``test_programs``."""
        return super()._request_fields() | PROGRAM_FIELDS

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_may_set_minimums(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Only a sales manager makes an exception; a confirmed order keeps adding up.

        Guarded by ``test_amounts``.
        """
        self._check_may_set_minimums(vals)
        result = super().write(vals)
        if self._touches_terms(vals):
            self.filtered(lambda order: order.state == "sale")._check_terms()
        return result

    def _touches_terms(self, vals):
        return any(name.startswith(("header_discount", "freight_")) for name in vals) or (
            "order_line" in vals
        )

    def _check_may_set_minimums(self, vals):
        if not MINIMUMS & vals.keys() or self.env.su or self.env.user.has_group(MANAGER_GROUP):
            return
        raise AccessError(
            self.env._(
                "%s may not change the minimum charge of an order. Ask a sales manager.",
                self.env.user.name,
            )
        )
