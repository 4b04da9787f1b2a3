from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import formatLang


class SaleOrder(models.Model):
    _inherit = "sale.order"

    production_ids = fields.One2many(
        "mrp.production", "sale_order_id", string="Manufacturing orders", readonly=True
    )
    # Stored: what is sold is grouped by customer and month in pieces, metres and kg.
    total_pieces = fields.Integer("Pieces", compute="_compute_composite_totals", store=True)
    total_metres = fields.Float(
        "Metres", digits="Product Unit", compute="_compute_composite_totals", store=True
    )
    net_weight = fields.Float(
        "Net weight (kg)",
        digits=(16, 3),
        compute="_compute_composite_totals",
        store=True,
        help="Weight of the edge protectors, from their recipes when they were quoted.",
    )

    # Not on the line's composite_weight: it hears of every change of a recipe, and the totals of
    # all orders ever made would be computed again for nothing.
    @api.depends("order_line.piece_qty", "order_line.product_uom_qty", "order_line.grams_per_metre")
    def _compute_composite_totals(self):
        for order in self:
            lines = order.order_line.filtered("is_composite")
            order.total_pieces = sum(lines.mapped("piece_qty"))
            order.total_metres = sum(lines.mapped("product_uom_qty"))
            order.net_weight = sum(lines.mapped("composite_weight"))

    def _composite_totals_label(self):
        """Text for people: ``160 pcs · 289.48 m · 42.785 kg net``."""
        return self.env._(
            "%(pieces)s pcs · %(metres)s m · %(kg)s kg net",
            pieces=formatLang(self.env, self.total_pieces, digits=0),
            metres=formatLang(self.env, self.total_metres, digits=2),
            kg=formatLang(self.env, self.net_weight, digits=3),
        )

    # ------------------------------------------------------------ confirmation
    def action_confirm(self):
        """Only who sells confirms: core lets storekeepers, operators and accountants write orders.

        Guarded by ``test_roles``. Customers confirm through the portal, which runs as superuser.
        """
        if not self.env.su and not self.env.user.has_group("sales_team.group_sale_salesman"):
            raise AccessError(
                self.env._(
                    "%(user)s may not confirm %(orders)s. Ask someone with the role Sales.",
                    user=self.env.user.name,
                    orders=", ".join(self.mapped("name")),
                )
            )
        return super().action_confirm()

    def _action_confirm(self):
        """Check what confirming promises, order by order, so that each sees the one before.

        Guarded by ``test_confirmation``.
        """
        # Core would not compute the cost of standard cost lines once they have moves: 0 stays.
        self.order_line._recompute_recordset(["purchase_price"])
        for order in self:
            order._check_can_be_made()
            order._check_credit()
            super(SaleOrder, order._keep_promise())._action_confirm()
        return True

    def _check_can_be_made(self):
        """Refuse a profile that its routes would deliver from nothing."""
        problems = self.order_line.product_id._manufacture_problems(self.warehouse_id)
        if problems:
            raise UserError("\n".join(problems.values()))

    def _promise(self, quantities):
        """Promise what ``quantities`` of sold products need, or say what is missing.

        :param quantities: ``{product.product: [quantity of each line]}`` in the products' units;
            what does not grow is left out
        :raises ShortageError: when the company blocks and something is missing
        """
        self.ensure_one()
        growing = {
            product: [grown for grown in each if product.uom_id.compare(grown, 0) > 0]
            for product, each in quantities.items()
        }
        if not any(growing.values()) or self.env.context.get("promise_kept"):
            return
        needs = self.env["product.product"]._material_needs(growing, self.company_id)
        self.env["cantoneira.availability"]._promise(
            self, needs, self.warehouse_id, self.commitment_date or self.expected_date
        )

    def _ordered_not_invoiced(self, partner):
        """What ``partner`` ordered besides and was not invoiced yet, in the company's currency.

        Core's ``credit_to_invoice`` leaves out what is invoiced on delivery until it is
        delivered, and so counts this order, which is being confirmed, or does not.
        """
        company = self.company_id or self.env.company
        # sudo: other salespeople's orders count as well; only their sum is told.
        orders = self.sudo().search(
            [
                ("partner_invoice_id.commercial_partner_id", "=", partner.id),
                ("company_id", "=", company.id),
                ("state", "=", "sale"),
                ("invoice_status", "!=", "invoiced"),
                ("id", "not in", self.ids),
            ]
        )
        today = fields.Date.context_today(self)
        return sum(
            order.currency_id._convert(
                max(order.amount_total - order.amount_invoiced, 0),
                company.currency_id,
                company,
                today,
            )
            for order in orders
        )

    def _credit_position(self):
        """Return ``(limit, owed, total)`` in the company's currency, None without a limit.

        ``owed`` is what the customer owes besides this order, ``total`` is this order.
        """
        company = self.company_id
        # sudo: a setting of the company that every user is subject to.
        if not company.sudo().account_use_credit_limit:
            return None
        # sudo: a salesperson may not read what a customer owes; they are told the sums that
        # refuse this one order and nothing else.
        partner = self.partner_id.commercial_partner_id.sudo().with_company(company)
        if not partner.credit_limit:
            return None
        total = self.currency_id._convert(
            self.amount_total, company.currency_id, company, fields.Date.context_today(self)
        )
        partner.invalidate_recordset(["credit"])
        owed = partner.credit + self._ordered_not_invoiced(partner)
        return partner.credit_limit, owed, total

    def _over_credit_sentence(self):
        """Say by how much this order is over the customer's limit, False when it is not."""
        position = self._credit_position()
        if not position:
            return False
        limit, owed, total = position
        currency = self.company_id.currency_id
        if currency.compare_amounts(owed + total, limit) <= 0:
            return False
        return self.env._(
            "%(customer)s has a credit limit of %(limit)s and owes %(owed)s; with this order of "
            "%(total)s it would be %(over)s over the limit.",
            customer=self.partner_id.commercial_partner_id.display_name,
            limit=formatLang(self.env, limit, currency_obj=currency),
            owed=formatLang(self.env, owed, currency_obj=currency),
            total=formatLang(self.env, total, currency_obj=currency),
            over=formatLang(self.env, owed + total - limit, currency_obj=currency),
        )

    def _check_credit(self):
        """Refuse an order over the customer's credit limit. Guarded by ``test_confirmation``."""
        if sentence := self._over_credit_sentence():
            self._refuse_credit(sentence)

    def _refuse_credit(self, sentence):
        """Raise ``sentence``; a manager's reason helps only where the company says so."""
        # sudo: the rule is a setting that every user of the company is subject to.
        if not self.company_id.sudo().credit_override:
            raise UserError(sentence)
        self.env["cantoneira.availability"]._override_or_raise(self, sentence)
