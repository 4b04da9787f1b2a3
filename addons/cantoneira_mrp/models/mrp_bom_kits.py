from collections import defaultdict

from odoo import api, models, tools


class MrpBom(models.Model):
    """Kits: core looks for them whenever stock is asked, and a maker of profiles has none."""

    _inherit = "mrp.bom"

    @api.model_create_multi
    def create(self, vals_list):
        """What is known of kits changes. Guarded by ``test_first_kit``."""
        boms = super().create(vals_list)
        if "phantom" in boms.mapped("type"):
            self.env.registry.clear_cache()
        return boms

    def write(self, vals):
        """What is known of kits changes. Guarded by ``test_becomes_a_kit``."""
        if vals.get("type") == "phantom":
            self.env.registry.clear_cache()
        return super().write(vals)

    def _bom_find(self, products, picking_type=None, company_id=False, bom_type=False):
        """Where there are no kits, none is looked for. Guarded by ``test_no_kits``."""
        if bom_type == "phantom" and not self._are_there_kits():
            return defaultdict(self.browse)
        return super()._bom_find(products, picking_type, company_id, bom_type)

    @api.model
    @tools.ormcache()
    def _are_there_kits(self):
        """Whether any company ever had one. A kit that is gone only costs questions."""
        # sudo: a yes or no, the same for everybody, so that it can be remembered for all.
        every = self.sudo().with_context(active_test=False)
        return bool(every.search_count([("type", "=", "phantom")], limit=1))
