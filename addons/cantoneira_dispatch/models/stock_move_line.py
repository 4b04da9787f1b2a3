from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number

#: What may not change once the pallet is out of the gate.
CONTENT = {"quantity", "result_package_id", "product_id", "lot_id", "move_id", "picking_id"}


class StockMoveLine(models.Model):
    """What lies on a pallet: so many pieces of one line of a delivery."""

    _inherit = "stock.move.line"

    pallet_id = fields.Many2one(
        "stock.package",
        compute="_compute_pallet_id",
        store=True,
        index="btree_not_null",
        help="The package it goes in, where that was packed for this very delivery.",
    )
    piece_length_mm = fields.Float(related="move_id.piece_length_mm")
    pallet_pieces = fields.Integer("Pieces", compute="_compute_pallet_content")
    pallet_content = fields.Char("Content", compute="_compute_pallet_content")
    net_weight = fields.Float(
        "Net (kg)",
        digits=(16, 3),
        compute="_compute_net_weight",
        help="From the weight per metre of the order's line. Each line is rounded to the gram "
        "once, and what lies on its pallets adds up to it.",
    )
    pallet_has_left = fields.Boolean(compute="_compute_pallet_has_left")

    @api.depends("result_package_id.dispatch_picking_id", "picking_id")
    def _compute_pallet_id(self):
        for line in self:
            package = line.result_package_id
            packed_for_it = package.dispatch_picking_id == line.picking_id
            line.pallet_id = package if line.picking_id and packed_for_it else False

    @api.depends("quantity_product_uom", "piece_length_mm", "product_uom_id")
    @api.depends_context("lang")
    def _compute_pallet_content(self):
        composite = self.env["cantoneira.composite.length.mixin"]
        for line in self:
            pieces = arithmetic.pieces_in(line.quantity_product_uom, line.piece_length_mm)
            line.pallet_pieces = int(pieces)
            if line.piece_length_mm:
                line.pallet_content = composite._format_pieces(pieces, line.piece_length_mm)
            else:
                number = format_number(self.env, line.quantity, arithmetic.QUANTITY_DIGITS)
                line.pallet_content = f"{number} {line.product_uom_id.name or ''}"

    @api.depends(
        "quantity_product_uom",
        "move_id.move_line_ids.quantity_product_uom",
        "move_id.move_line_ids.pallet_id.pallet_number",
        "move_id.composite_weight",
    )
    def _compute_net_weight(self):
        """Parts of a line are rounded together, in the order of their pallets."""
        self.net_weight = 0
        for move in self.move_id:
            lines = move.move_line_ids.sorted(lambda line: line._weighing_order())
            shares = arithmetic.shares_kg(
                lines.mapped("quantity_product_uom"), move._gram_per_unit()
            )
            for line, share in zip(lines, shares, strict=True):
                # Another line than those asked for would be written to.
                if line in self:
                    line.net_weight = float(share)

    def _weighing_order(self):
        pallet = self.pallet_id
        return (not pallet, pallet.pallet_number, self._origin.id)

    @api.depends("pallet_id.gate_date")
    def _compute_pallet_has_left(self):
        for line in self:
            line.pallet_has_left = bool(line.pallet_id.gate_date)

    # ------------------------------------------------------------ what is out is out
    def write(self, vals):
        """What lies on a pallet that is out cannot change. Guarded by ``test_out_is_out``."""
        if CONTENT & vals.keys():
            self._check_not_out()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_out(self):
        self._check_not_out()

    def _check_not_out(self):
        out = self.filtered(
            lambda line: line.state not in ("done", "cancel") and line.pallet_has_left
        ).pallet_id
        if out:
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(pallet)s left at %(when)s. If it is still here, use “Came back” on it "
                        "first.",
                        pallet=pallet.pallet_label,
                        when=pallet._gate_moment(),
                    )
                    for pallet in out
                )
            )

    def action_move_to_pallet(self):
        """Open the dialog that puts pieces of this line on another pallet."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move to another pallet"),
            "res_model": "cantoneira.pallet.move",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_id": self.id},
        }
