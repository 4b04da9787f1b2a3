from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.sale_management.controllers.portal import CustomerPortal
from odoo.addons.sale_stock.controllers.portal import SaleStockPortal


class OrderPortal(CustomerPortal):
    @route()
    def portal_quote_option_update(
        self, order_id, line_id, access_token=None, remove=False, input_quantity=False, **kwargs
    ):
        """Read the quantity of an optional profile as pieces: metres follow from them.

        Guarded by ``test_portal``.
        """
        try:
            order_sudo = self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        line = order_sudo.order_line.filtered(lambda line: str(line.id) == str(line_id))
        if not line.is_composite:
            return super().portal_quote_option_update(
                order_id, line_id, access_token, remove, input_quantity, **kwargs
            )
        if line._can_edit_pieces_on_portal():
            step = -1 if remove else 1
            wanted = line.piece_qty + step if input_quantity is False else input_quantity
            line._set_pieces_from_portal(wanted)
        return None


class DeliveryPortal(SaleStockPortal):
    def _stock_picking_check_access(self, picking_id, access_token=None):
        """A delivery whose order has no link yet is nobody's: core compares with nothing and fails.

        Guarded by ``test_portal``.
        """
        # sudo: only whether there is something to compare with.
        order_sudo = request.env["stock.picking"].sudo().browse(picking_id).exists().sale_id
        token = access_token if order_sudo.access_token else None
        return super()._stock_picking_check_access(picking_id, access_token=token)
