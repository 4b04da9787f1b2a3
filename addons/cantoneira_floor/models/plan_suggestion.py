"""A sequence that is looked for in the background; accepted or dropped by whoever asked."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_mrp.models.machine_queue import HOUR

from .. import sequencing, solving

_logger = logging.getLogger(__name__)
#: Answers are kept for so many days.
KEPT = 60
#: More orders than these are not named in the text of what changes.
TOLD = 30


class PlanSuggestion(models.Model):
    """A sequence for one line, beside the one it has.

    Asked by a person, computed by a scheduled job (OR-Tools in a process of its own, see
    ``solving``), told to who asked. Nothing of the plan changes before it is accepted.
    """

    _name = "cantoneira.plan.suggestion"
    _description = "Suggested sequence of a production line"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "machine_id"

    machine_id = fields.Many2one(
        "mrp.workcenter",
        "Production line",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env["mrp.workcenter"].search([], limit=1),
    )
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    user_id = fields.Many2one(
        "res.users", "Asked by", default=lambda self: self.env.user, readonly=True
    )
    state = fields.Selection(
        [
            ("draft", "Not asked yet"),
            ("asked", "Asked"),
            ("computing", "Computing"),
            ("ready", "Ready"),
            ("accepted", "Accepted"),
            ("dropped", "Dropped"),
            ("failed", "Failed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    engine = fields.Selection(
        [
            ("solver", "OR-Tools"),
            ("heuristic", "Quick rules (OR-Tools is not installed)"),
            ("quick", "Quick rules (no time is given to OR-Tools)"),
            ("failed", "Quick rules (OR-Tools gave no answer)"),
        ],
        "Computed by",
        readonly=True,
        copy=False,
    )
    seen = fields.Json(readonly=True, copy=False, help="The queue as it was when it was read.")
    order_ids = fields.Json("Suggested orders", readonly=True, copy=False)
    order_count = fields.Integer("Orders to plan", readonly=True, copy=False)
    late_now = fields.Integer("Late orders now", readonly=True, copy=False)
    late_then = fields.Integer("Late orders as suggested", readonly=True, copy=False)
    delay_now = fields.Float("Hours late now", readonly=True, copy=False)
    delay_then = fields.Float("Hours late as suggested", readonly=True, copy=False)
    setups_now = fields.Integer("Set-ups now", readonly=True, copy=False)
    setups_then = fields.Integer("Set-ups as suggested", readonly=True, copy=False)
    hours_gained = fields.Float(
        readonly=True, copy=False, help="Set-ups that are not needed, in hours."
    )
    late_text = fields.Char("Late orders", compute="_compute_texts")
    setups_text = fields.Char("Set-ups", compute="_compute_texts")
    is_better = fields.Boolean(readonly=True, copy=False)
    effect_text = fields.Text("What changes", readonly=True, copy=False)
    sequence_text = fields.Text("Sequence", readonly=True, copy=False)
    seconds = fields.Float("Computed in (s)", digits=(8, 1), readonly=True, copy=False)
    note = fields.Text("Why it failed", readonly=True, copy=False)

    @api.depends("engine", "late_now", "late_then", "setups_now", "setups_then")
    def _compute_texts(self):
        """``12 → 4``: now, and as suggested."""
        for each in self:
            each.late_text = f"{each.late_now} → {each.late_then}" if each.engine else ""
            each.setups_text = f"{each.setups_now} → {each.setups_then}" if each.engine else ""

    # ---------------------------------------------------------------- what a person does
    def action_ask(self):
        """Have it looked for in the background; the screen is free at once."""
        self.ensure_one()
        self._check_planner()
        if self.state in ("asked", "computing"):
            raise UserError(self.env._("It is being looked for already; you will be told."))
        self._clear_activities()
        self.write({"state": "asked", "user_id": self.env.uid, "note": False})
        # sudo: whoever plans may not see scheduled jobs; only this one is woken up.
        self.env.ref("cantoneira_floor.ir_cron_suggest").sudo()._trigger()

    def action_drop(self):
        self.ensure_one()
        self._check_planner()
        if self.state == "accepted":
            raise UserError(self.env._("This suggestion is the plan already, it was accepted."))
        self._clear_activities()
        self.state = "dropped"
        return self._open_plan()

    def action_accept(self):
        """Make it the plan, if it is still better than what the queue is now."""
        self.ensure_one()
        self._check_planner()
        if self.state != "ready":
            raise UserError(self.env._("Only a suggestion that is ready can be accepted."))
        self.machine_id._pass_queue()
        line = self._line()
        wanted = self._still_waiting(line)
        # Recordsets in another sequence are equal.
        if wanted.ids != line.waiting.ids:
            now, then = (self._judge(line, sequence) for sequence in (line.waiting, wanted))
            if now < then:
                raise UserError(
                    self.env._(
                        "The plan of %(machine)s is better by now than this suggestion: "
                        "%(now)s late orders instead of %(then)s. Ask for a new one.",
                        machine=self.machine_id.name,
                        now=now.late,
                        then=then.late,
                    )
                )
        key = str(self.machine_id.id)
        seen = {key: {"running": line.running.ids, "waiting": line.waiting.ids}}
        self.env["cantoneira.plan.draft"].plan_apply({key: wanted.ids}, seen)
        self._clear_activities()
        self.state = "accepted"
        return self._open_plan()

    def _check_planner(self):
        if not self.env["cantoneira.plan.draft"]._can_plan():
            raise UserError(self.env._("Only a production manager changes the plan."))

    def _open_plan(self):
        return self.env["ir.actions.act_window"]._for_xml_id("cantoneira_floor.action_plan")

    def _line(self):
        return self.env["mrp.production"]._plan_lines([self.machine_id.id])[self.machine_id.id]

    def _still_waiting(self, line):
        """The suggested sequence without what has started or is gone meanwhile.

        :raises UserError: where orders came that it does not know.
        """
        suggested = self.order_ids or []
        unknown = line.waiting.filtered(lambda order: order.id not in suggested)
        if unknown:
            raise UserError(
                self.env._(
                    "The queue of %(machine)s has changed meanwhile: %(orders)s came. "
                    "Ask for a new suggestion.",
                    machine=self.machine_id.name,
                    orders=", ".join(unknown[:3].mapped("name")) + ("…" if unknown[3:] else ""),
                )
            )
        waiting = set(line.waiting.ids)
        return line.waiting.browse([each for each in suggested if each in waiting])

    def _judge(self, line, sequence):
        clocked = self.env["mrp.production"]._plan_on_clock(line, sequence)
        return sequencing.score(clocked.dues, clocked.change, clocked.ready)

    # ---------------------------------------------------------------- in the background
    @api.model
    def _cron_suggest(self):
        """Compute what was asked, one after the other.

        What a server that died left in the middle of it is computed again.
        """
        asked = self.search([("state", "in", ("asked", "computing"))], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(asked))
        for suggestion in asked:
            user = suggestion.user_id
            suggestion.with_context(
                lang=user.lang, tz=user.tz, allowed_company_ids=suggestion.company_id.ids
            )._compute_in_background()
            self.env["ir.cron"]._commit_progress(1)

    def _compute_in_background(self):
        """From asked to ready or failed, and tell who asked. Commits between the steps.

        The plan is read with the rights of who asked. No transaction is open while OR-Tools
        computes: what others write meanwhile is not held up, and is found by who accepts.
        """
        commit = self.env["ir.cron"]._commit_progress
        own = self.with_user(self.user_id)
        began = fields.Datetime.now()
        self.state = "computing"
        commit()
        try:
            with self.env.cr.savepoint():
                own._check_planner()
                line = own._line()
                clocked = own.env["mrp.production"]._plan_on_clock(line, line.waiting)
            commit()
            answer = self._best_sequence(clocked)
            # Others have gone on working.
            self.env.invalidate_all()
            with self.env.cr.savepoint():
                self.write(own._result(line, clocked, answer))
                self.seconds = (fields.Datetime.now() - began).total_seconds()
        except UserError as error:
            self.write({"state": "failed", "note": str(error)})
        except Exception:
            _logger.exception("no suggestion for %s", self.machine_id.name)
            why = self.env._("something went wrong; the server's log says what.")
            self.write({"state": "failed", "note": why})
        commit()
        if own.env["cantoneira.plan.draft"]._can_plan():
            self._tell()

    def _best_sequence(self, clocked):
        ahead, waiting = clocked.dues[: clocked.ahead], clocked.dues[clocked.ahead :]
        seconds = self.company_id.plan_seconds
        answer = solving.best_sequence(
            ahead,
            waiting,
            clocked.change,
            clocked.ready,
            arrived=sorted(waiting, key=lambda due: due.key),
            seconds=seconds,
        )
        return answer if seconds else answer._replace(engine="quick")

    def _result(self, line, clocked, answer):
        now, then = answer.now, answer.then
        best = line.waiting.browse([due.key for due in answer.dues])
        key = str(self.machine_id.id)
        seen = {"running": line.running.ids, "waiting": line.waiting.ids}
        return {
            "state": "ready",
            "engine": answer.engine,
            "seen": seen,
            "order_ids": best.ids,
            "order_count": len(best),
            "late_now": now.late,
            "late_then": then.late,
            "delay_now": now.lateness / HOUR,
            "delay_then": then.lateness / HOUR,
            "setups_now": now.setups,
            "setups_then": then.setups,
            "hours_gained": (now.setups - then.setups) * (clocked.change / HOUR),
            "is_better": then < now,
            "effect_text": self._effect_text({key: best.ids}, {key: seen}),
            "sequence_text": "\n".join(
                f"{order.name}  {order.product_id.name}  {order.composite_label or ''}"
                for order in best.exists()
            ),
        }

    def _effect_text(self, draft, seen):
        try:
            effect = self.env["cantoneira.plan.draft"].plan_preview(draft, seen)
        except UserError as changed_meanwhile:
            return str(changed_meanwhile)
        rows = [row["text"] for row in effect["rows"]]
        if len(rows) > TOLD:
            rows[TOLD:] = [self.env._("… and %(count)s more", count=len(rows) - TOLD)]
        return "\n".join([effect["summary"], *rows])

    # ---------------------------------------------------------------- telling
    def _headline(self):
        """What it brings, in one sentence."""
        machine = self.machine_id.name
        if self.state == "failed":
            return self.env._(
                "No suggestion for %(machine)s: %(why)s", machine=machine, why=self.note
            )
        if not self.is_better:
            return self.env._("%(machine)s: no better sequence was found.", machine=machine)
        late = self.env._(
            "%(machine)s: late orders %(late_now)s → %(late_then)s.",
            machine=machine,
            late_now=self.late_now,
            late_then=self.late_then,
        )
        setups = self.env["cantoneira.plan.draft"]._setups_sentence(
            self.setups_now - self.setups_then, self.hours_gained
        )
        return " ".join(filter(None, [late, setups]))

    def _tell(self):
        """A notification on the screen of who asked, and an activity for when they are back."""
        text = self._headline()
        self.user_id._bus_send(
            "cantoneira_floor.suggestion",
            {"id": self.id, "message": text, "failed": self.state == "failed"},
        )
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo", summary=text, user_id=self.user_id.id
        )

    def _clear_activities(self):
        self.activity_ids.unlink()

    @api.autovacuum
    def _gc_suggestions(self):
        before = fields.Datetime.now() - timedelta(days=KEPT)
        self.search([("create_date", "<", before)]).unlink()
