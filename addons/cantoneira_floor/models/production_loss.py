from odoo import api, fields, models

from odoo.addons.cantoneira_mrp.models.recipe_cost import COST_GROUP
from odoo.addons.cantoneira_mrp.tools import is_weight, weight_unit

from .floor_reason import CAUSES


class ProductionLoss(models.Model):
    """Material that became no good piece: how much of which, and why."""

    _name = "cantoneira.production.loss"
    _description = "Loss of material in production"
    _order = "date desc, id desc"
    _rec_name = "material_id"

    production_id = fields.Many2one(
        "mrp.production", "Order", required=True, ondelete="cascade", index=True
    )
    product_id = fields.Many2one(
        related="production_id.product_id", string="Profile", store=True, index=True
    )
    material_id = fields.Many2one("product.product", required=True, ondelete="restrict", index=True)
    machine_id = fields.Many2one("mrp.workcenter", "Production line", index="btree_not_null")
    company_id = fields.Many2one(related="production_id.company_id", store=True, index=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    cause = fields.Selection(CAUSES, required=True, index=True)
    scrap_id = fields.Many2one(
        "cantoneira.production.scrap",
        "Scrapped pieces",
        ondelete="cascade",
        index="btree_not_null",
        help="The pieces in which this material is; empty when it was weighed by itself.",
    )
    user_id = fields.Many2one("res.users", "Operator", required=True, readonly=True)
    date = fields.Datetime(required=True)
    quantity = fields.Float(
        digits="Product Unit", required=True, help="In the unit of the material."
    )
    weight = fields.Float(
        "Loss (kg)",
        digits="Product Unit",
        compute="_compute_weight",
        store=True,
        help="0 of what is not measured in weight.",
    )
    value = fields.Monetary(
        "Loss (value)",
        currency_field="company_currency_id",
        compute="_compute_value",
        store=True,
        groups=COST_GROUP,
        help="At the cost of the day.",
    )

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "A loss is more than nothing.")

    @api.depends("quantity", "material_id")
    def _compute_weight(self):
        kilo = weight_unit(self.env)
        for loss in self:
            unit = loss.material_id.uom_id
            known = is_weight(unit)
            loss.weight = unit._compute_quantity(loss.quantity, kilo, round=False) if known else 0

    @api.depends("quantity", "material_id")
    def _compute_value(self):
        """What it costs later does not rewrite what was lost."""
        for loss in self:
            material = loss.material_id.with_company(loss.company_id)
            loss.value = loss.quantity * material.standard_price
