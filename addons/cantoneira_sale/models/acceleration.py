"""Where a sale opens a batch, see ``cantoneira_stock/models/acceleration.py``."""

from odoo import models

from odoo.addons.cantoneira_stock.models.acceleration import batch, current


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_confirm(self):
        """Confirm in one batch. Guarded by ``test_acceleration``."""
        with batch(self.env):
            return super().action_confirm()

    def _create_invoices(self, *args, **kwargs):
        """Invoice in one batch. Guarded by ``test_acceleration``."""
        with batch(self.env):
            return super()._create_invoices(*args, **kwargs)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _compute_allowed_uom_ids(self):
        """Lines of one product may use the same units: looked up once for all of them."""
        # One query for all units, not one per product.
        (self.product_id.uom_id | self.product_id.uom_ids).mapped("active")
        alike = self.grouped("product_id").values()
        firsts = self.browse().concat(*(lines[:1] for lines in alike))
        result = super(SaleOrderLine, firsts)._compute_allowed_uom_ids()
        for lines in alike:
            (lines - firsts).allowed_uom_ids = lines[:1].allowed_uom_ids
        return result


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_post(self):
        """Post in one batch. Guarded by ``test_acceleration``."""
        with batch(self.env):
            # Core reads the moves line by line to tell which lines have a cost of sale.
            self.line_ids._get_stock_moves().mapped("is_dropship")
            return super().action_post()


class AnalyticDistributionModel(models.Model):
    _inherit = "account.analytic.distribution.model"

    def _get_distribution(self, vals):
        """Ask for no line's distribution while the company distributes nothing."""
        memory = current(self.env)
        if memory and memory.answer("undistributed", None, self._is_empty):
            return {}
        return super()._get_distribution(vals)

    def _is_empty(self):
        # sudo: what the user may not see is not applied by core either, so none is none.
        return not self.sudo().search_count([], limit=1)
