from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _documents_to_warn(self):
        """The order of the customer who waits.

        Guarded by ``test_the_order_is_told_when_its_paper_is_lost``.
        """
        order = self.sale_line_id.order_id or self.raw_material_production_id.sale_line_id.order_id
        return super()._documents_to_warn() + list(order)
