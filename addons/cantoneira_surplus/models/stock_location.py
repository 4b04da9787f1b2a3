from odoo import fields, models


class StockLocation(models.Model):
    """Where surplus lies: one place per length, so that whoever takes from it gets that length."""

    _inherit = "stock.location"

    piece_length_mm = fields.Float(
        "Length of its surplus (mm)",
        digits=(10, 2),
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Only whole pieces of this length lie here; 0 for an ordinary place.",
    )
