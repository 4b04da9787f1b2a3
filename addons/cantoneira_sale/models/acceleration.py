"""Where a sale opens a batch, see ``cantoneira_stock/models/acceleration.py``."""

from odoo import api, models
from odoo.tools import ormcache

from odoo.addons.cantoneira_stock.models.acceleration import batch


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
    """Core asks each line of each order for its distribution; most companies distribute nothing."""

    _inherit = "account.analytic.distribution.model"

    @api.model_create_multi
    def create(self, vals_list):
        """The first one ends what was known. Guarded by ``test_acceleration``."""
        models = super().create(vals_list)
        self.env.registry.clear_cache()
        return models

    def unlink(self):
        """The last one does so, too."""
        self.env.registry.clear_cache()
        return super().unlink()

    def _get_distribution(self, vals):
        """Ask nothing where there is nothing. Guarded by ``test_acceleration``."""
        return super()._get_distribution(vals) if self._is_used() else {}

    @api.model
    @ormcache()
    def _is_used(self):
        # sudo: what the user may not see is not applied by core either, so none is none.
        return bool(self.sudo().search_count([], limit=1))
