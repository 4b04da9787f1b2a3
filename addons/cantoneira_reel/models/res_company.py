from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.cantoneira_mrp.tools import is_weight, weight_unit
from odoo.addons.cantoneira_stock.models.product_template import PAPER

#: Numbers that may not be below zero.
LIMITS = (
    "reel_width_tolerance_mm",
    "reel_grammage_tolerance_percent",
    "receipt_tolerance_percent",
    "count_limit_kg",
    "count_limit_value",
)


class ResCompany(models.Model):
    _inherit = "res.company"

    track_reels = fields.Boolean(
        "Track papers by reel",
        help="Every paper, present and new, is stocked reel by reel. What is in stock of a paper "
        "becomes its first reel. Turned off, only new papers are no longer tracked.",
    )
    forbid_negative_paper = fields.Boolean(
        "No negative stock of papers",
        default=True,
        help="Nothing takes more of a paper than there is, nor more from a reel than it holds.",
    )
    reel_width_tolerance_mm = fields.Float(
        "Width tolerance (mm)",
        digits=(10, 2),
        default=2,
        help="A reel whose measured width differs by more from its paper's is warned about.",
    )
    reel_grammage_tolerance_percent = fields.Float(
        "Grammage tolerance (%)",
        digits=(10, 2),
        default=5,
        help="A reel whose measured grammage differs by more from its paper's is warned about.",
    )
    receipt_tolerance_percent = fields.Float(
        "Receipt tolerance (%)",
        digits=(10, 2),
        default=5,
        help="How much more or less than ordered may come without a decision.",
    )
    count_limit_kg = fields.Float(
        "Count limit (kg)",
        digits=(10, 2),
        default=20,
        help="A difference above this waits for approval; 0: weight needs none.",
    )
    count_limit_value = fields.Monetary(
        "Count limit (value)",
        default=500,
        currency_field="currency_id",
        help="A difference worth more than this waits for approval; 0: value needs none.",
    )

    @api.constrains(*LIMITS)
    def _check_limits(self):
        for company in self:
            for name in LIMITS:
                if company[name] < 0:
                    raise ValidationError(
                        self.env._(
                            "%(field)s is %(value)s; it cannot be below zero.",
                            field=self._fields[name]._description_string(self.env),
                            value=company[name],
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies.filtered("track_reels")._track_papers()
        return companies

    def write(self, vals):
        """Turned on, the papers there are become tracked. Guarded by ``test_company_setting``."""
        result = super().write(vals)
        if vals.get("track_reels"):
            self._track_papers()
        return result

    def _track_papers(self):
        # sudo: a setting of the company covers its papers, and those of all companies, whoever
        # turned it on.
        papers = (
            self.env["product.template"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("material_type", "=", PAPER),
                    ("is_storable", "=", True),
                    ("tracking", "=", "none"),
                    ("company_id", "in", [False, *self.ids]),
                ]
            )
        )
        papers.tracking = "lot"

    def _is_beyond_count_limit(self, product, difference):
        """Whether a difference (in the product's unit) is for somebody else to accept."""
        # sudo: limits and costs decide for those too who may not see them.
        company = self.sudo()
        kilos = abs(difference) if is_weight(product.uom_id) else 0
        if kilos:
            kilos = product.uom_id._compute_quantity(kilos, weight_unit(self.env), round=False)
        value = abs(difference) * product.with_company(company).sudo().standard_price
        beyond_kilos = company.count_limit_kg and kilos > company.count_limit_kg
        beyond_value = company.count_limit_value and value > company.count_limit_value
        return bool(beyond_kilos or beyond_value)
