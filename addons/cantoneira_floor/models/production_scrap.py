from odoo import api, fields, models

from odoo.addons.cantoneira_stock import arithmetic


class ProductionScrap(models.Model):
    """Pieces that were made and are no good; they are not among the pieces counted."""

    _name = "cantoneira.production.scrap"
    _description = "Scrap of production"
    _order = "date desc, id desc"
    _rec_name = "reason_id"

    production_id = fields.Many2one(
        "mrp.production", "Order", required=True, ondelete="cascade", index=True
    )
    product_id = fields.Many2one(
        related="production_id.product_id", string="Profile", store=True, index=True
    )
    machine_id = fields.Many2one("mrp.workcenter", "Production line", index="btree_not_null")
    company_id = fields.Many2one(related="production_id.company_id", store=True, index=True)
    reason_id = fields.Many2one(
        "cantoneira.floor.reason",
        required=True,
        ondelete="restrict",
        domain="[('kind', '=', 'scrap')]",
        index=True,
    )
    user_id = fields.Many2one("res.users", "Operator", required=True, readonly=True)
    date = fields.Datetime(required=True)
    piece_qty = fields.Integer("Pieces", required=True)
    metres = fields.Float(
        digits="Product Unit",
        compute="_compute_metres",
        store=True,
        help="Pieces × length of the order.",
    )

    _pieces_positive = models.Constraint("CHECK (piece_qty > 0)", "Scrap is one piece or more.")

    @api.depends("piece_qty", "production_id.piece_length_mm")
    def _compute_metres(self):
        for scrap in self:
            length = scrap.production_id.piece_length_mm
            scrap.metres = float(arithmetic.metres(scrap.piece_qty, length))
