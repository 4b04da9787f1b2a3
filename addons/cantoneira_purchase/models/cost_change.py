"""A receipt changed what papers cost: which recipes feel it, and what is decided."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.arithmetic import exact

MANAGER_GROUP = "cantoneira_sale.group_sales_manager"
ACTIVITY = "cantoneira_purchase.mail_activity_decide_cost"


class CostChange(models.Model):
    """One receipt's new costs. Costs of orders that were confirmed do not change."""

    _name = "cantoneira.cost.change"
    _description = "Changed cost of papers"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    name = fields.Char("Receipt", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("open", "To decide"),
            ("kept", "Kept"),
            ("updated", "Quoted costs updated"),
            ("raised", "Prices raised"),
        ],
        default="open",
        required=True,
        readonly=True,
        tracking=True,
    )
    material_ids = fields.One2many("cantoneira.cost.change.material", "change_id", "Papers")
    profile_ids = fields.One2many("cantoneira.cost.change.profile", "change_id", "Profiles")
    order_ids = fields.Many2many(
        "sale.order", string="Open quotations", compute="_compute_orders", compute_sudo=True
    )
    below_margin_ids = fields.Many2many(
        "sale.order",
        string="Below the minimum margin",
        compute="_compute_orders",
        compute_sudo=True,
    )

    @api.depends("profile_ids", "state")
    def _compute_orders(self):
        """Open quotations of these profiles; below: with the margin at today's cost."""
        for change in self:
            lines = change._quoted_lines()
            change.order_ids = lines.order_id
            least = change.company_id.minimum_margin_percent
            change.below_margin_ids = lines.order_id.filtered(
                lambda order, least=least: least and order._margin_at_cost_of_today() < least
            )

    def _quoted_lines(self):
        """Lines of open quotations that the new costs touch."""
        return self.env["sale.order.line"].search(
            [
                ("order_id.state", "in", ("draft", "sent")),
                ("company_id", "in", self.company_id.ids),
                ("product_id.product_tmpl_id", "in", self.profile_ids.product_tmpl_id.ids),
            ]
        )

    # ---------------------------------------------------------------- decisions
    def _decide(self, state):
        """The decision is taken once, by a sales manager."""
        for change in self:
            if change.state != "open":
                raise UserError(
                    self.env._(
                        "The costs of %(receipt)s were already decided on: %(decision)s.",
                        receipt=change.name,
                        decision=dict(self._fields["state"]._description_selection(self.env))[
                            change.state
                        ],
                    )
                )
        self.activity_feedback([ACTIVITY])
        self.state = state

    def action_keep(self):
        """Quotations and prices stay as they are."""
        self._decide("kept")

    def action_update_quotes(self):
        """Open quotations count with today's cost; their prices stay."""
        self._decide("updated")
        self._quoted_lines()._compute_purchase_price()

    def action_raise_prices(self):
        """Sales prices as proposed; quotations that are out keep theirs."""
        self._decide("raised")
        # sudo: who decides on costs decides on the prices of these profiles, and changes nothing
        # else of them.
        for profile in self.sudo().profile_ids.filtered("proposed_price"):
            template = profile.product_tmpl_id.with_company(profile.change_id.company_id)
            template.list_price = profile.proposed_price

    # ---------------------------------------------------------------- noticed
    @api.model
    def _notice(self, name, company, before):
        """Make the list when costs moved by more than the company's threshold.

        :param dict before: ``{product: cost before the receipt}``, the products in ``company``.
        """
        least = exact(company.cost_change_percent)
        moved = {
            product: cost
            for product, cost in before.items()
            if cost and abs(_percent(cost, product.standard_price)) > least
        }
        profiles = self._touched_profiles(moved, company)
        if not profiles:
            return self
        change = self.create(
            {
                "name": name,
                "company_id": company.id,
                "material_ids": [
                    fields.Command.create(
                        {
                            "product_id": product.id,
                            "cost_before": cost,
                            "cost_after": product.standard_price,
                        }
                    )
                    for product, cost in moved.items()
                ],
                "profile_ids": [fields.Command.create(values) for values in profiles],
            }
        )
        change._tell_manager()
        return change

    @api.model
    def _touched_profiles(self, moved, company):
        """Values of every profile with one of these materials in its recipe."""
        ids = [product.id for product in moved]
        lines = self.env["mrp.bom.line"].search(
            [("product_id", "in", ids), ("recipe_tmpl_id", "!=", False)]
        )
        values = []
        for template in lines.recipe_tmpl_id.with_company(company):
            recipe = template._recipe_lines()
            after = sum((line._exact_cost_per_metre() for line in recipe), exact(0))
            difference = exact(0)
            for line in recipe.filtered(lambda line: line.product_id in moved):
                now = line.product_id.standard_price
                share = line._exact_cost_per_metre() / exact(now) if now else exact(0)
                difference += share * (exact(now) - exact(moved[line.product_id]))
            if not difference:
                continue
            values.append(
                {
                    "product_tmpl_id": template.id,
                    "price": template.list_price,
                    "cost_before": float(after - difference),
                    "cost_after": float(after),
                }
            )
        return values

    def _tell_manager(self):
        manager = self.company_id._people(MANAGER_GROUP)[:1]
        if manager:
            self.with_context(lang=manager.lang, mail_activity_quick_update=True).activity_schedule(
                ACTIVITY, user_id=manager.id
            )


