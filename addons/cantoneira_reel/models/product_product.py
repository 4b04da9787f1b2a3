from odoo import api, models
from odoo.tools import SQL

from odoo.addons.cantoneira_stock.models.product_template import PAPER


class AvailabilityService(models.AbstractModel):
    _inherit = "cantoneira.availability"

    @api.model
    def _usable_stock(self):
        """Blocked reels cover nobody. Guarded by ``test_blocked``."""
        self.env["stock.lot"].flush_model(["reel_blocked"])
        return SQL(
            """%s AND NOT EXISTS (
                SELECT FROM stock_lot lot WHERE lot.id = quant.lot_id AND lot.reel_blocked
            )""",
            super()._usable_stock(),
        )


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.model_create_multi
    def create(self, vals_list):
        """Core fills in "not tracked" before the template is asked. See ``test_company_setting``."""
        templates = self.env["product.template"]
        return super().create([templates._with_tracking(vals) for vals in vals_list])

    def _set_aside_quantities(self):
        """What blocked reels hold is nobody's to promise. Guarded by ``test_blocked``."""
        aside = super()._set_aside_quantities()
        tracked = self.filtered(lambda product: product.tracking != "none")
        if not tracked:
            return aside
        domain_quant, _domain_in, _domain_out = tracked._get_domain_locations()
        # sudo: as for the total it is taken from.
        groups = (
            self.env["stock.quant"]
            .sudo()
            ._read_group(
                [
                    ("product_id", "in", tracked.ids),
                    ("lot_id.reel_blocked", "=", True),
                    *domain_quant,
                ],
                ["product_id"],
                ["quantity:sum"],
            )
        )
        for product, quantity in groups:
            aside[product.id] = aside.get(product.id, 0) + quantity
        return aside

    def _is_reel_paper(self):
        """Whether this is a paper that is stocked reel by reel."""
        return self.material_type == PAPER and self.tracking == "lot"

    def _stocked_papers(self):
        return self.filtered(lambda p: p.material_type == PAPER and p.is_storable)

    def _pass_gates(self, locations):
        """Let two who move, reserve or mount these papers at once collide: the second runs again.

        See ``cantoneira.promise.gate``.
        """
        for warehouse in locations.warehouse_id.sorted("id"):
            self.env["cantoneira.promise.gate"]._pass(warehouse, self)

    @api.model
    def _guarded_papers(self, company):
        """Those of ``self`` whose stock may not go below zero in ``company``."""
        # sudo: a setting every user of the company is subject to.
        if not company.sudo().forbid_negative_paper:
            return self.browse()
        return self._stocked_papers()
