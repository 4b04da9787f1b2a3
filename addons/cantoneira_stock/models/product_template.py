"""Papers, inks, glue and profiles: what Cantoneira adds to a product."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import arithmetic
from ..alert import AlertLevel, alert_level
from ..tools import format_number

PAPER = "kraft_paper"


class ProductTemplate(models.Model):
    _inherit = "product.template"

    # ------------------------------------------------------------- materials
    material_type = fields.Selection(
        selection=[
            (PAPER, "Kraft paper"),
            ("pva_glue", "PVA glue"),
            ("ink", "Ink"),
            ("other", "Other material"),
        ],
        string="Material",
        index="btree_not_null",
        tracking=True,
        help="What this raw material is. Empty for what is made or bought for resale.",
    )
    grammage = fields.Float(
        "Grammage (g/m²)",
        digits=(10, 2),
        tracking=True,
        help="Grams in one square metre of this paper.",
    )
    reel_width_mm = fields.Float(
        "Reel width (mm)",
        digits=(10, 2),
        tracking=True,
        help="Width of the reel, in millimetres.",
    )
    linear_weight = fields.Float(
        "Weight per metre (g/m)",
        digits=(16, 6),
        min_display_digits=1,
        compute="_compute_linear_weight",
        store=True,
        help="Grams in one metre. Of a paper: grammage × reel width / 1000.",
    )

    # -------------------------------------------------------------- profiles
    composite_length = fields.Boolean(
        "Sold in pieces × length",
        tracking=True,
        help="Made and sold in so many pieces of so many millimetres; stocked in metres.",
    )
    flange_a_mm = fields.Float("Flange A (mm)", digits=(10, 2))
    flange_b_mm = fields.Float("Flange B (mm)", digits=(10, 2))
    thickness_mm = fields.Float("Thickness (mm)", digits=(10, 2))

    # ----------------------------------------------------------------- stock
    product_kind = fields.Selection(related="categ_id.product_kind", store=True, index=True)
    min_stock_qty = fields.Float(
        "Minimum stock",
        digits="Product Unit",
        tracking=True,
        help="Yellow when the free quantity (on hand − promised) is at or below this. "
        "Without a minimum there is no alert.",
    )
    reorder_point_qty = fields.Float(
        "Reorder point",
        digits="Product Unit",
        tracking=True,
        help="Red when the free quantity (on hand − promised) is at or below this. "
        "It may not be above the minimum.",
    )
    free_to_promise_qty = fields.Float(
        "Free",
        digits="Product Unit",
        compute="_compute_free_to_promise_qty",
        # Totals must not depend on which single moves the reader may see; they stay within
        # the warehouses of the reader's companies.
        compute_sudo=True,
        help="On hand minus what open orders and transfers will take out. "
        "Negative when more is promised than there is.",
    )
    alert_level = fields.Selection(
        selection=[
            (AlertLevel.OK.value, "OK"),
            (AlertLevel.WARNING.value, "Low"),
            (AlertLevel.CRITICAL.value, "Critical"),
        ],
        string="Alert",
        compute="_compute_alert_level",
        search="_search_alert_level",
        compute_sudo=True,  # as free_to_promise_qty
        help="Decided by the free quantity (on hand − promised): low at or below the minimum, "
        "critical at or below the reorder point.",
    )
    has_stock_moves = fields.Boolean(
        "Has moved",
        compute="_compute_has_stock_moves",
        # Only whether there are any, in whatever company: the unit and the first cost hang on it.
        compute_sudo=True,
    )

    # -------------------------------------------------------------- computes
    @api.depends("material_type", "grammage", "reel_width_mm")
    def _compute_linear_weight(self):
        """Grams per metre of papers; 0 for everything else.

        An addon that knows the weight of a profile extends this with ``super()`` first.
        """
        for template in self:
            weight = 0
            if template.material_type == PAPER:
                weight = arithmetic.linear_weight(template.grammage, template.reel_width_mm)
            template.linear_weight = float(weight)

    @api.depends("product_variant_ids.qty_available", "product_variant_ids.outgoing_qty")
    @api.depends_context("warehouse_id", "location", "allowed_company_ids")
    def _compute_free_to_promise_qty(self):
        # What an archived variant still has on hand or promised counts. Only what is saved: in a
        # form core's own compute would overwrite the quantity that is being typed.
        templates = self.with_context(active_test=False)
        aside = templates.product_variant_ids._origin._set_aside_quantities()
        for template in templates:
            template.free_to_promise_qty = sum(
                variant.qty_available - variant.outgoing_qty - aside.get(variant.id, 0)
                for variant in template.product_variant_ids._origin
            )

    @api.depends("free_to_promise_qty", "is_storable", "min_stock_qty", "reorder_point_qty")
    @api.depends_context("warehouse_id", "location", "allowed_company_ids")
    def _compute_alert_level(self):
        for template in self:
            minimum = template.min_stock_qty if template.is_storable else 0
            template.alert_level = alert_level(
                template.free_to_promise_qty, minimum, template.reorder_point_qty
            ).value

    def _search_alert_level(self, operator, value):
        """Search by the same rule: few queries, however many products there are.

        Only products with a minimum can be in alert; they are computed together.
        """
        if operator != "in":
            return NotImplemented
        # sudo: as the field itself; the caller's own rules still filter the result.
        watched = self.sudo().search_fetch(
            [
                ("is_storable", "=", True),
                ("min_stock_qty", ">", 0),
                ("active", "in", (True, False)),
            ],
            ["min_stock_qty", "reorder_point_qty"],
        )
        if AlertLevel.OK in value:
            return [("id", "not in", watched.filtered(lambda t: t.alert_level not in value).ids)]
        return [("id", "in", watched.filtered(lambda t: t.alert_level in value).ids)]

    def _compute_has_stock_moves(self):
        moved = {
            product.product_tmpl_id.id
            for (product,) in self.env["stock.move"]._read_group(
                [("product_id.product_tmpl_id", "in", self.ids), ("state", "!=", "cancel")],
                ["product_id"],
            )
        }
        for template in self:
            template.has_stock_moves = template._origin.id in moved

    # ---------------------------------------------------------------- guards
    def write(self, vals):
        """Open the promise gates of what becomes stocked (tests/test_promise_gate.py)."""
        res = super().write(vals)
        if vals.get("is_storable"):
            self.with_context(active_test=False).product_variant_ids._open_promise_gates()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_needed(self):
        """Deleting a template deletes its variants in the database, past their own guard."""
        self.with_context(active_test=False).product_variant_ids._guarded()._check_can_delete()

    # ----------------------------------------------------------- constraints
    @api.constrains("uom_id", "composite_length", "material_type")
    def _check_unit(self):
        """A profile is stocked in metres and a paper in kg, or the arithmetic is void."""
        metre = self._uom_by_xmlid("uom.product_uom_meter")
        kilogram = self._uom_by_xmlid("uom.product_uom_kgm")
        for template in self:
            if template.composite_length and template.uom_id != metre:
                raise template._wrong_unit(metre)
            is_paper = template.material_type == PAPER
            if is_paper and not template.uom_id._has_common_reference(kilogram):
                raise template._wrong_unit(kilogram)

    @api.constrains("uom_id", "uom_ids")
    def _check_packagings(self):
        """Odoo 19 converts 1 kg to 1 m without a word."""
        for template in self.filtered(
            lambda t: t.material_type or t.composite_length or t.product_kind
        ):
            for packaging in template.uom_ids:
                if not packaging._has_common_reference(template.uom_id):
                    raise ValidationError(
                        self.env._(
                            "%(product)s is stocked in %(unit)s, which the packaging "
                            "%(packaging)s does not contain. Choose a packaging made of %(unit)s.",
                            product=template.display_name,
                            unit=template.uom_id.name,
                            packaging=packaging.name,
                        )
                    )

    @api.model
    def _uom_by_xmlid(self, xmlid):
        """The unit, without the query that ``env.ref`` makes at every call."""
        return self.env["uom.uom"].browse(self.env["ir.model.data"]._xmlid_to_res_id(xmlid))

    def _wrong_unit(self, wanted):
        return ValidationError(
            self.env._(
                "%(product)s has to be stocked in %(wanted)s, not in %(unit)s, because its recipe "
                "and its pieces × length are computed in %(wanted)s. Change its unit.",
                product=self.display_name,
                wanted=wanted.name,
                unit=self.uom_id.name,
            )
        )

    @api.constrains("material_type", "grammage", "reel_width_mm")
    def _check_paper(self):
        for template in self.filtered(lambda t: t.material_type == PAPER):
            if template.grammage <= 0 or template.reel_width_mm <= 0:
                raise ValidationError(
                    self.env._(
                        "%(paper)s: a paper needs its grammage and its reel width, both above "
                        "zero (they are %(grammage)s g/m² and %(width)s mm).",
                        paper=template.display_name,
                        grammage=format_number(self.env, template.grammage),
                        width=format_number(self.env, template.reel_width_mm),
                    )
                )

    @api.constrains("flange_a_mm", "flange_b_mm", "thickness_mm")
    def _check_profile_measures(self):
        for template in self:
            for name in ("flange_a_mm", "flange_b_mm", "thickness_mm"):
                if template[name] < 0:
                    raise ValidationError(
                        self.env._(
                            "%(product)s: %(field)s is %(value)s; a measure cannot be below zero.",
                            product=template.display_name,
                            field=self._fields[name]._description_string(self.env),
                            value=format_number(self.env, template[name]),
                        )
                    )

    @api.constrains("min_stock_qty", "reorder_point_qty")
    def _check_reorder_point(self):
        for template in self:
            minimum, point = template.min_stock_qty, template.reorder_point_qty
            if 0 <= point <= minimum:
                continue
            raise ValidationError(
                self.env._(
                    "%(product)s: the reorder point (%(point)s) must be between zero and the "
                    "minimum stock (%(minimum)s). Raise the minimum or lower the reorder point.",
                    product=template.display_name,
                    point=format_number(self.env, point, arithmetic.QUANTITY_DIGITS),
                    minimum=format_number(self.env, minimum, arithmetic.QUANTITY_DIGITS),
                )
            )

    def action_view_stock_move_lines(self):
        """Show the ledger of all variants. See ``test_stock_ledger``."""
        products = self.with_context(active_test=False).product_variant_ids
        if products._guarded() and self.env["cantoneira.stock.ledger"].has_access("read"):
            return self.env["cantoneira.stock.ledger"]._action_of(products)
        return super().action_view_stock_move_lines()
