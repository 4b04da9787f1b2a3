from odoo import fields, models


class FloorReason(models.Model):
    """Why a line stands still or why pieces are scrap, in the company's own words."""

    _name = "cantoneira.floor.reason"
    _description = "Reason of the shop floor"
    _order = "kind desc, sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [("stop", "Pause"), ("scrap", "Scrap")],
        required=True,
        default="stop",
        index=True,
        help="What an operator gives this reason for.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.Constraint(
        "UNIQUE (kind, name)", "There is a reason of this kind with this name already."
    )
