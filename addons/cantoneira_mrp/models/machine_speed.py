from odoo import fields, models


class MachineSpeed(models.Model):
    """A machine that makes a profile faster or slower than the profile says."""

    _name = "cantoneira.machine.speed"
    _description = "Speed of a production line"
    _order = "machine_id, product_tmpl_id"

    machine_id = fields.Many2one(
        "mrp.workcenter", "Production line", required=True, ondelete="cascade", index=True
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        "Edge protector",
        required=True,
        ondelete="cascade",
        index=True,
        domain="[('composite_length', '=', True)]",
    )
    metres_per_hour = fields.Float("Metres per hour", digits=(10, 2), required=True)
    company_id = fields.Many2one(related="machine_id.company_id", store=True)

    _machine_profile_uniq = models.Constraint(
        "UNIQUE (machine_id, product_tmpl_id)",
        "A production line has one speed for each edge protector.",
    )
    _metres_per_hour_positive = models.Constraint(
        "CHECK (metres_per_hour > 0)",
        "The metres per hour of a production line are more than zero.",
    )
