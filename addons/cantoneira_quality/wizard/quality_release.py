from odoo import fields, models


class QualityRelease(models.TransientModel):
    """A production manager lets leave what failed, and says why."""

    _name = "cantoneira.quality.release"
    _description = "Release with a reason"

    report_id = fields.Many2one(
        "cantoneira.quality.report", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Text(required=True)

    def action_release(self):
        self.ensure_one()
        self.report_id._release(self.reason)
        return {"type": "ir.actions.act_window_close"}
