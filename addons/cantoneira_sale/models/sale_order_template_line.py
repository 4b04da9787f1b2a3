from odoo import api, fields, models


class SaleOrderTemplateLine(models.Model):
    _name = "sale.order.template.line"
    _inherit = ["cantoneira.composite.input.mixin", "sale.order.template.line"]

    product_uom_qty = fields.Float(
        compute="_compute_product_uom_qty", store=True, readonly=False, precompute=True
    )

    @api.depends("product_id", "piece_qty", "piece_length_mm")
    def _compute_product_uom_qty(self):
        """Pieces × length make the metres while they are typed; the rest is typed as in core."""
        for line in self:
            if line.is_composite:
                line.product_uom_qty = self._composite_quantity(
                    line.piece_qty, line.piece_length_mm
                )
            else:
                line.product_uom_qty = line.product_uom_qty

    def _prepare_order_line_values(self):
        """Give pieces and length; the metres follow from them on the order line."""
        values = super()._prepare_order_line_values()
        if self.is_composite:
            values.pop("product_uom_qty", None)
            values["piece_qty"] = self.piece_qty
            values["piece_length_mm"] = self.piece_length_mm
        return values
