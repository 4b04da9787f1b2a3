"""What the customer bought before, copied whole or line by line into a quotation."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock.tools import format_number

#: Orders looked back at, newest first, and lines shown of them.
MAX_ORDERS = 10
MAX_LINES = 80


class PreviousOrders(models.TransientModel):
    _name = "cantoneira.previous.orders"
    _description = "Previous orders of the customer"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(related="order_id.partner_id.commercial_partner_id")
    line_ids = fields.One2many("cantoneira.previous.orders.line", "previous_id")

    def action_copy(self):
        """Copy the ticked lines; without any, say so."""
        self.ensure_one()
        ticked = self.line_ids.filtered("is_ticked")
        if not ticked:
            raise UserError(
                self.env._("Tick the lines to copy, or press “Whole order” beside one of them.")
            )
        return self._copy(ticked.line_id)

    def _copy(self, lines):
        """Append copies of ``lines`` (``sale.order.line``) at the prices of today."""
        gone = lines.filtered(lambda line: not line._can_be_copied())
        if gone == lines:
            raise UserError(self._gone_sentence(gone))
        self.order_id._append_lines(line._prepare_copied_line() for line in lines - gone)
        close = {"type": "ir.actions.act_window_close"}
        if not gone:
            return close
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self._gone_sentence(gone),
                "next": close,
            },
        }

    def _gone_sentence(self, lines):
        return self.env._(
            "Not copied, because it is no longer sold: %s.",
            ", ".join(lines.product_id.mapped("display_name")),
        )


class PreviousOrdersLine(models.TransientModel):
    _name = "cantoneira.previous.orders.line"
    _description = "Line of a previous order"
    _order = "id"

    previous_id = fields.Many2one("cantoneira.previous.orders", required=True, ondelete="cascade")
    line_id = fields.Many2one("sale.order.line", required=True, readonly=True, ondelete="cascade")
    is_ticked = fields.Boolean(" ")
    is_first = fields.Boolean(readonly=True, help="The first line shown of its order.")
    order_name = fields.Char(related="line_id.order_id.name", string="Order")
    date_order = fields.Datetime(related="line_id.order_id.date_order", string="Date")
    product_id = fields.Many2one(related="line_id.product_id")
    quantity_label = fields.Char("Quantity", compute="_compute_labels")
    price_label = fields.Char("Old price", compute="_compute_labels")
    currency_id = fields.Many2one(related="line_id.currency_id")
    price_subtotal = fields.Monetary(related="line_id.price_subtotal", string="Amount")
    is_gone = fields.Boolean(compute="_compute_is_gone")

    @api.depends("line_id")
    @api.depends_context("lang")
    def _compute_labels(self):
        for each in self:
            line = each.line_id
            unit = line.product_uom_id.name or ""
            quantity = f"{format_number(self.env, line.product_uom_qty)} {unit}"
            each.quantity_label = line.composite_label or quantity
            price = line.currency_id.format(line.price_unit)
            each.price_label = line.basis_price_label or f"{price} / {unit}"

    @api.depends("line_id")
    def _compute_is_gone(self):
        for each in self:
            each.is_gone = not each.line_id._can_be_copied()

    def action_copy_order(self):
        """Copy the whole order of this line."""
        self.ensure_one()
        return self.previous_id._copy(self.line_id.order_id._copied_lines())


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_previous_orders(self):
        """Open the last orders and quotations of this customer."""
        self.ensure_one()
        self._check_takes_lines()
        lines = self._previous_orders()._copied_lines()[:MAX_LINES]
        if not lines:
            raise UserError(
                self.env._(
                    "%s has no other order or quotation yet.",
                    self.partner_id.commercial_partner_id.display_name,
                )
            )
        previous = self.env["cantoneira.previous.orders"].create(
            {
                "order_id": self.id,
                "line_ids": [
                    Command.create({"line_id": line.id, "is_first": line == first})
                    for order_lines in lines.grouped("order_id").values()
                    for first in order_lines[0]
                    for line in order_lines
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Previous orders of %s", previous.partner_id.display_name),
            "res_model": previous._name,
            "res_id": previous.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def _previous_orders(self):
        return self.search(
            [
                ("partner_id", "child_of", self.partner_id.commercial_partner_id.ids),
                ("id", "!=", self.id),
                ("company_id", "=", self.company_id.id),
                ("order_line", "!=", False),
            ],
            order="date_order desc, id desc",
            limit=MAX_ORDERS,
        )

    def _copied_lines(self):
        """Lines that say what was bought: no sections, notes, down payments or freight."""
        return self.order_line.filtered(
            lambda line: (
                line.product_id
                and not line.display_type
                and not line.is_downpayment
                and not line.is_delivery
            )
        )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _can_be_copied(self):
        return self.product_id.active and self.product_id.sale_ok

    def _prepare_copied_line(self):
        """Values of a line that buys the same again; its price is looked up as for a new line."""
        if self.is_composite:
            return {
                "product_id": self.product_id.id,
                "piece_qty": self.piece_qty,
                "piece_length_mm": self.piece_length_mm,
                "price_basis": self.price_basis,
            }
        return {
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
            "product_uom_qty": self.product_uom_qty,
        }
