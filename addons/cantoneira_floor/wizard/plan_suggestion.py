from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import sequencing

HOUR = 3600


class PlanSuggestion(models.TransientModel):
    """A sequence for one line, beside the one it has; accepted or dropped by who plans."""

    _name = "cantoneira.plan.suggestion"
    _description = "Suggested sequence of a production line"

    machine_id = fields.Many2one(
        "mrp.workcenter",
        "Production line",
        required=True,
        default=lambda self: self.env["mrp.workcenter"].search([], limit=1),
    )
    order_ids = fields.Json("Suggested orders", compute="_compute_suggestion", store=True)
    order_count = fields.Integer("Orders to plan", compute="_compute_suggestion", store=True)
    late_now = fields.Integer("Late orders now", compute="_compute_suggestion", store=True)
    late_then = fields.Integer(
        "Late orders as suggested", compute="_compute_suggestion", store=True
    )
    delay_now = fields.Float("Hours late now", compute="_compute_suggestion", store=True)
    delay_then = fields.Float("Hours late as suggested", compute="_compute_suggestion", store=True)
    setups_now = fields.Integer("Set-ups now", compute="_compute_suggestion", store=True)
    setups_then = fields.Integer("Set-ups as suggested", compute="_compute_suggestion", store=True)
    hours_gained = fields.Float(
        compute="_compute_suggestion", store=True, help="Set-ups that are not needed, in hours."
    )
    sequence_text = fields.Text("Sequence", compute="_compute_suggestion", store=True)

    @api.depends("machine_id")
    def _compute_suggestion(self):
        for wizard in self:
            wizard.update(wizard._suggest())

    def _suggest(self):
        Production = self.env["mrp.production"]
        line = self._line()
        best = line.waiting
        now = then = sequencing.Score(0, sequencing.NOTHING, 0)
        change = sequencing.NOTHING
        if best:
            dues, ahead, _clock, change, ready = Production._plan_on_clock(line, best)
            # What runs already stays where it is: it is judged in front of every sequence.
            found, now, then = sequencing.behind(
                dues[:ahead],
                dues[ahead:],
                change,
                ready,
                arrived=sorted(dues[ahead:], key=lambda due: due.key),
            )
            best = best.browse([due.key for due in found])
        return {
            "order_ids": best.ids,
            "order_count": len(best),
            "late_now": now.late,
            "late_then": then.late,
            "delay_now": now.lateness.total_seconds() / HOUR,
            "delay_then": then.lateness.total_seconds() / HOUR,
            "setups_now": now.setups,
            "setups_then": then.setups,
            "hours_gained": (now.setups - then.setups) * change.total_seconds() / HOUR,
            "sequence_text": "\n".join(
                f"{order.name}  {order.product_id.name}  {order.composite_label or ''}"
                for order in best
            ),
        }

    def _line(self):
        key = self.machine_id.id or 0
        return self.env["mrp.production"]._plan_lines([key])[key]

    def action_accept(self):
        """Write the suggested sequence, unless the queue changed meanwhile."""
        self.ensure_one()
        key, line = self.machine_id.id or 0, self._line()
        if set(line.waiting.ids) != set(self.order_ids):
            raise UserError(
                self.env._(
                    "The queue of %(machine)s has changed meanwhile. Ask for a new suggestion.",
                    machine=self.machine_id.name,
                )
            )
        seen = {key: {"running": line.running.ids, "waiting": line.waiting.ids}}
        self.env["cantoneira.plan.draft"].plan_apply({key: self.order_ids}, seen)
        return self.env["ir.actions.act_window"]._for_xml_id("cantoneira_floor.action_plan")
