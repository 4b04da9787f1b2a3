from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock.tools import format_number


class ReelMove(models.TransientModel):
    """Goods go to another place of the factory, all of them or some."""

    _name = "cantoneira.reel.move"
    _description = "Move stock"

    quant_id = fields.Many2one("stock.quant", "What", required=True, readonly=True)
    product_id = fields.Many2one(related="quant_id.product_id")
    lot_id = fields.Many2one(related="quant_id.lot_id")
    location_id = fields.Many2one(related="quant_id.location_id", string="From")
    product_uom_id = fields.Many2one(related="quant_id.product_uom_id")
    held = fields.Float("There", related="quant_id.quantity", digits="Product Unit")
    quantity = fields.Float(
        "To move",
        digits="Product Unit",
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
    )
    location_dest_id = fields.Many2one(
        "stock.location",
        "To",
        required=True,
        domain="[('usage', '=', 'internal'), ('id', '!=', location_id)]",
    )

    @api.depends("quant_id")
    def _compute_quantity(self):
        for wizard in self:
            wizard.quantity = wizard.quant_id.quantity

    def action_move(self):
        """Move it; what orders had reserved here is reserved where it can be found."""
        self.ensure_one()
        unit, quant = self.product_uom_id, self.quant_id
        if unit.compare(self.quantity, 0) <= 0 or unit.compare(self.quantity, self.held) > 0:
            raise UserError(
                self.env._(
                    "%(held)s %(unit)s are there, so %(quantity)s %(unit)s cannot be moved.",
                    held=format_number(self.env, self.held),
                    quantity=format_number(self.env, self.quantity),
                    unit=unit.name,
                )
            )
        if self.location_dest_id == self.location_id:
            raise UserError(
                self.env._("It is already in %(place)s.", place=self.location_id.display_name)
            )
        name = self.env._("Moved by %(user)s", user=self.env.user.name)
        values = quant.with_context(inventory_name=name)._get_inventory_move_values(
            self.quantity,
            self.location_id,
            self.location_dest_id,
            quant.package_id,
            quant.package_id if not unit.compare(self.quantity, self.held) else False,
        )
        # A change of place is no count.
        move = self.env["stock.move"].create({**values, "is_inventory": False})
        move._action_done()
        return {"type": "ir.actions.act_window_close"}