class CostChangeMaterial(models.Model):
    _name = "cantoneira.cost.change.material"
    _description = "Paper whose cost changed"

    change_id = fields.Many2one("cantoneira.cost.change", required=True, ondelete="cascade")
    product_id = fields.Many2one("product.product", "Paper", required=True, readonly=True)
    cost_before = fields.Float(digits=(16, 4), readonly=True)
    cost_after = fields.Float(digits=(16, 4), readonly=True)
    percent = fields.Float("Change (%)", digits=(16, 2), compute="_compute_percent")

    @api.depends("cost_before", "cost_after")
    def _compute_percent(self):
        for line in self:
            line.percent = float(_percent(line.cost_before, line.cost_after))


class CostChangeProfile(models.Model):
    _name = "cantoneira.cost.change.profile"
    _description = "Profile whose recipe costs something else"

    change_id = fields.Many2one("cantoneira.cost.change", required=True, ondelete="cascade")
    product_tmpl_id = fields.Many2one("product.template", "Profile", required=True, readonly=True)
    price = fields.Float("Price per metre", digits=(16, 2), readonly=True)
    cost_before = fields.Float(digits=(16, 4), readonly=True)
    cost_after = fields.Float(digits=(16, 4), readonly=True)
    markup_before = fields.Float("Mark-up before (%)", digits=(16, 1), compute="_compute_figures")
    markup_after = fields.Float("Mark-up after (%)", digits=(16, 1), compute="_compute_figures")
    margin_before = fields.Float("Margin before (%)", digits=(16, 1), compute="_compute_figures")
    margin_after = fields.Float("Margin after (%)", digits=(16, 1), compute="_compute_figures")
    proposed_price = fields.Float(
        digits=(16, 2),
        compute="_compute_proposed_price",
        store=True,
        readonly=False,
        help="The price that keeps the mark-up. Type another, or 0 to leave this price alone.",
    )

    @api.depends("price", "cost_before", "cost_after")
    def _compute_figures(self):
        for line in self:
            for when in ("before", "after"):
                cost = line[f"cost_{when}"]
                line[f"markup_{when}"] = arithmetic.markup_percent(line.price, cost) or 0
                line[f"margin_{when}"] = arithmetic.margin_percent(line.price, cost) or 0

    @api.depends("price", "cost_before", "cost_after")
    def _compute_proposed_price(self):
        for line in self:
            price = line.cost_before and (
                exact(line.price) * exact(line.cost_after) / exact(line.cost_before)
            )
            line.proposed_price = float(arithmetic.money(price))


def _percent(before, after):
    """How much ``after`` is above ``before``, in percent."""
    return arithmetic.markup_percent(after, before) or exact(0)


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        """A receipt that changes what papers cost asks what to do. Guarded by ``test_cost_change``."""
        receipts = self.filtered(lambda picking: picking.picking_type_code == "incoming")
        # sudo: who receives sees neither costs nor prices; the list is for who decides.
        receipts = receipts.sudo()
        before = {}
        for company, own in receipts.grouped("company_id").items():
            papers = own.move_ids.product_id.filtered("material_type").with_company(company)
            before[company] = (
                ", ".join(own.mapped("name")),
                {paper: paper.standard_price for paper in papers},
            )
        result = super()._action_done()
        for company, (name, costs) in before.items():
            changes = self.env["cantoneira.cost.change"].sudo().with_company(company)
            changes._notice(name, company, costs)
        return result


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _margin_at_cost_of_today(self):
        """Margin on the price of the goods in percent, if it were made of today's papers."""
        goods = exact(self._goods_subtotal())
        cost = exact(0)
        for line in self.order_line.filtered(lambda line: not line.is_delivery):
            product = line.product_id.with_company(self.company_id)
            price = product.uom_id._compute_price(product.standard_price, line.product_uom_id)
            cost += exact(price) * exact(line.product_uom_qty)
        return arithmetic.margin_percent(goods, cost) or exact(0)
