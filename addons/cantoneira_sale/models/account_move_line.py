from odoo import api, fields, models
from odoo.tools import float_compare


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "cantoneira.composite.length.mixin"]

    _composite_quantity_field = "quantity"

    # sudo: whoever reads the invoice reads the price that it bills.
    basis_price_label = fields.Char(compute="_compute_basis_price_label", compute_sudo=True)

    @api.depends("price_unit", "sale_line_ids.price_basis", "sale_line_ids.basis_price")
    @api.depends_context("lang")
    def _compute_basis_price_label(self):
        """The price as it was quoted, unless another one is billed."""
        for line in self:
            quoted = line.sale_line_ids[:1]
            billed = quoted._billed_price_unit()
            same = float_compare(line.price_unit, billed, precision_digits=6) == 0
            line.basis_price_label = same and quoted.basis_price_label

    @api.depends("sale_line_ids.grams_per_metre")
    def _compute_composite_weight(self):
        return super()._compute_composite_weight()

    def _composite_grams(self):
        """The invoice weighs what the order weighs. Guarded by ``test_one_weight``."""
        # sudo: whoever reads the invoice reads the weight that was sold.
        quoted = self.sudo().sale_line_ids[:1]
        return quoted.grams_per_metre if quoted.is_composite else super()._composite_grams()
