from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number


class StockQuant(models.Model):
    _inherit = "stock.quant"

    @api.constrains("quantity", "location_id")
    def _check_surplus(self):
        """Surplus is whole pieces of its place's length, however it got there."""
        for quant in self.filtered(lambda quant: quant.location_id.piece_length_mm):
            length = quant.location_id.piece_length_mm
            values = {
                "place": quant.location_id.display_name,
                "length": format_number(self.env, length, 2),
                "product": quant.product_id.display_name,
            }
            if not quant.product_id.composite_length:
                raise ValidationError(
                    self.env._(
                        "%(place)s is for surplus of profiles, not for %(product)s.", **values
                    )
                )
            if arithmetic.pieces_in(quant.quantity, length) % 1:
                raise ValidationError(
                    self.env._(
                        "%(place)s: %(metres)s m of %(product)s are no whole number of pieces of "
                        "%(length)s mm. Count pieces and multiply.",
                        metres=format_number(self.env, quant.quantity, 6),
                        **values,
                    )
                )
