from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_override = fields.Boolean(related="company_id.credit_override", readonly=False)
    group_sales_see_cost = fields.Boolean(
        "Salespeople see costs",
        group="cantoneira_sale.group_sales",
        implied_group="cantoneira_stock.group_see_cost",
        help="Show cost, mark-up and margin to everyone with the role Sales. Sales managers see "
        "them always.",
    )
    delivery_lead_days = fields.Integer(related="company_id.delivery_lead_days", readonly=False)
    pallet_tare_kg = fields.Float(related="company_id.pallet_tare_kg", readonly=False)
    pallet_max_kg = fields.Float(related="company_id.pallet_max_kg", readonly=False)
