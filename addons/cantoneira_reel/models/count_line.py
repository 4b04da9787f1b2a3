from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number

from .count import OPEN


class CountLine(models.Model):
    _name = "cantoneira.count.line"
    _description = "Counted line"
    _order = "location_id, product_id, lot_id, id"

    count_id = fields.Many2one("cantoneira.count", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="count_id.company_id", store=True)
    state = fields.Selection(related="count_id.state")
    shows_expected = fields.Boolean(related="count_id.shows_expected")
    location_id = fields.Many2one("stock.location", "Place", required=True)
    product_id = fields.Many2one("product.product", required=True, index=True)
    lot_id = fields.Many2one("stock.lot", "Reel")
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    expected_qty = fields.Float(
        "Expected", digits="Product Unit", readonly=True, help="On hand when it was counted."
    )
    counted_qty = fields.Float("Found", digits="Product Unit")
    is_counted = fields.Boolean(
        "Counted", compute="_compute_is_counted", store=True, readonly=False, precompute=True
    )
    difference = fields.Float(digits="Product Unit", compute="_compute_difference", store=True)
    difference_value = fields.Monetary(
        "Difference (value)",
        compute="_compute_difference_value",
        currency_field="currency_id",
        groups="cantoneira_stock.group_see_cost",
        help="At the cost of today.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    beyond_limit = fields.Boolean(
        "Needs approval", compute="_compute_beyond_limit", compute_sudo=True
    )
    reason = fields.Char()

    # -------------------------------------------------------------- computes
    @api.depends("counted_qty")
    def _compute_is_counted(self):
        for line in self:
            line.is_counted = line.is_counted or bool(line.counted_qty)

    @api.depends("counted_qty", "expected_qty", "is_counted")
    def _compute_difference(self):
        for line in self:
            difference = arithmetic.exact(line.counted_qty) - arithmetic.exact(line.expected_qty)
            line.difference = float(difference) if line.is_counted else 0

    @api.depends("difference", "product_id", "company_id")
    def _compute_difference_value(self):
        for line in self:
            cost = line.product_id.with_company(line.company_id).standard_price
            line.difference_value = line.difference * cost

    @api.depends("difference", "product_id", "company_id")
    def _compute_beyond_limit(self):
        """See ``compute_sudo``: costs decide for those too who may not see them."""
        for line in self:
            line.beyond_limit = line.company_id._is_beyond_count_limit(
                line.product_id, line.difference
            )

    @api.constrains("counted_qty")
    def _check_counted(self):
        for line in self:
            if line.counted_qty < 0:
                raise ValidationError(
                    self.env._(
                        "%(what)s: %(quantity)s cannot have been counted. Type a number from zero up.",
                        what=line._what(),
                        quantity=format_number(self.env, line.counted_qty),
                    )
                )

    # --------------------------------------------------------------------- typing
    def write(self, vals):
        """What is expected is what is on hand at the moment somebody counts."""
        if {"counted_qty", "is_counted"} & vals.keys():
            if closed := self.filtered(lambda line: line.state not in OPEN):
                raise UserError(
                    self.env._("%(count)s is not being counted.", count=closed[0].count_id.name)
                )
            on_hand = self._on_hand()
            for line in self:
                super(CountLine, line).write({"expected_qty": on_hand[line]})
        return super().write(vals)

    def action_zero(self):
        """Nothing was found."""
        self.write({"counted_qty": 0, "is_counted": True})
        return True

    def _on_hand(self):
        """``{line: what is on hand of it now}``, in one query."""
        groups = self.env["stock.quant"]._read_group(
            [
                ("product_id", "in", self.product_id.ids),
                ("location_id", "in", self.location_id.ids),
            ],
            ["location_id", "product_id", "lot_id"],
            ["quantity:sum"],
        )
        there = {(place, product, lot): total for place, product, lot, total in groups}
        return {
            line: there.get((line.location_id, line.product_id, line.lot_id), 0) for line in self
        }

    def _has_code(self, code):
        codes = (self.lot_id.name, self.lot_id.supplier_batch)
        if not self.lot_id:
            codes = (self.product_id.barcode, self.product_id.default_code)
        return code.lower() in {text.lower() for text in codes if text}

    def _what(self):
        return " ".join(filter(None, [self.product_id.display_name, self.lot_id.name]))

    # ------------------------------------------------------------------- applying
    def _check_reasons(self):
        unexplained = self.filtered(
            lambda line: line.difference and not (line.reason or line.count_id.reason)
        )
        if unexplained:
            raise UserError(
                self.env._(
                    "Say why these differ: %(lines)s.",
                    lines=self.env["product.product"]._name_some(
                        [line._what() for line in unexplained]
                    ),
                )
            )

    def _apply(self):
        """Make the stock what was found, by core's own count, with the reason.

        :raises UserError: when something moved since it was counted.
        """
        self.product_id._pass_gates(self.location_id)
        self._check_unmoved()
        different = self.filtered("difference")
        quants = self.env["stock.quant"].with_context(inventory_mode=True, count_approved=True)
        for (count, reason), lines in different.grouped(
            lambda line: (line.count_id, line.reason or line.count_id.reason)
        ).items():
            name = f"{count.name}: {reason}"
            found = quants.with_context(inventory_name=name).create(
                [
                    {
                        "product_id": line.product_id.id,
                        "location_id": line.location_id.id,
                        "lot_id": line.lot_id.id,
                        "inventory_quantity": line.counted_qty,
                    }
                    for line in lines
                ]
            )
            found.with_env(quants.env).with_context(inventory_name=name)._apply_inventory()

    def _check_unmoved(self):
        on_hand = self._on_hand()
        moved = [
            self.env._(
                "%(what)s: counted when %(before)s %(unit)s were on hand, now there are %(now)s.",
                what=line._what(),
                before=format_number(self.env, line.expected_qty),
                now=format_number(self.env, on_hand[line]),
                unit=line.product_uom_id.name,
            )
            for line in self
            if line.product_uom_id.compare(line.expected_qty, on_hand[line])
        ]
        if moved:
            raise UserError("\n".join([*moved, self.env._("Count these again.")]))
