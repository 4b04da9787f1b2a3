"""What was sold in pieces, metres and kg, beside Odoo's R$."""

from odoo import fields, models

COST_GROUP = "cantoneira_stock.group_see_cost"


class SaleReport(models.Model):
    _inherit = "sale.report"

    piece_qty = fields.Integer("Pieces", readonly=True)
    metres = fields.Float(digits=(16, 2), readonly=True)
    net_weight = fields.Float(
        "Net weight (kg)",
        digits=(16, 3),
        readonly=True,
        help="Weight of the edge protectors, from their recipes when they were quoted.",
    )
    cost = fields.Monetary(readonly=True, groups=COST_GROUP)
    # Core shows it to everyone who sells.
    margin = fields.Float(groups=COST_GROUP)

    def _select_additional_fields(self):
        """Pieces, metres, kg and cost. Guarded by ``test_board``."""
        selected = super()._select_additional_fields()
        metres = "SUM(CASE WHEN t.composite_length THEN l.product_uom_qty ELSE 0 END{})"
        selected.update(
            piece_qty="SUM(COALESCE(l.piece_qty, 0))",
            metres=metres.format(""),
            net_weight=metres.format(" * l.grams_per_metre / 1000.0"),
            cost=f"""SUM(l.purchase_price * l.product_uom_qty
                / {self._case_value_or_one("s.currency_rate")}
                * {self._case_value_or_one("account_currency_table.rate")})""",
        )
        return selected
