"""The product catalogue counts pieces of profiles, not metres."""

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock import arithmetic


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _update_order_line_info(
        self, product_id, quantity, *, section_id=False, child_field="order_line", **kwargs
    ):
        """Read the catalogue's quantity as pieces of a profile.

        Core writes it as metres, which contradict the pieces. The length is the line's, or the
        product's usual one. Guarded by ``test_catalogue``.
        """
        product = self.env["product.product"].browse(product_id)
        call = super()._update_order_line_info
        if not product.composite_length:
            return call(
                product_id, quantity, section_id=section_id, child_field=child_field, **kwargs
            )
        line = self.order_line.filtered(
            lambda line: (
                line.product_id == product and line.get_parent_section_line().id == section_id
            )
        )
        if quantity and line:
            line.piece_qty = quantity
        elif quantity:
            line = line.create(
                {
                    "order_id": self.id,
                    "product_id": product.id,
                    "piece_qty": quantity,
                    "piece_length_mm": self._catalogue_length(product),
                    "sequence": self._get_new_line_sequence(child_field, section_id),
                }
            )
        else:
            return call(product_id, 0, section_id=section_id, child_field=child_field, **kwargs)
        return line._get_discounted_price()

    def _catalogue_length(self, product):
        if not product.default_piece_length_mm:
            raise UserError(
                self.env._(
                    "%s has no usual length. Set one on the product to add it from the catalogue, or "
                    "add a line to the order and type pieces and length.",
                    product.display_name,
                )
            )
        return product.default_piece_length_mm


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_product_catalog_lines_data(self, **kwargs):
        """Show pieces where core shows metres. Guarded by ``test_catalogue``."""
        data = super()._get_product_catalog_lines_data(**kwargs)
        if self and self[0].is_composite:
            data["quantity"] = sum(self.mapped("piece_qty"))
            data["uomDisplayName"] = self.env._("pcs")
            data["deliveredQty"] = float(
                sum(
                    arithmetic.pieces_in(line.qty_delivered, line.piece_length_mm)
                    for line in self.filtered("piece_length_mm")
                )
            )
        return data
