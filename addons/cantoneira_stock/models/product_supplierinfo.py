from odoo import api, models
from odoo.exceptions import ValidationError


class ProductSupplierinfo(models.Model):
    _inherit = "product.supplierinfo"

    @api.constrains("product_uom_id", "product_id", "product_tmpl_id")
    def _check_unit(self):
        """A price per metre of a paper in kg would be converted 1 to 1 without a word."""
        for offer in self:
            product = offer.product_id or offer.product_tmpl_id
            if not (product.material_type or product.composite_length or product.product_kind):
                continue
            if not offer.product_uom_id._has_common_reference(product.uom_id):
                raise ValidationError(
                    self.env._(
                        "%(vendor)s would sell %(product)s in %(unit)s, but it is stocked in "
                        "%(stocked)s. Choose a unit made of %(stocked)s.",
                        vendor=offer.partner_id.display_name,
                        product=product.display_name,
                        unit=offer.product_uom_id.name,
                        stocked=product.uom_id.name,
                    )
                )
