from odoo import fields, models

#: What a loss of material is put down to.
CAUSES = [
    ("startup", "Start-up"),
    ("trim", "Trim"),
    ("splice", "Splice"),
    ("scrap", "Scrap"),
]


class FloorReason(models.Model):
    """Why a line stands still, why pieces are scrap, why material differs from the recipe.

    In the company's own words.
    """

    _name = "cantoneira.floor.reason"
    _description = "Reason of the shop floor"
    _order = "kind desc, sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [("stop", "Pause"), ("scrap", "Scrap"), ("difference", "Difference of material")],
        required=True,
        default="stop",
        index=True,
        help="What an operator gives this reason for.",
    )
    loss_cause = fields.Selection(
        CAUSES,
        "Loss counts as",
        default="scrap",
        required=True,
        help="The cause under which the material of pieces scrapped for this reason is lost.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.Constraint(
        "UNIQUE (kind, name)", "There is a reason of this kind with this name already."
    )
