from odoo import api, models
from odoo.tools import SQL


class AvailabilityService(models.AbstractModel):
    _inherit = "cantoneira.availability"

    @api.model
    def _shared_place(self, location):
        """Surplus is of one length: it covers only who takes it. See ``test_no_other_length``."""
        return SQL(
            "%s AND COALESCE(%s, 0) = 0",
            super()._shared_place(location),
            SQL.identifier(location, "piece_length_mm"),
        )


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _set_aside_quantities(self):
        """Free surplus is on hand and no promise of metres. See ``test_no_other_length``."""
        aside = super()._set_aside_quantities()
        profiles = self.filtered("composite_length")
        if not profiles:
            return aside
        domain_quant, _domain_in, _domain_out = profiles._get_domain_locations()
        places = self.env["stock.quant"].sudo()  # sudo: as for the total it is taken from
        found = places.search(
            [
                ("product_id", "in", profiles.ids),
                ("location_id.piece_length_mm", ">", 0),
                *domain_quant,
            ]
        ).location_id
        if not found:
            return aside
        groups = (
            self.env["cantoneira.surplus"]
            .sudo()
            ._read_group(
                [("product_id", "in", profiles.ids), ("location_id", "in", found.ids)],
                ["product_id", "piece_length_mm"],
                ["free_pieces:sum"],
            )
        )
        composite = self.env["cantoneira.composite.input.mixin"]
        for product, length, pieces in groups:
            metres = composite._composite_quantity(pieces, length)
            aside[product.id] = aside.get(product.id, 0) + metres
        return aside
