from odoo import models


class StockLedger(models.Model):
    _inherit = "cantoneira.stock.ledger"

    def _document(self):
        """Paper goes into a manufacturing order, and profiles come out of it."""
        move = self.move_id
        return move.raw_material_production_id or move.production_id or super()._document()
