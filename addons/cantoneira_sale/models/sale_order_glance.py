"""What an order weighs on the scales and earns, beside its pieces, metres and net weight."""

from odoo import api, fields, models

from odoo.addons.cantoneira_stock import arithmetic

from .sale_order_line_price import COST_GROUP


class SaleOrder(models.Model):
    _inherit = "sale.order"

    pallet_count = fields.Integer(
        "Pallets",
        compute="_compute_gross_weight",
        help="Estimated from the weight of the goods and the largest load of a pallet.",
    )
    gross_weight = fields.Float(
        "Gross weight (kg)",
        digits=(16, 3),
        compute="_compute_gross_weight",
        help="Edge protectors, other goods that have a weight, and the pallets under them.",
    )
    markup_percent = fields.Float(
        "Mark-up (%)",
        digits=(16, 1),
        compute="_compute_markup_percent",
        groups=COST_GROUP,
        help="(amount − cost) ÷ cost, without taxes. The margin is on the price.",
    )

    @api.depends(
        "order_line.composite_weight",
        "order_line.product_uom_qty",
        "order_line.product_uom_id",
        "order_line.product_id",
        "company_id",
    )
    def _compute_gross_weight(self):
        for order in self:
            load = sum(order.order_line.mapped(lambda line: line._goods_kg()))
            pallets = order._estimate_pallets(load)
            order.pallet_count = pallets
            # sudo: what a pallet weighs is a setting of the company.
            order.gross_weight = float(
                arithmetic.gross_kg(load, pallets, order.company_id.sudo().pallet_tare_kg)
            )

    def _estimate_pallets(self, load_kg):
        """How many pallets ``load_kg`` of goods (Decimal) will stand on: by weight, until packed."""
        # sudo: a setting of the company, read by whoever reads its orders.
        return arithmetic.pallets_needed(load_kg, self.company_id.sudo().pallet_max_kg)

    @api.depends("amount_untaxed", "margin")
    def _compute_markup_percent(self):
        for order in self:
            cost = arithmetic.exact(order.amount_untaxed) - arithmetic.exact(order.margin)
            order.markup_percent = float(arithmetic.markup_percent(order.amount_untaxed, cost) or 0)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _goods_kg(self):
        """Net kg of this line (Decimal): by its recipe, or by the weight of the product."""
        if self.is_composite:
            return arithmetic.exact(self.composite_weight)
        if self.product_id.type != "consu" or not self.product_uom_id:
            return arithmetic.exact(0)
        quantity = self.product_uom_id._compute_quantity(
            self.product_uom_qty, self.product_id.uom_id, round=False
        )
        return arithmetic.exact(quantity) * arithmetic.exact(self.product_id.weight)
