from odoo import fields, models


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    floor_user_ids = fields.Many2many(
        "res.users",
        "cantoneira_machine_user_rel",
        "machine_id",
        "user_id",
        "People",
        help="Who works on this line or plans it: their filter My line shows its orders.",
    )
