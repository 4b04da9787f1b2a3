from odoo import fields, models

from odoo.addons.cantoneira_stock import arithmetic


class ReelRun(models.Model):
    """What one order took from a reel while it was mounted."""

    _name = "cantoneira.reel.run"
    _description = "Reel used by an order"
    _order = "id"
    _rec_name = "lot_id"

    mount_id = fields.Many2one(
        "cantoneira.reel.mount", required=True, readonly=True, ondelete="cascade", index=True
    )
    production_id = fields.Many2one(
        "mrp.production", "Order", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="production_id.company_id", store=True, index=True)
    lot_id = fields.Many2one(related="mount_id.lot_id", store=True, index=True)
    product_id = fields.Many2one(related="mount_id.product_id", string="Paper", store=True)
    unwinder_id = fields.Many2one(related="mount_id.unwinder_id")
    date_start = fields.Datetime(related="mount_id.date_start")
    date_end = fields.Datetime(related="mount_id.date_end")
    state = fields.Selection(
        [("open", "On the machine"), ("weighed", "Weighed"), ("estimated", "By recipe")],
        "Known by",
        default="open",
        required=True,
        readonly=True,
        help="By recipe: the order was finished before the reel was weighed back.",
    )
    metres_before = fields.Float(
        "Made before (m)",
        digits="Product Unit",
        readonly=True,
        help="What the order had made when the reel came; it consumed other reels for that.",
    )
    weight = fields.Float("Consumed (kg)", digits="Product Unit", readonly=True)

    _once = models.UniqueIndex("(mount_id, production_id)")

    def _kilos(self):
        """``{reel: kg}`` of what is known, exact."""
        kilos = {}
        for use in self:
            kilos[use.lot_id] = kilos.get(use.lot_id, 0) + arithmetic.exact(use.weight)
        return kilos
