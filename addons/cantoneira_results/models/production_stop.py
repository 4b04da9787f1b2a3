from odoo import fields, models


class ProductionStop(models.Model):
    _inherit = "cantoneira.production.stop"

    product_id = fields.Many2one(
        related="production_id.product_id", string="Profile", store=True, index=True
    )
    hours = fields.Float(
        digits=(16, 2), compute="_compute_minutes", store=True, help="How long it lasted."
    )

    def _compute_minutes(self):
        """The same in hours, to be added up over months. Guarded by ``test_stops``."""
        result = super()._compute_minutes()
        for stop in self:
            stop.hours = stop.minutes / 60
        return result
