from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.arithmetic import exact
from odoo.addons.cantoneira_stock.tools import format_number

from .. import packing


class ProductTemplate(models.Model):
    """How a profile is bundled and how much of it goes on a pallet."""

    _inherit = "product.template"

    pieces_per_bundle = fields.Integer(
        "Pieces per bundle",
        compute="_compute_pieces_per_bundle",
        store=True,
        readonly=False,
        precompute=True,
        help="Proposed from flanges and thickness: nested pieces, no thicker than twice the "
        "smaller flange. Type another number where you tie another.",
    )
    bundles_per_pallet = fields.Integer(
        "Bundles per pallet",
        help="At most so many. 0: as many as fit, from the measures, the length and the greatest "
        "height and weight of a pallet (Settings).",
    )
    packing_proposal = fields.Char("A full pallet", compute="_compute_packing_proposal")

    @api.depends("composite_length", "flange_a_mm", "flange_b_mm", "thickness_mm")
    def _compute_pieces_per_bundle(self):
        for template in self:
            pieces = 0
            if template.composite_length:
                pieces = packing.pieces_per_bundle(*template._section_measures())
            template.pieces_per_bundle = pieces

    @api.depends(
        "pieces_per_bundle",
        "bundles_per_pallet",
        "linear_weight",
        "flange_a_mm",
        "flange_b_mm",
        "thickness_mm",
        "default_piece_length_mm",
    )
    @api.depends_context("company", "lang")
    def _compute_packing_proposal(self):
        """What a full pallet of the usual length holds, in words."""
        for template in self:
            length = template.default_piece_length_mm
            template.packing_proposal = False
            if not template.composite_length or not length:
                continue
            try:
                full = template._pallet_item(None, 1, length, template.linear_weight)
            except ValueError:
                continue
            pieces = full.per_bundle * full.bundles
            metres = arithmetic.metres(pieces, length)
            kilos = arithmetic.material_kg(metres, template.linear_weight)
            template.packing_proposal = self.env._(
                "%(length)s mm: %(bundles)s bundles of %(per_bundle)s = %(pieces)s pieces, %(kg)s kg",
                length=format_number(self.env, length, 1),
                bundles=format_number(self.env, full.bundles, 0),
                per_bundle=format_number(self.env, full.per_bundle, 0),
                pieces=format_number(self.env, pieces, 0),
                kg=format_number(self.env, kilos, 1),
            )

    @api.constrains("pieces_per_bundle", "bundles_per_pallet")
    def _check_bundles(self):
        for template in self:
            if template.pieces_per_bundle < 0 or template.bundles_per_pallet < 0:
                raise ValidationError(
                    self.env._(
                        "%(product)s: pieces per bundle (%(pieces)s) and bundles per pallet "
                        "(%(bundles)s) cannot be below zero.",
                        product=template.display_name,
                        pieces=template.pieces_per_bundle,
                        bundles=template.bundles_per_pallet,
                    )
                )

    def _section_measures(self):
        return exact(self.flange_a_mm), exact(self.flange_b_mm), exact(self.thickness_mm)

    def _pallet_item(self, key, pieces, length_mm, grams_per_metre):
        """Return these pieces of one length as :class:`packing.Item`.

        :raises ValueError: when one piece is heavier than a pallet may be
        """
        # sudo: a setting every user of the company is subject to.
        pallet = self.env.company.sudo()._pallet()
        unit_kg = arithmetic.material_kg(arithmetic.metres(1, length_mm), grams_per_metre)
        per_bundle = self.pieces_per_bundle or 1
        section = packing.bundle_section(per_bundle, *self._section_measures())
        bundles = packing.bundles_by_size(section, exact(length_mm), pallet)
        return packing.item(
            key, pieces, unit_kg, per_bundle, self.bundles_per_pallet or bundles, pallet
        )
