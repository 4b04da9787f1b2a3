from odoo import api, fields, models

from odoo.addons.cantoneira_stock.tools import format_number


class CountScan(models.TransientModel):
    """One code and one quantity after the other, with a scanner or the phone's keyboard."""

    _name = "cantoneira.count.scan"
    _description = "Scan and count"

    count_id = fields.Many2one("cantoneira.count", required=True, readonly=True)
    code = fields.Char(help="The number on the label: scan it or type it.")
    quantity = fields.Float("Found", digits="Product Unit")
    reason = fields.Char("Why it differs")
    last = fields.Char(readonly=True)

    @api.model
    def _open(self, count, last=None):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Scan"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_count_id": count.id, "default_last": last or False},
        }

    def action_next(self):
        """Count this one, and ask for the next."""
        self.ensure_one()
        line = self.count_id._count_code(self.code, self.quantity, self.reason)
        last = self.env._(
            "%(what)s: %(quantity)s %(unit)s",
            what=line._what(),
            quantity=format_number(self.env, self.quantity),
            unit=line.product_uom_id.name,
        )
        if self.count_id.shows_expected and line.difference:
            last += " " + self.env._(
                "(difference %(difference)s)", difference=format_number(self.env, line.difference)
            )
        return self._open(self.count_id, last)
