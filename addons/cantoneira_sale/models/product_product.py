from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.cantoneira_stock import arithmetic

from .product_template import COST_GROUPS


class ProductProduct(models.Model):
    _inherit = "product.product"

    standard_price = fields.Float(groups=COST_GROUPS)

    @api.model
    def _needs_of_each(self, quantities, company):
        """What ``_material_needs`` sums, apart for each ``(product, quantity)`` of a list.

        :return: list of ``{material: Decimal}``, in the same order and as many.
        """
        made = [product for product, _quantity in quantities if product._is_made_to_order()]
        boms = self._recipes_of(dict.fromkeys(made), company)
        kits = self._kits_in(boms, company)
        answers = []
        for product, quantity in quantities:
            bom, own = boms.get(product), defaultdict(arithmetic.Decimal)
            needs = product._recipe_needs(bom, quantity, kits) if bom else [(product, quantity)]
            for material, need in needs:
                own[material] += arithmetic.exact(need)
            answers.append(dict(own))
        return answers

    def _archive_blockers(self):
        """Open orders need their products: quotations, and what is sold and not yet delivered."""
        blockers = super()._archive_blockers()
        # sudo: another salesperson's open order needs the product as well.
        groups = (
            self.env["sale.order.line"]
            .sudo()
            ._read_group(
                Domain("product_id", "in", self.ids)
                & Domain("order_id.production_state", "not in", ("delivered", "cancelled")),
                ["product_id"],
                ["order_id:recordset"],
            )
        )
        for product, orders in groups:
            blockers.setdefault(self.browse(product.id), []).append(
                self.env._(
                    "it is in open orders (%(orders)s); deliver or cancel them first",
                    orders=self._name_some(orders.mapped("name")),
                )
            )
        return blockers
