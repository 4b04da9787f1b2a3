from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    shortage_policy = fields.Selection(
        selection=[("block", "Block"), ("warn", "Warn")],
        required=True,
        default="block",
        help="What happens when something is confirmed that the free stock does not cover. "
        "Block: it is refused with the list of what is missing, unless someone who may override "
        "gives a reason. Warn: it passes and the list is kept in its history.",
    )
