from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pallet_max_height_mm = fields.Float(related="company_id.pallet_max_height_mm", readonly=False)
    pallet_deck_mm = fields.Float(related="company_id.pallet_deck_mm", readonly=False)
    pallet_width_mm = fields.Float(related="company_id.pallet_width_mm", readonly=False)
    pallet_length_mm = fields.Float(related="company_id.pallet_length_mm", readonly=False)
    gate_code_days = fields.Integer(related="company_id.gate_code_days", readonly=False)
    gate_required = fields.Boolean(related="company_id.gate_required", readonly=False)
    gate_public_page = fields.Boolean(related="company_id.gate_public_page", readonly=False)
