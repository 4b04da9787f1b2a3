"""Price lists with steps by the metres of the whole order for one profile.

Core compares a rule's minimum quantity with one line. A profile cut in three lengths is three
lines, and the customer who buys 7,000 m of it in all is to have the price of 7,000 m on each.

Lines are priced again together when their sum crosses a step, and only then: ``price_key`` says
what a price was looked up for, so that another line's change does not bring in a list price that
changed since. What was typed stays.
"""

from collections import defaultdict

from odoo import api, fields, models

from odoo.addons.cantoneira_stock import arithmetic


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    step_metres = fields.Float(
        "Metres for the price list",
        digits="Product Unit",
        compute="_compute_step_metres",
        help="All metres of this profile in the order: what the steps of the price list look at.",
    )
    price_key = fields.Char(
        compute="_compute_price_unit", store=True, readonly=False, precompute=True, copy=True
    )
    # The same of a price per piece or kg.
    basis_price_key = fields.Char(
        compute="_compute_basis_price", store=True, readonly=False, precompute=True, copy=True
    )

    @api.depends(
        "product_id",
        "product_uom_qty",
        "order_id.pricelist_id",
        "order_id.order_line.product_id",
        "order_id.order_line.product_uom_qty",
    )
    def _compute_step_metres(self):
        for order, lines in self.grouped("order_id").items():
            if not order.pricelist_id:  # no steps to look at
                for line in lines:
                    line.step_metres = line.product_uom_qty if line.is_composite else 0
                continue
            metres = defaultdict(arithmetic.Decimal)
            for line in order.order_line | lines:
                if line.is_composite:
                    metres[line.product_template_id] += arithmetic.exact(line.product_uom_qty)
            for line in lines:
                line.step_metres = (
                    float(metres[line.product_template_id]) if line.is_composite else 0
                )

    def _get_pricelist_kwargs(self):
        """Steps look at the order's metres of the profile. Guarded by ``test_price_steps``."""
        values = super()._get_pricelist_kwargs()
        return {**values, "quantity": self.step_metres or values["quantity"]}

    @api.depends("step_metres")
    def _compute_pricelist_item_id(self):
        """Look up the rules of all lines at once. Guarded by ``test_price_steps``."""
        known = {}
        for order, lines in self.grouped("order_id").items():
            pricelist, date = order.pricelist_id, order.date_order
            if pricelist and lines.product_id:
                products = lines.product_id | (order.order_line - lines).product_id
                known[pricelist.id, date] = pricelist._get_applicable_rules(products, date)
        lines = self.with_context(price_rules_known=known) if len(self) > 1 else self
        return super(SaleOrderLine, lines)._compute_pricelist_item_id()

    # ------------------------------------------------------------- when to price
    def _price_key(self):
        """What the price list's answer depends on; as long as it is the same, so is the price."""
        rule = self.pricelist_item_id
        # A list on top of another list may have its steps in the other one.
        metres = self.step_metres if rule.base == "pricelist" else 0
        parts = (
            self.product_id.id,
            self.product_uom_id.id,
            self.product_uom_qty,
            self.price_basis or "",
            self.piece_length_mm,
            rule.id or 0,
            metres,
        )
        return "/".join(map(str, parts))

    def _price_is_due(self, key):
        """Whether the price is to be looked up: something of its own changed, or the step did.

        :param key: the field that says what it was looked up for
        """
        if self.env.context.get("force_price_recomputation"):
            return True
        return self[key] != self._price_key()

    @api.depends("step_metres")
    def _compute_price_unit(self):
        """Price lines again whose step another line moved. Guarded by ``test_price_steps``."""
        due = self.filtered(
            lambda line: line._has_derived_price() or line._price_is_due("price_key")
        )
        due._follow_step_discount()
        result = super(SaleOrderLine, due)._compute_price_unit()
        for line in self:
            line.price_key = line._price_key() if line.product_id else False
        return result

    @api.depends("step_metres")
    def _compute_basis_price(self):
        """The same for prices per piece or kg. Guarded by ``test_price_steps``."""
        due = self.filtered(
            lambda line: (
                not line._has_derived_price()
                or line._basis_changed()
                or line._price_is_due("basis_price_key")
            )
        )
        result = super(SaleOrderLine, due)._compute_basis_price()
        for line in self:
            line.basis_price_key = line._has_derived_price() and line._price_key()
        return result

    def _follow_step_discount(self):
        """A step may be a discount that the customer is shown."""
        items = self.env["product.pricelist.item"]
        if not items._is_discount_feature_enabled():
            return
        before = {
            line: int(line.price_key.split("/")[-2])
            for line in self
            if line.is_composite and line.price_key and line.order_id and not line.qty_invoiced
        }
        moved = {line: rule for line, rule in before.items() if line.pricelist_item_id.id != rule}
        shown = (
            items.browse(set(moved.values()) - {0})
            .exists()
            .filtered(lambda rule: rule._show_discount())
        )
        for line, rule in moved.items():
            if rule in shown.ids or line.pricelist_item_id._show_discount():
                line._compute_discount()

    @api.model_create_multi
    def create(self, vals_list):
        """A price that is given is typed, and what is shared out counts all lines.

        Core would take a price that a program gives for the list's; and lines created together
        are computed one by one before any of them exists. Guarded by ``test_price_steps``.
        """
        given = [vals for vals in vals_list if "price_unit" in vals and vals.get("product_id")]
        products = self.env["product.product"].browse(vals["product_id"] for vals in given)
        profiles = set(products.filtered("composite_length").ids)
        vals_list = [
            # Any other amount than the price says that the price was typed; it may be 0.
            {"technical_price_unit": 0 if vals["price_unit"] else -1, **vals}
            if "price_unit" in vals and vals.get("product_id") in profiles
            else vals
            for vals in vals_list
        ]
        lines = super().create(vals_list)
        for name, touched in lines._shared_fields().items():
            self.env.add_to_compute(self._fields[name], touched)
        return lines

    def _shared_fields(self):
        """``{name: lines}`` of stored fields that depend on the order's other lines."""
        profiles = self.filtered("is_composite")
        return {"basis_price": profiles, "price_unit": profiles}
