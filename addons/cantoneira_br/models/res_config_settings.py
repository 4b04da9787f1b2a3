from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    br_lookup = fields.Boolean(related="company_id.br_lookup", readonly=False)
    br_cnpj_url = fields.Char(related="company_id.br_cnpj_url", readonly=False)
    br_cep_url = fields.Char(related="company_id.br_cep_url", readonly=False)
    br_lookup_seconds = fields.Integer(related="company_id.br_lookup_seconds", readonly=False)
    customary_holidays = fields.Boolean(related="company_id.customary_holidays", readonly=False)
