from odoo import fields, models

GATE_STATUS = [
    ("out", "Let out"),
    ("already", "Was out already"),
    ("early", "Too early"),
    ("unknown", "Unknown code"),
    ("tampered", "Wrong signature"),
    ("expired", "Expired code"),
    ("company", "Other company"),
    ("cancelled", "Cancelled"),
    ("back", "Came back"),
]


class GateCheck(models.Model):
    """What happened at the gate: one row per scan, written by the gate and by nobody else."""

    _name = "cantoneira.gate.check"
    _description = "Check at the gate"
    _order = "id desc"

    date = fields.Datetime("When", default=fields.Datetime.now, required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Who", required=True, readonly=True)
    status = fields.Selection(GATE_STATUS, "What", required=True, readonly=True)
    message = fields.Text("Said", readonly=True)
    package_id = fields.Many2one("stock.package", "Pallet", readonly=True, ondelete="set null")
    picking_id = fields.Many2one(
        "stock.picking", "Delivery", readonly=True, ondelete="set null", index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, required=True, index=True)
