from odoo import api, fields, models


class CloseShort(models.TransientModel):
    """Fewer pieces than ordered: make the rest later, or end the order with what there is."""

    _name = "cantoneira.close.short"
    _description = "Fewer pieces than ordered"

    production_id = fields.Many2one(
        "mrp.production", required=True, readonly=True, ondelete="cascade"
    )
    question = fields.Char(compute="_compute_question")
    problem = fields.Char(compute="_compute_question")
    pieces_made = fields.Integer(compute="_compute_question")
    may_close = fields.Boolean(compute="_compute_question")
    reason = fields.Text(help="Kept in the sales order, with your name.")

    @api.depends("production_id")
    @api.depends_context("lang", "uid")
    def _compute_question(self):
        for wizard in self:
            production = wizard.production_id
            missing = -production._piece_difference()
            # sudo: see mrp.production.accepted_label.
            line = production.sudo().sale_line_id
            wizard.pieces_made = production.pieces_producing
            wizard.question = self.env._(
                "%(missing)s of %(ordered)s pieces are missing.",
                missing=production._count(missing),
                ordered=production._count(production.piece_qty),
            )
            wizard.problem = production._short_problem(line.piece_qty - missing)
            wizard.may_close = not wizard.problem or production._may_close_beyond()

    def _closing(self, **context):
        production = self.production_id
        return production.with_context(**{**self.env.context, "skip_backorder": True, **context})

    def action_make_rest(self):
        """Close it with what is made; the rest is a manufacturing order of its own."""
        production = self.production_id
        if not production.pieces_producing:
            # Nothing to close: it stays as it is.
            return {"type": "ir.actions.act_window_close"}
        return self._closing(mo_ids_to_backorder=production.ids).button_mark_done()

    def action_close(self):
        """Close it with what is made, and nothing more."""
        closing = self._closing(close_short_reason=self.reason or "", mo_ids_to_backorder=[])
        if not closing.pieces_producing:
            closing._close_unmade()
            return {"type": "ir.actions.act_window_close"}
        return closing.button_mark_done()
