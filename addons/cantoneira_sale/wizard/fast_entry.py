"""Fast entry: pieces × length typed or pasted as text become lines of an order.

:mod:`odoo.addons.cantoneira_stock.piece_list` reads the text; this dialog chooses the profile, shows
what was read and adds all of it or nothing.
"""

from decimal import Decimal

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.cantoneira_stock import arithmetic, piece_list
from odoo.addons.cantoneira_stock.tools import format_number

from .fast_entry_sentences import SENTENCES


class FastEntry(models.TransientModel):
    _name = "cantoneira.fast.entry"
    _description = "Fast entry of pieces × length"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    product_id = fields.Many2one(
        "product.product",
        "Edge protector",
        compute="_compute_product_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        domain="[('composite_length', '=', True), ('sale_ok', '=', True)]",
        help="The one used last is proposed.",
    )
    text = fields.Text("Pieces × length")
    total_pieces = fields.Integer("Pieces", compute="_compute_preview")
    total_metres = fields.Float("Metres", digits="Product Unit", compute="_compute_preview")
    total_weight = fields.Float("Net weight (kg)", digits=(16, 3), compute="_compute_preview")
    line_count = fields.Integer("Lines", compute="_compute_preview")
    refused_count = fields.Integer("Refused lines", compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    refusals = fields.Html(compute="_compute_preview", sanitize=False)

    @api.depends("order_id")
    def _compute_product_id(self):
        for entry in self:
            if not entry.product_id:
                entry.product_id = entry.order_id._last_profile()

    @api.depends("text", "product_id")
    @api.depends_context("lang")
    def _compute_preview(self):
        for entry in self:
            reading = self._read_text(entry.text)
            metres = [arithmetic.metres(e.pieces, e.length_mm) for e in reading.entries]
            total = sum(metres, Decimal())
            entry.line_count = len(reading.entries)
            entry.refused_count = len(reading.refusals)
            entry.total_pieces = sum(e.pieces for e in reading.entries)
            entry.total_metres = float(total)
            entry.total_weight = float(arithmetic.material_kg(total, entry._grams_per_metre()))
            entry.preview = entry._preview_html(reading.entries, metres)
            entry.refusals = entry._refusals_html(reading.refusals)

    @api.model
    def _read_text(self, text):
        return piece_list.read(text or "")

    def _grams_per_metre(self):
        return self.product_id.linear_weight

    def _preview_html(self, entries, metres):
        """A table of what was read, so that a slip of the finger is seen before it is added."""
        row = Markup(
            "<tr><td>%s</td><td class='text-end'>%s m</td><td class='text-end'>%s kg</td></tr>"
        )
        mixin = self.env["sale.order.line"]
        rows = [
            row
            % (
                mixin._format_pieces(Decimal(entry.pieces), entry.length_mm),
                mixin._format_metres(length),
                format_number(self.env, arithmetic.material_kg(length, self._grams_per_metre())),
            )
            for entry, length in zip(entries, metres, strict=True)
        ]
        table = Markup("<table class='table table-sm mb-0'><tbody>%s</tbody></table>")
        return table % Markup().join(rows) if rows else False

    def _refusals_html(self, refusals):
        items = (Markup("<li>%s</li>") % self._refusal_sentence(each) for each in refusals)
        return Markup("<ul class='mb-0 ps-3'>%s</ul>") % Markup().join(items) if refusals else False

    @api.model
    def _refusal_sentence(self, refusal):
        """``Line 3 “10 2500”: Is it one number or two? …``."""
        sentence = self.env._(SENTENCES[refusal.problem])
        sentence %= {
            "detail": refusal.detail,
            "max_pieces": format_number(self.env, arithmetic.MAX_PIECES),
            "max_length": format_number(self.env, arithmetic.MAX_LENGTH_MM),
            "max_rows": format_number(self.env, piece_list.MAX_ROWS),
        }
        return self.env._(
            "Line %(row)s “%(text)s”: %(sentence)s",
            row=refusal.row,
            text=refusal.text,
            sentence=sentence,
        )

    # --------------------------------------------------------------------- add
    def action_add(self):
        """Add everything that was typed to the order, or nothing and say why."""
        self.ensure_one()
        self.order_id._add_pieces(self.product_id, self._read_all())
        return {"type": "ir.actions.act_window_close"}

    def action_add_more(self):
        """Add, and go on with another profile."""
        self.action_add()
        return self.order_id.action_fast_entry()

    def _read_all(self):
        """What was typed, as ``piece_list.Entry``; raises a sentence for each line refused."""
        reading = self._read_text(self.text)
        if reading.refusals:
            sentences = [self._refusal_sentence(refusal) for refusal in reading.refusals]
            title = self.env._("Nothing was added. Correct these lines first:")
            raise UserError("\n".join([title, *sentences]))
        if not reading.entries:
            raise UserError(
                self.env._("Type pieces and length first, one line for each length: 10x2500.")
            )
        return reading.entries


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_fast_entry(self):
        """Open the fast entry. The client saves the order first."""
        self.ensure_one()
        self._check_takes_lines()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Fast entry"),
            "res_model": "cantoneira.fast.entry",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def _check_takes_lines(self):
        """Raise a sentence when no line can be added any more."""
        if self.state == "cancel" or self.locked:
            raise UserError(
                self.env._(
                    "%(order)s is cancelled or locked: no line can be added. Unlock it, or make a "
                    "new quotation.",
                    order=self.name,
                )
            )

    def _add_pieces(self, product, entries):
        """Append one line of ``product`` for each of ``entries`` (``piece_list.Entry``)."""
        self._append_lines(
            {
                "product_id": product.id,
                "piece_qty": entry.pieces,
                "piece_length_mm": float(entry.length_mm),
            }
            for entry in entries
        )

    def _append_lines(self, lines_values):
        """Add lines after those there are, through the order: a confirmed one promises them."""
        self.ensure_one()
        self._check_takes_lines()
        last = max(self.order_line.mapped("sequence"), default=9)
        self.write(
            {
                "order_line": [
                    Command.create({"sequence": last + 1, **values}) for values in lines_values
                ]
            }
        )

    def _last_profile(self):
        """The profile most likely meant: of this order, else the user's last, else the customer's.

        Empty when nothing was sold yet and there is more than one profile to choose from.
        """
        typed = self.order_line.filtered("is_composite")
        if typed:
            return typed[-1:].product_id
        lines = self.env["sale.order.line"]
        pieces = Domain("piece_qty", ">", 0) & Domain("product_id.active", "=", True)
        pieces &= Domain("product_id.sale_ok", "=", True)
        for domain in (
            Domain("create_uid", "=", self.env.uid),
            Domain("order_partner_id", "child_of", self.partner_id.commercial_partner_id.ids),
        ):
            if line := lines.search(domain & pieces, order="id desc", limit=1):
                return line.product_id
        profiles = self.env["product.product"].search(
            [("composite_length", "=", True), ("sale_ok", "=", True)], limit=2
        )
        return profiles if len(profiles) == 1 else profiles.browse()
