"""The screen "What to buy": looked at, changed, turned into requests."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.cantoneira_stock.alert import AlertLevel, alert_level
from odoo.addons.cantoneira_stock.tools import format_number

from .purchase_need import NAMED_ORDERS
from .purchase_request import Wish


class PurchasePlan(models.TransientModel):
    """What is to be bought for one warehouse, as it stands when the screen is opened."""

    _name = "cantoneira.purchase.plan"
    _description = "What to buy"

    warehouse_id = fields.Many2one("stock.warehouse", required=True, readonly=True)
    line_ids = fields.One2many("cantoneira.purchase.plan.line", "plan_id")

    @api.model
    def action_open(self):
        """Look at everything anew and show it."""
        warehouse = self.env.user._get_default_warehouse_id()
        if not warehouse:
            raise UserError(self.env._("Your company has no warehouse to buy for. Create one."))
        needs = self.env["cantoneira.purchase.need"]._needs(warehouse)
        plan = self.create({"warehouse_id": warehouse.id})
        lines = self.env["cantoneira.purchase.plan.line"]
        lines.create([lines._prepare_values(plan, need) for need in needs])
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cantoneira_purchase.action_purchase_plan_lines"
        )
        return {
            **action,
            "domain": [("plan_id", "=", plan.id)],
            "context": {
                "search_default_to_order": 1,
                "search_default_late": 1,
                "search_default_by_supplier": 1,
                "cantoneira_plan_id": plan.id,
            },
        }


class PurchasePlanLine(models.TransientModel):
    _name = "cantoneira.purchase.plan.line"
    _description = "Material to buy"
    _order = "has_supplier desc, partner_id, order_by, id"

    plan_id = fields.Many2one(
        "cantoneira.purchase.plan", required=True, readonly=True, ondelete="cascade", index=True
    )
    product_id = fields.Many2one("product.product", "Material", required=True, readonly=True)
    uom_id = fields.Many2one("uom.uom", "Stock unit", readonly=True)
    minimum = fields.Float(digits="Product Unit", aggregator=None, readonly=True)
    on_hand = fields.Float(digits="Product Unit", aggregator=None, readonly=True)
    promised = fields.Float(
        "For open orders",
        digits="Product Unit",
        aggregator=None,
        readonly=True,
        help="What open orders and transfers will take out.",
    )
    free = fields.Float(
        digits="Product Unit", aggregator=None, readonly=True, help="On hand − for open orders."
    )
    on_order = fields.Float(
        digits="Product Unit",
        aggregator=None,
        readonly=True,
        help="What suppliers are to deliver, drafts of requests included.",
    )
    missing = fields.Float(
        digits="Product Unit",
        aggregator=None,
        readonly=True,
        help="What free and on order lack to cover open orders and the minimum.",
    )
    alert_level = fields.Selection(
        [
            (AlertLevel.OK.value, "OK"),
            (AlertLevel.WARNING.value, "Low"),
            (AlertLevel.CRITICAL.value, "Critical"),
        ],
        "Alert",
        readonly=True,
    )
    orders = fields.Char("Needed by", readonly=True, help="Open orders, the earliest first.")
    need_date = fields.Date(
        "Runs out on",
        readonly=True,
        help="The day from which open orders lack it, with all that is on order. Empty: they are "
        "covered.",
    )
    order_by = fields.Date(
        "Order until",
        readonly=True,
        help="The day it runs out less the supplier's lead time.",
    )
    is_late = fields.Boolean(compute="_compute_is_late")
    late_days = fields.Integer(
        "Days late",
        aggregator=None,
        readonly=True,
        help="Since the oldest receipt that has not come was due.",
    )
    late_text = fields.Char(
        "Late receipts",
        readonly=True,
        help="Receipts that were due before today, and by how many days.",
    )
    delay = fields.Integer("Lead time (days)", aggregator=None, readonly=True)
    has_supplier = fields.Boolean(readonly=True)
    partner_id = fields.Many2one("res.partner", "Supplier", readonly=True)
    least = fields.Float(
        "Minimum order",
        digits="Product Unit",
        aggregator=None,
        readonly=True,
        help="In the unit of the order.",
    )
    quantity = fields.Float(
        "To order",
        digits="Product Unit",
        aggregator=None,
        help="Proposed: what is missing in whole packs, at least the supplier's minimum.",
    )
    purchase_uom_id = fields.Many2one("uom.uom", "Order unit", readonly=True)
    price = fields.Monetary(aggregator=None, readonly=True)
    amount = fields.Monetary(compute="_compute_amount", store=True)
    currency_id = fields.Many2one("res.currency", readonly=True)

    @api.depends("quantity", "price")
    def _compute_amount(self):
        for line in self:
            line.amount = line.quantity * line.price

    @api.depends("order_by")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.is_late = bool(line.order_by and line.order_by < today)

    @api.constrains("quantity")
    def _check_quantity(self):
        for line in self.filtered(lambda line: line.quantity < 0):
            raise ValidationError(
                self.env._(
                    "%(product)s: %(quantity)s cannot be ordered. Type 0 to leave it out.",
                    product=line.product_id.display_name,
                    quantity=format_number(self.env, line.quantity),
                )
            )

    @api.model
    def _prepare_values(self, plan, need):
        product, offer = need.product, need.offer
        company = plan.warehouse_id.company_id
        level = alert_level(need.there.free, product.min_stock_qty, product.reorder_point_qty)
        return {
            "plan_id": plan.id,
            "product_id": product.id,
            "uom_id": product.uom_id.id,
            "minimum": need.minimum,
            "on_hand": need.there.on_hand,
            "promised": need.there.promised,
            "free": need.there.free,
            "on_order": need.on_order,
            "missing": need.missing,
            "alert_level": level.value,
            "orders": self._orders_text(need.orders),
            "need_date": need.need_date,
            "order_by": need.order_by,
            "late_days": need.late_days,
            "late_text": self._late_text(need),
            "delay": offer.delay,
            "has_supplier": bool(offer),
            "partner_id": offer.partner_id.id,
            "least": offer.min_qty,
            "quantity": need.quantity,
            "purchase_uom_id": (offer.product_uom_id or product.uom_id).id,
            "price": self._price(offer, company),
            "currency_id": company.currency_id.id,
        }

    @api.model
    def _price(self, offer, company):
        """Of one purchase unit, in the company's currency."""
        price = offer.price * (1 - offer.discount / 100)
        if offer and offer.currency_id != company.currency_id:
            today = fields.Date.context_today(self)
            price = offer.currency_id._convert(
                price, company.currency_id, company, today, round=False
            )
        return price

    @api.model
    def _late_text(self, need):
        """``WH/IN/00012: 3 days``; False when nothing is late."""
        if not need.late_days:
            return False
        return self.env._(
            "%(receipts)s: %(days)s days",
            receipts=self._orders_text(need.late_receipts),
            days=need.late_days,
        )

    @api.model
    def _orders_text(self, names):
        more = len(names) - NAMED_ORDERS
        text = ", ".join(names[:NAMED_ORDERS])
        if more > 0:
            text = self.env._("%(orders)s and %(more)s more", orders=text, more=more)
        return text

    # ---------------------------------------------------------------- requests
    def action_request(self):
        """Make the requests of the chosen lines, or of the whole screen when none is chosen.

        Looks again first: what was put on order since the screen was opened is not ordered twice.
        """
        lines = self or self.search(
            [("plan_id", "=", self.env.context.get("cantoneira_plan_id", 0))]
        )
        orders = self.env["purchase.order"]
        for plan, own in lines.filtered("quantity").grouped("plan_id").items():
            orders |= own._request(plan.warehouse_id)
        if not orders:
            raise UserError(lines._nothing_sentence())
        return orders._action_show_requests()

    def _request(self, warehouse):
        service = self.env["cantoneira.purchase.need"]
        service._take_turn(warehouse, self.product_id)
        needs = service._needs(warehouse, extra=dict.fromkeys(self.product_id, 0))
        on_order = {need.product: need.on_order for need in needs}
        wishes = []
        for line in self.filtered(lambda line: line.partner_id and line.product_id in on_order):
            quantity = line._less(on_order[line.product_id] - line.on_order)
            if quantity > 0:
                wishes.append(
                    Wish(line.product_id, quantity, line.purchase_uom_id, line.partner_id)
                )
            ordered = line.purchase_uom_id._compute_quantity(quantity, line.uom_id, round=False)
            line.write({"quantity": 0, "on_order": on_order[line.product_id] + ordered})
        return service._request(wishes, warehouse)

    def _less(self, ordered):
        """The quantity without what was put on order in the meantime, in the unit of the order."""
        if self.uom_id.compare(ordered, 0) <= 0:
            return self.quantity
        packs = self.uom_id._compute_quantity(ordered, self.purchase_uom_id, round=False)
        return max(0.0, self.purchase_uom_id.round(self.quantity - packs))

    def _nothing_sentence(self):
        """Why no request was made."""
        orphans = self.filtered(lambda line: line.missing and not line.partner_id)
        if orphans:
            return self.env._(
                "Nothing was requested: %(products)s has no supplier. Add one on the product, with "
                "price, lead time and minimum quantity.",
                products=", ".join(orphans.product_id.mapped("display_name")),
            )
        return self.env._("Nothing is left to request: all of it is there or on order.")


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def _action_show_requests(self):
        """Open these requests: the one, or the list."""
        action = self.env["ir.actions.act_window"]._for_xml_id("purchase.purchase_rfq")
        action["context"] = {}
        if len(self) == 1:
            return {
                **action,
                "res_id": self.id,
                "view_mode": "form",
                "views": [(False, "form")],
            }
        return {**action, "domain": [("id", "in", self.ids)]}
