"""Margin without freight, and what happens below the least the company wants."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_sale.models.sale_order_line_price import COST_GROUP
from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.arithmetic import exact
from odoo.addons.cantoneira_stock.tools import format_number

from .sale_order_terms import MANAGER_GROUP


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _goods_subtotal(self):
        """Freight is not margin: neither what is inside a price nor a line of freight."""
        if self.is_delivery:
            return 0
        return super()._goods_subtotal() - self._freight_subtotal()

    def _freight_subtotal(self):
        """Freight inside the amount without taxes, where the price has taxes in it."""
        billed = float(self._billed_amount())
        if not self.freight_share or not billed:
            return 0
        return self.freight_share * self.price_subtotal / billed

    @api.depends("freight_share", "is_delivery")
    def _compute_margin(self):
        """Margin of the goods alone. Guarded by ``test_margin``."""
        result = super()._compute_margin()
        for line in self:
            if line.is_delivery:
                line.margin = line.margin_percent = 0
            elif line.freight_share:
                goods = line._goods_subtotal()
                line.margin -= line._freight_subtotal()
                line.margin_percent = goods and line.margin / goods
        return result

    @api.depends("freight_share", "is_delivery")
    def _compute_markup_percent(self):
        return super()._compute_markup_percent()


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # sudo: everybody is told that it is below; the numbers are for who sees costs.
    is_below_margin = fields.Boolean(compute="_compute_is_below_margin", compute_sudo=True)
    margin_alert = fields.Char(compute="_compute_margin_alert")

    @api.depends("order_line.freight_share", "order_line.is_delivery")
    def _compute_margin(self):
        """In percent of the goods alone. Guarded by ``test_margin``."""
        result = super()._compute_margin()
        for order in self:
            goods = order._goods_subtotal()
            order.margin_percent = goods and order.margin / goods
        return result

    def _goods_subtotal(self):
        return sum(line._goods_subtotal() for line in self.order_line)

    @api.depends("order_line.margin", "company_id")
    def _compute_is_below_margin(self):
        for order in self:
            least = order.company_id.minimum_margin_percent
            order.is_below_margin = bool(
                least and order.order_line
            ) and order._margin_of_goods() < exact(least)

    def _margin_of_goods(self):
        """Margin on the price of the goods in percent, a Decimal to two digits."""
        goods = exact(self._goods_subtotal())
        margin = sum(map(exact, self.order_line.mapped("margin")))
        percent = arithmetic.margin_percent(goods, goods - margin)
        if percent is None:
            # Nothing is charged: all of the cost is lost, or there is none.
            percent = exact(-100 if margin < 0 else 100)
        return arithmetic.round_half_up(percent, 2)

    @api.depends("is_below_margin", "order_line.price_subtotal", "order_line.product_uom_qty")
    @api.depends_context("lang", "uid")
    def _compute_margin_alert(self):
        for order in self:
            order.margin_alert = order.is_below_margin and order._margin_sentence()

    def _margin_sentence(self):
        if not self.env.user.has_group(COST_GROUP):
            return self._neutral_margin_sentence()
        # sudo: read by who may see costs, of an order that they see.
        order = self.sudo()
        return self.env._(
            "The margin is %(margin)s %%, below the minimum of %(least)s %%. A sales manager may "
            "confirm it with a reason.",
            margin=format_number(self.env, order._margin_of_goods(), 2),
            least=format_number(self.env, order.company_id.minimum_margin_percent, 2),
        )

    def _neutral_margin_sentence(self):
        return self.env._(
            "These prices are below what the company allows. A sales manager may confirm the "
            "order with a reason."
        )

    def _check_can_be_made(self):
        """Below the minimum margin it takes a manager and a reason. Guarded by ``test_margin``."""
        for order in self.filtered("is_below_margin"):
            order._release_margin()
        return super()._check_can_be_made()

    def _release_margin(self):
        availability = self.env["cantoneira.availability"]
        if not availability._override_reason() or not self.env.user.has_group(MANAGER_GROUP):
            raise UserError(self._margin_sentence())
        # The chatter is read by who may not see costs.
        availability._override_or_raise(self, self._neutral_margin_sentence())
