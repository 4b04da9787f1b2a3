from odoo import models


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "cantoneira.composite.length.mixin"]

    _composite_quantity_field = "quantity"
