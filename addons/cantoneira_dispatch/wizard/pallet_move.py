from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock import arithmetic


class PalletMove(models.TransientModel):
    """Put pieces of one line on another pallet of the same delivery, or on a new one."""

    _name = "cantoneira.pallet.move"
    _description = "Move to another pallet"

    line_id = fields.Many2one("stock.move.line", required=True, readonly=True, ondelete="cascade")
    picking_id = fields.Many2one(related="line_id.picking_id")
    product_id = fields.Many2one(related="line_id.product_id")
    piece_length_mm = fields.Float(related="line_id.piece_length_mm")
    content = fields.Char("On this pallet", related="line_id.pallet_content")
    quantity = fields.Float(
        digits="Product Unit",
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
        help="Pieces, or the product's own unit where it is not sold by length.",
    )
    target_id = fields.Many2one(
        "stock.package",
        "To pallet",
        domain="[('dispatch_picking_id', '=', picking_id), ('gate_date', '=', False)]",
        help="Empty: a new pallet.",
    )

    @api.depends("line_id")
    def _compute_quantity(self):
        for wizard in self:
            line = wizard.line_id
            wizard.quantity = line.pallet_pieces if line.piece_length_mm else line.quantity

    def action_move(self):
        """Move it, and do away with a pallet that became empty.

        :raises UserError: for a quantity that is not there, or a pallet that is out
        """
        self.ensure_one()
        line, source = self.line_id, self.line_id.result_package_id
        picking = line.picking_id
        picking._check_packable()
        source._check_here()
        moved = self._quantity_to_move()
        target = self.target_id
        if target and target.dispatch_picking_id != picking:
            raise UserError(self.env._("%s is of another delivery.", target.pallet_label))
        target._check_here()
        target = target or picking._new_pallets(1)
        all_of_it = arithmetic.exact(line.quantity_product_uom)
        with (source | target)._repacked():
            part = line if moved == all_of_it else line._cut(moved)
            part.result_package_id = target
            target.content_line_ids._joined()
        (source - target).filtered(
            lambda pallet: pallet.dispatch_picking_id and not pallet.content_line_ids
        ).unlink()
        picking.pallet_ids._renumber()
        return {"type": "ir.actions.act_window_close"}

    def _quantity_to_move(self):
        line, typed = self.line_id, arithmetic.exact(self.quantity)
        there = arithmetic.exact(line.quantity_product_uom)
        moved = typed
        if line.piece_length_mm:
            moved = arithmetic.metres(typed, line.piece_length_mm)
        fraction = line.piece_length_mm and typed % 1
        if moved <= 0 or moved > there or fraction:
            raise UserError(
                self.env._(
                    "%(content)s lie there. Type how many of them to move, a whole number above "
                    "zero and no more than that.",
                    content=line.pallet_content,
                )
            )
        return moved
