from odoo import api, fields, models


class ProductionStop(models.Model):
    """A pause of an order: from when to when, why, and who said so."""

    _name = "cantoneira.production.stop"
    _description = "Pause of production"
    _order = "date_start desc, id desc"
    _rec_name = "reason_id"

    production_id = fields.Many2one(
        "mrp.production", "Order", required=True, ondelete="cascade", index=True
    )
    machine_id = fields.Many2one("mrp.workcenter", "Production line", index="btree_not_null")
    company_id = fields.Many2one(related="production_id.company_id", store=True, index=True)
    reason_id = fields.Many2one(
        "cantoneira.floor.reason",
        required=True,
        ondelete="restrict",
        domain="[('kind', '=', 'stop')]",
        index=True,
    )
    user_id = fields.Many2one("res.users", "Operator", required=True, readonly=True)
    date_start = fields.Datetime("From", required=True)
    date_end = fields.Datetime("Until", help="Empty while the order is paused.")
    minutes = fields.Float(
        digits=(10, 1),
        compute="_compute_minutes",
        store=True,
        help="How long it lasted; nothing while it lasts.",
    )

    _one_open = models.UniqueIndex("(production_id) WHERE date_end IS NULL")
    _ends_later = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)",
        "A pause ends after it began.",
    )

    @api.depends("date_start", "date_end")
    def _compute_minutes(self):
        for stop in self:
            lasted = stop.date_end - stop.date_start if stop.date_end else None
            stop.minutes = lasted.total_seconds() / 60 if lasted else 0
