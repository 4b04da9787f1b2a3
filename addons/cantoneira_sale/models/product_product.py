from odoo import fields, models
from odoo.fields import Domain

from .product_template import COST_GROUPS


class ProductProduct(models.Model):
    _inherit = "product.product"

    standard_price = fields.Float(groups=COST_GROUPS)

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
