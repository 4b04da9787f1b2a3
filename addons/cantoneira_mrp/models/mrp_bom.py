from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import is_weight, length_unit

#: Where a new recipe stands among those of its profile.
SEQUENCE = 10


class MrpBom(models.Model):
    """A recipe: the bill of materials of a profile, in grams of each material per metre."""

    _name = "mrp.bom"
    _inherit = ["mrp.bom", "cantoneira.recipe.cost.mixin"]

    _recipe_lines_field = "bom_line_ids"
    _recipe_price_field = "product_tmpl_id.list_price"

    is_recipe = fields.Boolean(
        "Recipe",
        compute="_compute_is_recipe",
        store=True,
        help="Bill of materials of a profile sold in pieces × length: its lines are typed in "
        "layers of paper and grams of glue per metre.",
    )
    is_current_recipe = fields.Boolean(
        "Recipe in use",
        compute="_compute_is_current_recipe",
        store=True,
        help="The first active recipe of its profile: the one that production takes.",
    )
    linear_weight = fields.Float(
        "Weight per metre (g/m)",
        digits=(16, 6),
        min_display_digits=1,
        compute="_compute_linear_weight",
        help="Sum of the recipe's lines, in grams per metre.",
    )
    cost_currency_id = fields.Many2one(related="product_tmpl_id.cost_currency_id")

    @api.depends("type", "product_tmpl_id.composite_length")
    def _compute_is_recipe(self):
        for bom in self:
            bom.is_recipe = bom.type == "normal" and bom.product_tmpl_id.composite_length

    @api.depends(
        "is_recipe",
        "product_tmpl_id.bom_ids.active",
        "product_tmpl_id.bom_ids.company_id",
        "product_tmpl_id.bom_ids.is_recipe",
        "product_tmpl_id.bom_ids.product_id",
        "product_tmpl_id.bom_ids.sequence",
    )
    def _compute_is_current_recipe(self):
        """Same order as ``_bom_find``, see ``test_current_recipe_is_what_production_takes``."""
        # Sorted by the database: there a recipe that was never moved comes after all others.
        found = self.search(
            [
                ("product_tmpl_id", "in", self.product_tmpl_id._origin.ids),
                ("type", "=", "normal"),
                # Stored fields are computed over archived records as well.
                ("active", "=", True),
            ],
            order="sequence, product_id, id",
        )
        by_profile = found.grouped("product_tmpl_id")
        for bom in self:
            rivals = by_profile.get(bom.product_tmpl_id._origin, found.browse()).filtered(
                lambda other, bom=bom: not other.company_id or other.company_id == bom.company_id
            )
            bom.is_current_recipe = bom.is_recipe and rivals[:1] == bom._origin

    @api.depends("bom_line_ids.grams_per_metre", "bom_line_ids.is_recipe_line")
    def _compute_linear_weight(self):
        for bom in self:
            bom.linear_weight = bom.bom_line_ids._sum_grams()

    def _recipe_metres(self):
        """Metres of profile that this recipe is for: 1 unless someone typed more."""
        self.ensure_one()
        return self.product_uom_id._compute_quantity(
            self.product_qty, length_unit(self.env), round=False
        )

    @api.constrains("product_uom_id", "product_tmpl_id", "type")
    def _check_recipe_unit(self):
        for bom in self.filtered("is_recipe"):
            if not bom.product_uom_id._has_common_reference(bom.product_tmpl_id.uom_id):
                raise ValidationError(
                    self.env._(
                        "The recipe of %(profile)s is for so many %(unit)s, but the profile is "
                        "counted in %(profile_unit)s: Odoo would convert 1 %(unit)s to 1 "
                        "%(profile_unit)s. Choose %(profile_unit)s.",
                        profile=bom.product_tmpl_id.display_name,
                        unit=bom.product_uom_id.name,
                        profile_unit=bom.product_tmpl_id.uom_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """A recipe is per metre of its profile, and the newest is the last that is taken.

        Core would count it in its first unit, and put one without sequence behind all others
        but before its own copy. Guarded by ``test_current_recipe_is_what_production_takes``.
        """
        return super().create([self._fill_recipe(vals) for vals in vals_list])

    def _fill_recipe(self, vals):
        template = self.env["product.template"].browse(vals.get("product_tmpl_id"))
        if not template.composite_length:
            return vals
        return {"product_uom_id": template.uom_id.id, "sequence": SEQUENCE, **vals}

    def write(self, vals):
        """What production takes may have changed: cost follows. See ``test_recipe_cost``."""
        result = super().write(vals)
        if {"active", "sequence", "product_qty", "product_uom_id", "type"} & vals.keys():
            self._recipe_changed()
        return result

    def _adopt_as_recipe(self):
        """Read layers and grams out of the quantities of ordinary bills of materials.

        Called before their product becomes one of pieces × length: afterwards its quantities
        follow from layers and grams. Guarded by ``test_ordinary_bill_becomes_a_recipe``.
        """
        for bom in self:
            metres = bom._recipe_metres()
            for line in bom.bom_line_ids.filtered(lambda each: is_weight(each.product_uom_id)):
                line._adopt_quantity(metres)

    def _recipe_changed(self):
        """Tell what lives on these recipes: open orders are outdated, standard costs follow.

        Core flags orders only when lines are written through the bill of materials itself, not
        when a line is written directly or a paper's grammage changes.
        """
        recipes = self.filtered("is_recipe")
        if not recipes:
            return
        # sudo: whoever corrects a paper may not touch manufacturing orders or costs; both only follow.
        recipes = recipes.sudo()
        recipes._set_outdated_bom_in_productions()
        recipes.product_tmpl_id._refresh_standard_cost()
