"""Who pays the freight, and where its amount stands.

* CIF: we pay. The amount is inside the prices: each line carries a share in cents, by weight or by
  value, and a line may be fixed by hand. It is kept apart from the goods: freight is not margin.
* FOB: the customer pays the carrier; the order has no amount.
* Apart: we charge it on a line of its own, core's delivery line.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.arithmetic import exact

from .res_company import SPREAD_BY


class SaleOrder(models.Model):
    _inherit = "sale.order"

    freight_mode = fields.Selection(
        [("cif", "CIF, in the prices"), ("fob", "FOB, customer pays"), ("separate", "Apart")],
        "Freight",
        compute="_compute_freight_mode",
        store=True,
        readonly=False,
        help="CIF: we pay, the amount is spread inside the prices. FOB: the customer pays the "
        "carrier. Apart: a line of its own.",
    )
    freight_amount = fields.Monetary(
        "Freight amount", compute="_compute_freight_mode", store=True, readonly=False
    )
    freight_spread_by = fields.Selection(
        SPREAD_BY,
        "Spread",
        compute="_compute_freight_spread_by",
        store=True,
        readonly=False,
        precompute=True,
    )
    freight_partner_id = fields.Many2one(
        "res.partner", "Carrier", help="The company that carries the goods, for the note."
    )
    volume_count = fields.Integer("Volumes", copy=False, help="How many packages are shipped.")
    volume_kind = fields.Char("Kind of volumes", help="Pallets, bundles, boxes…")
    shipping_net_weight = fields.Float(
        "Net weight shipped (kg)",
        digits=(16, 3),
        compute="_compute_shipping_weights",
        store=True,
        readonly=False,
        copy=False,
        help="Proposed from the lines, for the note.",
    )
    shipping_gross_weight = fields.Float(
        "Gross weight shipped (kg)",
        digits=(16, 3),
        compute="_compute_shipping_weights",
        store=True,
        readonly=False,
        copy=False,
        help="With pallets. Proposed from the net weight, for the note.",
    )

    @api.depends("order_line.is_delivery", "order_line.goods_amount")
    def _compute_freight_mode(self):
        """A delivery line, however it came, is freight apart."""
        for order in self:
            lines = order.order_line.filtered("is_delivery")
            order.freight_mode = "separate" if lines else order.freight_mode
            order.freight_amount = (
                sum(lines.mapped("goods_amount")) if lines else order.freight_amount
            )

    @api.depends("company_id")
    def _compute_freight_spread_by(self):
        for order in self:
            # sudo: the company's rule holds for who may not read its settings.
            order.freight_spread_by = order.company_id.sudo().freight_spread_by or "weight"

    @api.depends("net_weight", "order_line.product_uom_qty", "order_line.grams_per_metre")
    def _compute_shipping_weights(self):
        for order in self:
            load = sum(line._freight_weight() for line in order._goods_lines())
            # sudo: what a pallet weighs is a setting of the company.
            tare = order.company_id.sudo().pallet_tare_kg
            gross = arithmetic.gross_kg(load, order._estimate_pallets(load), tare)
            order.shipping_net_weight = float(load)
            order.shipping_gross_weight = float(gross)

    def _goods_lines(self):
        return self.order_line.filtered(
            lambda line: line.product_id.type == "consu" and not line.display_type
        )

    # -------------------------------------------------------------------- shares
    def _has_shared_freight(self):
        return self.freight_mode == "cif" and bool(self.freight_amount)

    def _share_freight(self, lines):
        """Return ``{line: Decimal}``, the freight that each of ``lines`` has in its price.

        What was invoiced keeps its share. By value where nothing weighs.
        """
        weights = []
        if self.freight_spread_by != "value":
            weights = [line._freight_weight() for line in lines]
        if not any(weights):
            weights = [
                exact(line.goods_amount) + exact(line.minimum_share) - exact(line.discount_share)
                for line in lines
            ]
        fixed = [
            line._origin.freight_share
            if line._is_invoiced()
            else line.freight_typed
            if line.freight_fixed
            else None
            for line in lines
        ]
        shares = arithmetic.spread_around(
            self.freight_amount, weights, fixed, lines[:1]._money_digits()
        )
        return dict(zip(lines, shares, strict=True))

    @api.constrains("freight_amount")
    def _check_freight_amount(self):
        if any(order.freight_amount < 0 for order in self):
            raise ValidationError(self.env._("Freight cannot be negative. Type 0 for none."))

    @api.depends("freight_mode", "freight_amount", "freight_included")
    def _compute_terms_problem(self):
        return super()._compute_terms_problem()

    def _find_terms_problem(self):
        problem = super()._find_terms_problem()
        if problem or self.freight_mode != "cif" or not self.goods_total:
            return problem
        if exact(self.freight_amount) == exact(self.freight_included):
            return False
        return self.env._(
            "The freight of %(freight)s does not add up: the lines carry %(carried)s. Leave a line "
            "whose freight is not fixed by hand, or change the amounts that are.",
            freight=self._money(self.freight_amount),
            carried=self._money(self.freight_included),
        )

    # ------------------------------------------------------------- freight apart
    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        for order, vals in zip(orders, vals_list, strict=True):
            if {"freight_mode", "freight_amount"} & vals.keys():
                order._follow_freight_line()
        return orders

    def write(self, vals):
        """Freight apart has its line, and no other freight has. Guarded by ``test_freight``."""
        result = super().write(vals)
        if {"freight_mode", "freight_amount"} & vals.keys():
            for order in self:
                order._follow_freight_line(vals.get("freight_amount"))
        return result

    def _follow_freight_line(self, amount=None):
        """Make, change or remove core's delivery line, as mode and amount say."""
        lines = self.order_line.filtered("is_delivery")
        amount = self.freight_amount if amount is None else amount
        wanted = amount if self.freight_mode == "separate" else 0
        if not lines and not wanted:
            return
        order = self.with_context(freight_follows=True)
        if not wanted:
            carrier = self.carrier_id
            order._remove_delivery_line()
            # Core forgets the carrier with its line.
            order.carrier_id = carrier
        elif not lines:
            order.set_delivery_line(self.carrier_id or self._freight_carrier(), wanted)
        elif self.currency_id.compare_amounts(sum(lines.mapped("goods_amount")), wanted):
            if any(lines.mapped("qty_invoiced")):
                raise UserError(
                    self.env._(
                        "The freight of %s is invoiced already. Change it on the invoice.",
                        self.name,
                    )
                )
            lines[1:].price_unit = 0
            lines[:1].price_unit = wanted / (lines[:1].product_uom_qty or 1)

    @api.model
    def _new_as_asked(self, values):
        """Freight apart has its line in an answer too. Guarded by ``test_programs``."""
        order = super()._new_as_asked(values)
        if order.freight_mode == "separate" and order.freight_amount:
            carrier = order.carrier_id or order._freight_carrier()
            line = order._prepare_delivery_line_vals(carrier, order.freight_amount)
            order.order_line += order.order_line.new({**line, "order_id": order})
        return order

    def _freight_carrier(self):
        """The delivery method of freight apart where none was chosen: the first of the list."""
        carrier = self.env["delivery.carrier"].search(
            [
                ("delivery_type", "=", "fixed"),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            limit=1,
        )
        if not carrier:
            raise UserError(
                self.env._(
                    "Freight apart is a line of the order and needs a delivery method. Create one "
                    "in Sales › Configuration › Delivery Methods, or choose CIF or FOB."
                )
            )
        return carrier


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.constrains("freight_typed")
    def _check_freight_typed(self):
        if any(line.freight_typed < 0 for line in self):
            raise ValidationError(self.env._("Freight cannot be negative. Type 0 for none."))

    def unlink(self):
        """Freight apart ends with its line. Guarded by ``test_freight``."""
        orders = self.filtered("is_delivery").order_id
        result = super().unlink()
        if orders and not self.env.context.get("freight_follows"):
            orders.write({"freight_mode": False, "freight_amount": 0})
        return result
