from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductTemplate(models.Model):
    """A profile: its recipe typed on the product itself, its weight, cost and margin live."""

    _name = "product.template"
    _inherit = ["product.template", "cantoneira.recipe.cost.mixin"]

    _recipe_lines_field = "recipe_line_ids"
    _recipe_price_field = "list_price"

    recipe_line_ids = fields.One2many(
        "mrp.bom.line",
        "recipe_tmpl_id",
        "Recipe",
        help="Layers of paper and grams of glue in one metre of this profile.",
    )
    linear_weight = fields.Float(
        # A recipe weighs what its papers weigh, in this same field.
        recursive=True,
        help="Grams in one metre. Of a paper: grammage × reel width / 1000. Of a profile: the sum "
        "of its recipe.",
    )
    metres_per_hour = fields.Float(
        "Metres per hour",
        digits=(10, 2),
        tracking=True,
        help="How many metres of this profile the line makes in an hour.",
    )
    machine_id = fields.Many2one(
        "mrp.workcenter",
        "Production line",
        tracking=True,
        index="btree_not_null",
        help="The line that makes it; empty: the company's first.",
    )
    machine_speed_ids = fields.One2many(
        "cantoneira.machine.speed", "product_tmpl_id", "Speeds", copy=True
    )

    @api.depends(
        "composite_length",
        "recipe_line_ids.bom_id",
        "recipe_line_ids.grams_per_metre",
        "recipe_line_ids.is_recipe_line",
    )
    def _compute_linear_weight(self):
        """Profiles weigh what their recipe weighs. Guarded by ``test_recipe``.

        One number for all companies: of the shared recipe, or of the oldest where each has its
        own.
        """
        result = super()._compute_linear_weight()
        for template in self.filtered("composite_length"):
            template.linear_weight = template._lines_for(self.env["res.company"])._sum_grams()
        return result

    def _recipe_lines(self):
        """Lines of the one recipe that counts: of the user's company where companies differ."""
        return self._lines_for(self.env.company)

    def _lines_for(self, company):
        """Lines of the recipe in use in ``company``, else of the shared one, else of the oldest.

        Lines that are being typed belong to it as well.
        """
        lines = self.recipe_line_ids
        boms = lines.bom_id.sorted("id")
        if len(boms) <= 1:
            return lines
        own = boms.filtered(lambda bom: bom.company_id == company)
        current = (own or boms.filtered(lambda bom: not bom.company_id) or boms)[:1]
        return lines.filtered(lambda line: not line.bom_id or line.bom_id == current)

    def _current_recipe(self, create=False):
        """Return this profile's recipe in use (``mrp.bom``), begun when asked for and missing.

        :raises ValidationError: when a recipe is begun for what is not sold in pieces × length.
        """
        self.ensure_one()
        current = self.bom_ids.filtered("is_current_recipe")
        if current or not create:
            return self._recipe_lines().bom_id[:1] or current[:1]
        if not self.composite_length:
            raise ValidationError(
                self.env._(
                    "%s has no recipe in layers: tick “Pieces × length” first, or use its bill of "
                    "materials.",
                    self.display_name,
                )
            )
        return self.env["mrp.bom"].create(
            {
                "product_tmpl_id": self.id,
                "product_qty": 1,
                "product_uom_id": self.uom_id.id,
                "company_id": self.company_id.id,
            }
        )

    # ---------------------------------------------------------------- what follows
    def write(self, vals):
        """Another grammage or width is another recipe. Guarded by ``test_recipe_change``."""
        if vals.get("composite_length"):
            becoming = self.filtered(lambda template: not template.composite_length)
            becoming.bom_ids.filtered(lambda bom: bom.type == "normal")._adopt_as_recipe()
        measures = {"material_type", "grammage", "reel_width_mm"} & vals.keys()
        weights = {paper: paper.linear_weight for paper in self} if measures else {}
        result = super().write(vals)
        changed = [paper.id for paper, weight in weights.items() if paper.linear_weight != weight]
        if changed:
            # sudo: whoever corrects a paper may not read recipes; they follow all the same.
            lines = self.env["mrp.bom.line"].sudo().search([("product_tmpl_id", "in", changed)])
            lines.bom_id._recipe_changed()
        return result

    def _refresh_standard_cost(self):
        self.product_variant_ids._refresh_standard_cost()
