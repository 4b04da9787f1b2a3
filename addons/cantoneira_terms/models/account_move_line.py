from odoo import api, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.depends("sale_line_ids.final_price_unit")
    def _compute_basis_price_label(self):
        """The price quoted per piece or kg has its share of the terms in it.

        Guarded by ``test_documents``.
        """
        return super()._compute_basis_price_label()
