"""Odoo's own reordering rules, kept in step with the material's form."""

from odoo import api, models

SYNCED = {"reorder_point_qty", "min_stock_qty", "is_storable", "company_id"}


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model_create_multi
    def create(self, vals_list):
        """A reorder point brings a reordering rule. Guarded by ``test_orderpoints``."""
        templates = super().create(vals_list)
        templates.filtered("reorder_point_qty")._sync_orderpoints()
        return templates

    def write(self, vals):
        """The reordering rule follows the reorder point. Guarded by ``test_orderpoints``."""
        result = super().write(vals)
        if SYNCED & vals.keys():
            self._sync_orderpoints()
        return result

    def _sync_orderpoints(self):
        """One rule per variant and company: from the reorder point back up to the minimum.

        Triggered by hand: an automatic one would make a purchase order inside the confirmation of
        a sale. Without a reorder point the rule goes; rules in other places than a company's first
        warehouse are left alone.
        """
        # sudo: whoever may set the reorder point on the material sets the rule that says the same.
        variants = self.sudo().product_variant_ids
        for company, warehouse in self._reorder_warehouses().items():
            own = variants.filtered(lambda v, c=company: v.company_id.id in (False, c.id))
            own.with_company(company)._sync_orderpoints_in(warehouse)

    @api.model
    def _reorder_warehouses(self):
        """``{company: its first warehouse}`` of the user's companies."""
        # sudo: a buyer may not read warehouses; only where rules are kept is taken.
        warehouses = (
            self.env["stock.warehouse"]
            .sudo()
            .search([("company_id", "in", self.env.companies.ids)], order="sequence, id")
        )
        return {
            company: found[0].sudo() for company, found in warehouses.grouped("company_id").items()
        }


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.model_create_multi
    def create(self, vals_list):
        """Variants created after their template. Guarded by ``test_orderpoints``."""
        products = super().create(vals_list)
        products.product_tmpl_id.filtered("reorder_point_qty")._sync_orderpoints()
        return products

    def _sync_orderpoints_in(self, warehouse):
        """Make the rules of these variants say what their materials say; runs with all rights."""
        location = warehouse.lot_stock_id
        Orderpoint = self.env["stock.warehouse.orderpoint"].with_context(active_test=False)
        found = Orderpoint.search(
            [
                ("product_id", "in", self.ids),
                ("location_id", "=", location.id),
                ("company_id", "=", warehouse.company_id.id),
            ]
        ).grouped("product_id")
        missing, obsolete = [], Orderpoint
        for product in self:
            rule = found.get(product, Orderpoint)
            if not product.is_storable or product.reorder_point_qty <= 0:
                obsolete |= rule
                continue
            values = {
                "product_min_qty": product.reorder_point_qty,
                "product_max_qty": product.min_stock_qty,
            }
            if not rule:
                missing.append(
                    {
                        "product_id": product.id,
                        "warehouse_id": warehouse.id,
                        "location_id": location.id,
                        "company_id": warehouse.company_id.id,
                        "trigger": "manual",
                        **values,
                    }
                )
            elif any(rule[name] != value for name, value in values.items()):
                rule.write(values)
        obsolete.unlink()
        Orderpoint.create(missing)
