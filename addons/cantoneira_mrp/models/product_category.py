from odoo import Command, api, models

#: How products of a kind are valued: a profile at what its recipe costs, so that the waste of one
#: order is not the price of the next; what is bought at its moving average.
COST_METHODS = {"manufactured": "standard", "material": "average", "resale": "average"}


class ProductCategory(models.Model):
    """The kind of a category decides how its products are supplied and valued."""

    _inherit = "product.category"

    @api.model_create_multi
    def create(self, vals_list):
        """See :meth:`_apply_kind`. Guarded by ``test_category_kind``."""
        categories = super().create(vals_list)
        for category, vals in zip(categories, vals_list, strict=True):
            category._apply_kind(method="property_cost_method" not in vals)
        return categories

    def write(self, vals):
        """See :meth:`_apply_kind`. Guarded by ``test_category_kind``."""
        kinds = {category: category.product_kind for category in self}
        result = super().write(vals)
        for category, kind in kinds.items():
            if category.product_kind != kind:
                category._apply_kind(method="property_cost_method" not in vals)
        return result

    def _apply_kind(self, method=True):
        """Give these categories the route and, with ``method``, the cost method of their kind.

        Manufactured: made to order. In every company, as the kind is the same in all of them.
        """
        route = self.env["stock.route"].browse(
            self.env["ir.model.data"]._xmlid_to_res_id("stock.route_warehouse0_mto")
        )
        for category in self:
            made = category.product_kind == "manufactured"
            if made and route not in category.route_ids:
                category.route_ids = [Command.link(route.id)]
            elif not made and category.product_kind and route in category.route_ids:
                category.route_ids = [Command.unlink(route.id)]
        if method:
            # sudo: a setting of companies the user need not be in.
            self._apply_cost_method(self.env["res.company"].sudo().search([]))

    def _apply_cost_method(self, companies):
        for company in companies:
            for category in self.with_company(company):
                wanted = COST_METHODS.get(category.product_kind)
                if wanted and category.property_cost_method != wanted:
                    category.property_cost_method = wanted
