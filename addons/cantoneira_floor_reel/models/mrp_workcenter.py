from odoo import Command, fields, models


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    unwinder_ids = fields.One2many(
        "cantoneira.unwinder",
        "machine_id",
        "Unwinders",
        copy=True,
        default=lambda self: self._default_unwinders(),
    )

    def _default_unwinders(self):
        count = self.env.company.unwinders_per_line
        return [Command.create({"sequence": 10 * number}) for number in range(1, count + 1)]

    def _add_unwinders(self):
        """Lines without unwinders get as many as the company's lines have."""
        for machine in self.with_context(active_test=False):
            if not machine.unwinder_ids:
                company = machine.company_id or self.env.company
                machine.unwinder_ids = machine.with_company(company)._default_unwinders()
