from odoo import api, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    @api.model_create_multi
    def create(self, vals_list):
        """Open the promise gates of a new warehouse (tests/test_promise_gate.py)."""
        warehouses = super().create(vals_list)
        # sudo: every stocked product gets its gate, whatever company's the creator sees.
        products = self.env["product.product"].sudo().search([("is_storable", "=", True)])
        self.env["cantoneira.promise.gate"]._ensure(warehouses, products)
        return warehouses
