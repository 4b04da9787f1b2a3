from odoo import api, fields, models

from odoo.addons.cantoneira_stock.tools import format_number

from .. import reels

#: An order that is being made, or is about to be.
OPEN_ORDERS = ("confirmed", "progress", "to_close")


class ReelWeigh(models.TransientModel):
    """A reel came back from the machine: what the scale says, and what was made of the rest."""

    _name = "cantoneira.reel.weigh"
    _description = "Weigh a reel back"

    lot_id = fields.Many2one("stock.lot", "Reel", required=True, readonly=True)
    product_id = fields.Many2one(related="lot_id.product_id")
    held = fields.Float("It held (kg)", related="lot_id.current_weight", digits="Product Unit")
    weight = fields.Float("The scale says (kg)", digits="Product Unit")
    consumed = fields.Float("Consumed (kg)", digits="Product Unit", compute="_compute_consumed")
    production_id = fields.Many2one(
        "mrp.production",
        "Used for",
        domain="[('id', 'in', production_ids)]",
        compute="_compute_production",
        store=True,
        readonly=False,
        help="The order that consumed it. Empty: the stock follows the scale at once, as a count.",
    )
    production_ids = fields.Many2many("mrp.production", compute="_compute_production_ids")
    reason = fields.Char("Why it differs")

    @api.depends("weight", "lot_id")
    def _compute_consumed(self):
        for wizard in self:
            difference = reels.exact(wizard.held) - reels.exact(wizard.weight)
            wizard.consumed = float(difference)

    @api.depends("lot_id")
    def _compute_production_ids(self):
        for wizard in self:
            wizard.production_ids = self.env["mrp.production"].search(
                [
                    ("state", "in", OPEN_ORDERS),
                    ("move_raw_ids.product_id", "=", wizard.lot_id.product_id.id),
                ]
            )

    @api.depends("lot_id")
    def _compute_production(self):
        """The one that has this reel reserved, where it is only one."""
        for wizard in self:
            orders = wizard.production_ids.filtered(
                lambda order, reel=wizard.lot_id: reel in order.move_raw_ids.move_line_ids.lot_id
            )
            wizard.production_id = orders if len(orders) == 1 else False

    def action_weigh(self):
        """Take off the machine what came back; what is missing was consumed."""
        self.ensure_one()
        consumed = self.lot_id._weigh_back(
            self.weight, self.production_id or None, (self.reason or "").strip() or None
        )
        self.lot_id.message_post(
            body=self.env._(
                "Weighed back: %(weight)s kg left, %(consumed)s kg consumed (%(order)s).",
                weight=format_number(self.env, self.weight, reels.WEIGHT_DIGITS),
                consumed=format_number(self.env, consumed, reels.WEIGHT_DIGITS),
                order=self.production_id.name or self.env._("no order"),
            )
        )
        return {"type": "ir.actions.act_window_close"}
