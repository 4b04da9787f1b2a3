from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.models.product_template import PAPER
from odoo.addons.cantoneira_stock.tools import format_number

from ..tools import is_weight, weight_unit
from .recipe_cost import COST_GROUP

#: Digits of grams per metre, and of kilograms per metre.
GRAM_DIGITS = 6
KILO_DIGITS = 9


class MrpBomLine(models.Model):
    """A line of a recipe: layers of a paper, or grams of glue or ink per metre.

    Both only fill core's ``product_qty`` (kg for the metres of the recipe), so that cost,
    overview, availability and production need no knowledge of layers.
    """

    _inherit = "mrp.bom.line"

    recipe_tmpl_id = fields.Many2one(
        "product.template",
        "Recipe of",
        compute="_compute_recipe_tmpl_id",
        store=True,
        readonly=False,
        # Not precomputed: the provisional line would stay among the profile's lines beside the
        # real one, and the profile would weigh twice as much until the cache is cleared.
        copy=False,
        index="btree_not_null",
        help="The profile whose recipe in use has this line.",
    )
    is_recipe_line = fields.Boolean(
        compute="_compute_is_recipe_line",
        help="A weight per metre of profile: its quantity follows from grams per metre.",
    )
    is_paper = fields.Boolean(compute="_compute_is_paper")
    layer_count = fields.Integer(
        "Layers",
        compute="_compute_layer_count",
        store=True,
        readonly=False,
        precompute=True,
        help="How many layers of the paper are in the profile; 0 for what is dosed in grams.",
    )
    grams_per_metre = fields.Float(
        "Grams per metre",
        digits=(16, GRAM_DIGITS),
        min_display_digits=1,
        compute="_compute_grams_per_metre",
        store=True,
        readonly=False,
        precompute=True,
        help="Paper: layers × weight per metre of the paper. Glue, ink: typed.",
    )
    product_qty = fields.Float(
        digits=(16, KILO_DIGITS),
        min_display_digits=2,
        compute="_compute_product_qty",
        store=True,
        readonly=False,
        precompute=True,
        # Core's default of 1 would be taken before the compute is asked.
        default=None,
    )
    cost_per_metre = fields.Float(
        "Cost per metre",
        digits=(16, 6),
        min_display_digits=2,
        compute="_compute_cost_per_metre",
        groups=COST_GROUP,
        help="What this material costs in one metre of profile, not rounded.",
    )
    cost_currency_id = fields.Many2one(related="product_id.cost_currency_id")

    @api.depends("bom_id.is_current_recipe", "bom_id.product_tmpl_id")
    def _compute_recipe_tmpl_id(self):
        for line in self:
            bom = line.bom_id
            line.recipe_tmpl_id = bom.product_tmpl_id if bom.is_current_recipe else False

    @api.depends("bom_id.is_recipe", "recipe_tmpl_id", "product_uom_id", "product_id.uom_id")
    def _compute_is_recipe_line(self):
        for line in self:
            of_profile = line.bom_id.is_recipe or line.recipe_tmpl_id.composite_length
            line.is_recipe_line = of_profile and is_weight(
                line.product_uom_id or line.product_id.uom_id
            )

    @api.depends("product_id.material_type")
    def _compute_is_paper(self):
        for line in self:
            line.is_paper = line.product_id.material_type == PAPER

    @api.depends("is_paper")
    def _compute_layer_count(self):
        for line in self:
            line.layer_count = (line.layer_count or 1) if line.is_paper else 0

    @api.depends("is_paper", "layer_count", "product_id.linear_weight")
    def _compute_grams_per_metre(self):
        for line in self:
            line.grams_per_metre = (
                line._grams_of_layers() if line.is_paper else line.grams_per_metre
            )

    @api.depends(
        "grams_per_metre",
        "is_recipe_line",
        "product_uom_id",
        "bom_id.product_qty",
        "bom_id.product_uom_id",
    )
    def _compute_product_qty(self):
        for line in self:
            if line.is_recipe_line and line.grams_per_metre > 0:
                line.product_qty = line._recipe_quantity()
            elif not line._origin and not line.product_qty:
                # What core's default gave to ordinary lines.
                line.product_qty = 0.0 if line.is_recipe_line else 1.0

    @api.depends(
        "is_recipe_line",
        "grams_per_metre",
        "product_qty",
        "product_uom_id",
        "product_id.standard_price",
        "bom_id.product_qty",
    )
    @api.depends_context("company")
    def _compute_cost_per_metre(self):
        for line in self:
            line.cost_per_metre = float(line._exact_cost_per_metre())

    def _grams_of_layers(self):
        """Grams per metre in this line's layers of paper, as a float."""
        weight = self.product_id.linear_weight
        return float(arithmetic.layers_weight(self.layer_count, weight))

    def _recipe_quantity(self):
        """Quantity of this line for the metres of its recipe, in the line's own unit."""
        metres = self.bom_id._recipe_metres() if self.bom_id else 1
        kilos = arithmetic.material_kg(metres, self.grams_per_metre)
        unit = self.product_uom_id or self.product_id.uom_id
        quantity = weight_unit(self.env)._compute_quantity(float(kilos), unit, round=False)
        return float(arithmetic.round_half_up(quantity, KILO_DIGITS))

    def _adopt_quantity(self, metres):
        """Set layers or grams from this line's quantity for ``metres`` of profile.

        :raises ValidationError: when a paper's quantity is no whole number of layers.
        """
        kilos = self.product_uom_id._compute_quantity(
            self.product_qty, weight_unit(self.env), round=False
        )
        grams = arithmetic.round_half_up(kilos * 1000 / metres, GRAM_DIGITS)
        if not self.is_paper:
            self.grams_per_metre = float(grams)
            return
        weight = arithmetic.exact(self.product_id.linear_weight)
        layers = arithmetic.round_half_up(grams / weight, 0) if weight else 0
        if not layers or layers * weight != grams:
            raise ValidationError(
                self.env._(
                    "%(product)s: %(grams)s g/m are no whole number of layers of %(weight)s g/m. "
                    "Correct the bill of materials of %(profile)s before it becomes a recipe.",
                    product=self.product_id.display_name,
                    grams=format_number(self.env, grams, GRAM_DIGITS),
                    weight=format_number(self.env, weight, GRAM_DIGITS),
                    profile=self.bom_id.product_tmpl_id.display_name,
                )
            )
        self.layer_count = int(layers)

    def _exact_cost_per_metre(self):
        """Cost of this line in one metre of profile: a Decimal in the company's currency."""
        product = self.product_id
        if not product:
            return arithmetic.exact(0)
        if self.is_recipe_line:
            cost = product.uom_id._compute_price(product.standard_price, weight_unit(self.env))
            return arithmetic.line_cost(self.grams_per_metre, cost)
        unit = self.product_uom_id or product.uom_id
        cost = product.uom_id._compute_price(product.standard_price, unit)
        metres = self.bom_id._recipe_metres() if self.bom_id else 1
        return (
            arithmetic.exact(self.product_qty) * arithmetic.exact(cost) / arithmetic.exact(metres)
        )

    def _sum_grams(self):
        """Grams per metre of all these lines together, as a float."""
        grams = (arithmetic.exact(line.grams_per_metre) for line in self if line.is_recipe_line)
        return float(sum(grams, arithmetic.exact(0)))

    @api.onchange("product_id")
    def onchange_product_id(self):
        """Grams typed for one glue are not those of the next."""
        result = super().onchange_product_id()
        if self.product_id != self._origin.product_id and not self.is_paper:
            self.grams_per_metre = 0
        return result

    # ---------------------------------------------------------------- what cannot be
    @api.constrains("product_id", "product_uom_id")
    def _check_unit(self):
        for line in self:
            unit, own = line.product_uom_id, line.product_id.uom_id
            if not unit._has_common_reference(own):
                raise ValidationError(
                    self.env._(
                        "%(product)s is counted in %(own)s, so the recipe cannot take it in "
                        "%(unit)s: Odoo would convert 1 %(unit)s to 1 %(own)s. Choose %(own)s.",
                        product=line.product_id.display_name,
                        own=own.name,
                        unit=unit.name,
                    )
                )

    # One constraint for each computed column: they are validated one by one, as they are computed,
    # while those that follow from them still have their old values.

    @api.constrains("layer_count", "bom_id", "product_uom_id")
    def _check_recipe_layers(self):
        for line in self.filtered("is_recipe_line"):
            line._check_layers()

    @api.constrains("grams_per_metre", "bom_id", "product_uom_id")
    def _check_recipe_grams(self):
        for line in self.filtered("is_recipe_line"):
            line._check_layers()
            line._check_grams()

    @api.constrains("product_qty")
    def _check_recipe_quantity(self):
        for line in self.filtered("is_recipe_line"):
            line._check_quantity()

    def _check_layers(self):
        product = self.product_id.display_name
        if self.is_paper and self.layer_count <= 0:
            raise ValidationError(
                self.env._(
                    "%(product)s: type how many layers, at least 1 (it is %(layers)s).",
                    product=product,
                    layers=self.layer_count,
                )
            )
        if not self.is_paper and self.layer_count:
            raise ValidationError(
                self.env._(
                    "%(product)s is no paper, so it has no layers (you typed %(layers)s). Type its "
                    "grams per metre.",
                    product=product,
                    layers=self.layer_count,
                )
            )
        if self.is_paper and self.product_id.linear_weight <= 0:
            raise ValidationError(
                self.env._(
                    "%(product)s has no weight per metre: fill its grammage and width before "
                    "using it in a recipe.",
                    product=product,
                )
            )

    def _check_grams(self):
        values = {
            "product": self.product_id.display_name,
            "grams": format_number(self.env, self.grams_per_metre, GRAM_DIGITS),
        }
        if self.grams_per_metre <= 0:
            raise ValidationError(
                self.env._(
                    "%(product)s: type how many grams go into one metre, above zero "
                    "(it is %(grams)s).",
                    **values,
                )
            )
        layers = self._grams_of_layers()
        if self.is_paper and float_compare(self.grams_per_metre, layers, GRAM_DIGITS) != 0:
            raise ValidationError(
                self.env._(
                    "%(product)s: %(layers)s layers weigh %(expected)s g/m, not %(grams)s. Type "
                    "layers only; the grams follow.",
                    layers=self.layer_count,
                    expected=format_number(self.env, layers, GRAM_DIGITS),
                    **values,
                )
            )

    def _check_quantity(self):
        expected = self._recipe_quantity()
        if float_compare(self.product_qty, expected, KILO_DIGITS) != 0:
            raise ValidationError(
                self.env._(
                    "%(product)s: %(grams)s g/m make %(expected)s %(unit)s, not %(quantity)s. Type "
                    "layers or grams per metre; the quantity follows.",
                    product=self.product_id.display_name,
                    grams=format_number(self.env, self.grams_per_metre, GRAM_DIGITS),
                    expected=format_number(self.env, expected, KILO_DIGITS),
                    unit=self.product_uom_id.name,
                    quantity=format_number(self.env, self.product_qty, KILO_DIGITS),
                )
            )

    # ---------------------------------------------------------------- what follows
    @api.model_create_multi
    def create(self, vals_list):
        """Lines typed on a profile find its recipe, or begin one."""
        for vals in vals_list:
            if vals.get("recipe_tmpl_id") and not vals.get("bom_id"):
                template = self.env["product.template"].browse(vals["recipe_tmpl_id"])
                vals["bom_id"] = template._current_recipe(create=True).id
        lines = super().create(vals_list)
        lines.bom_id._recipe_changed()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() - {"sequence"}:
            self.bom_id._recipe_changed()
        return result

    def unlink(self):
        boms = self.bom_id
        result = super().unlink()
        boms.exists()._recipe_changed()
        return result

    def _prepare_line_done_values(
        self, quantity, product, original_quantity, parent_line, boms_done
    ):
        """Round what a recipe needs to the nearest digit; core rounds UP, order by order.

        Kits inside a recipe are left as they are. Guarded by ``test_explosion``.
        """
        if self.is_recipe_line and not parent_line:
            quantity = self._need(original_quantity)
        return super()._prepare_line_done_values(
            quantity, product, original_quantity, parent_line, boms_done
        )

    def _need(self, factor):
        """Quantity of this line, in its unit, for ``factor`` times its bill of materials."""
        quantity = arithmetic.exact(factor) * arithmetic.exact(self.product_qty)
        if not self.is_recipe_line:
            return self.product_uom_id.round(float(quantity), rounding_method="UP")
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return float(arithmetic.round_half_up(quantity, digits))
