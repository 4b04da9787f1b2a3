"""What an operator does at the line, each with a key so that twice is once.

Every public method takes ``key``, a text that the tablet makes up for one tap. Sent again with the
same key, nothing happens a second time and the answer is the order as it stands.
"""

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock.tools import LONGEST_CODE, clean_code, format_number

from .mrp_production_consumption import BEGUN

#: More pieces at once are a slip of the finger.
MOST_PIECES = 999_999


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    # ---------------------------------------------------------------- public
    def floor_start(self, key):
        """Start making this order.

        :return: as :meth:`floor_read`, here and in all that follow.
        :raises UserError: a sentence, here and in all that follow; nothing is kept then.
        """
        return self._floor_once(key, "start", lambda order: order._floor_start())

    def floor_pause(self, key, reason_id):
        """Pause it, for a reason (id of ``cantoneira.floor.reason``)."""
        return self._floor_once(key, "pause", lambda order: order._floor_pause(reason_id))

    def floor_resume(self, key):
        """Go on with a paused order."""
        return self._floor_once(key, "resume", lambda order: order._floor_resume())

    def floor_count(self, key, pieces, seen):
        """Good pieces made so far, in all.

        :param int seen: what the screen showed before; somebody else may have counted since.
        """
        return self._floor_once(key, "count", lambda order: order._floor_count(pieces, seen))

    def floor_scrap(self, key, pieces, reason_id):
        """So many more pieces are no good, for a reason."""
        return self._floor_once(key, "scrap", lambda order: order._floor_scrap(pieces, reason_id))

    def floor_finish(self, key, seen, reason_id=False, short=False, why=""):
        """Finish it with the pieces counted; a new order makes what is missing.

        :param reason_id: why it consumed more or less than planned, once the operator was asked.
        :param bool short: nothing makes what is missing, see ``_closing_choices``.
        :param str why: it ends short, where that has to be said.
        :return: as :meth:`floor_read`, with ``question`` (text) where a reason is missing.
        """
        given = reason_id and not isinstance(reason_id, bool)
        if not given and (asked := self._floor_one()._floor_question()):
            return {**self.floor_read(), "question": asked}
        return self._floor_once(
            key, "finish", lambda order: order._floor_finish(seen, reason_id, short is True, why)
        )

    # ---------------------------------------------------------------- once, one at a time
    def _floor_once(self, key, action, act):
        order = self._floor_one()
        order.check_access("write")
        if not (own := clean_code(key)):
            raise UserError(
                self.env._(
                    "Give a key: a text of its own for each tap, of up to %(most)s characters.",
                    most=LONGEST_CODE,
                )
            )
        # sudo: nobody may read or write keys; whose order it is was checked above.
        operations = self.env["cantoneira.floor.operation"].sudo()
        first, operation = operations._claim(own, action, order)
        if first:
            order._floor_pass()
            act(order)
        elif (operation.production_id.id, operation.action) != (order.id, action):
            raise UserError(self.env._("This key was used for something else already."))
        return order.floor_read()

    def _floor_pass(self):
        """Let two who work on the same order at once collide: the second runs again, and sees.

        See ``cantoneira.promise.gate``: a lock alone would leave him with his old snapshot.
        """
        self.env.cr.execute(
            """
            UPDATE mrp_production SET floor_passes = COALESCE(floor_passes, 0) + 1 WHERE id = %s
            """,
            [self.id],
        )
        self.invalidate_recordset(["floor_passes"])

    # ---------------------------------------------------------------- start, pause, resume
    def _floor_start(self):
        if self.floor_state != "waiting":
            self._floor_refuse()
        self._floor_take_machine()
        self.action_start()
        self.floor_user_id = self.env.user

    def _floor_pause(self, reason_id):
        self._floor_expect_running()
        reason = self._floor_reason(reason_id, "stop")
        # sudo: operators write pauses here only, not by hand.
        self.env["cantoneira.production.stop"].sudo().create(
            {
                "production_id": self.id,
                "machine_id": self.machine_id.id,
                "reason_id": reason.id,
                "user_id": self.env.uid,
                "date_start": fields.Datetime.now(),
            }
        )

    def _floor_resume(self):
        if self.floor_state != "paused":
            self._floor_refuse()
        self._floor_take_machine()
        self._floor_end_stop()
        self.floor_user_id = self.env.user

    def _floor_end_stop(self):
        # sudo: as in _floor_pause.
        stop = self.sudo()._open_stop()
        stop.date_end = max(fields.Datetime.now(), stop.date_start) if stop else False

    def _floor_take_machine(self):
        """A line makes one order at a time."""
        machine = self.machine_id
        if not machine:
            return
        machine._pass_queue()
        others = self.search([*self._floor_domain(), ("machine_id", "=", machine.id)]) - self
        if busy := others.filtered(lambda order: order.floor_state == "running")[:1]:
            raise UserError(
                self.env._(
                    "%(machine)s is making %(order)s. Pause or finish it first.",
                    machine=machine.name,
                    order=busy.name,
                )
            )

    # ---------------------------------------------------------------- pieces
    def _floor_count(self, pieces, seen):
        self._floor_expect_running()
        self._floor_expect_seen(seen)
        self._floor_check_pieces(pieces, least=0)
        self.pieces_producing = pieces

    def _floor_scrap(self, pieces, reason_id):
        self._floor_expect_running()
        self._floor_check_pieces(pieces, least=1)
        reason = self._floor_reason(reason_id, "scrap")
        # sudo: operators write scrap here only, not by hand.
        scrap = (
            self.env["cantoneira.production.scrap"]
            .sudo()
            .create(
                {
                    "production_id": self.id,
                    "machine_id": self.machine_id.id,
                    "reason_id": reason.id,
                    "user_id": self.env.uid,
                    "date": fields.Datetime.now(),
                    "piece_qty": pieces,
                }
            )
        )
        self._floor_lose_pieces(scrap)

    def _floor_check_pieces(self, pieces, least):
        if type(pieces) is not int or not least <= pieces <= MOST_PIECES:
            raise UserError(
                self.env._(
                    "%(order)s: %(pieces)s is no number of pieces. Type a whole number from "
                    "%(least)s to %(most)s.",
                    order=self.name,
                    pieces=pieces,
                    least=least,
                    most=format_number(self.env, MOST_PIECES, 0),
                )
            )

    # ---------------------------------------------------------------- finish
    def _floor_question(self):
        """What to ask a reason for before finishing: consumption beyond what is tolerated."""
        if self.floor_state not in BEGUN or not self.pieces_producing:
            return ""
        return "\n".join(self._floor_sentences(self._floor_issues()))

    def _floor_finish(self, seen, reason_id, short=False, why=""):
        self._floor_expect_begun()
        self._floor_expect_seen(seen)
        if not self.pieces_producing:
            raise UserError(
                self.env._("%(order)s: count the pieces that were made first.", order=self.name)
            )
        self._floor_keep_reason(reason_id)
        self._floor_end_stop()
        closing = self.with_context(
            skip_consumption=True, skip_backorder=True, skip_redirection=True
        )
        if self.pieces_producing < self.piece_qty:
            if short:
                closing = closing.with_context(close_short_reason=self._floor_check_short(why))
            else:
                closing = closing.with_context(mo_ids_to_backorder=self.ids)
        closing.button_mark_done()
        if self.state != "done":
            raise UserError(
                self.env._(
                    "%(order)s could not be finished here. Open it under Manufacturing orders.",
                    order=self.name,
                )
            )

    def _floor_check_short(self, why):
        """Whether it may end short here.

        :return: the reason as it is kept, "" where none was given or is needed
        """
        choices = self._closing_choices()
        if not choices["short"]:
            raise UserError(
                choices["told"]
                or self.env._("%s cannot be closed with fewer pieces here.", self.name)
            )
        why = why.strip() if isinstance(why, str) else ""
        if choices["why"] and not why:
            sentences = (choices["told"], self.env._("Write why it ends with fewer."))
            raise UserError("\n".join(sentences))
        return why

    # ---------------------------------------------------------------- sentences
    def _floor_expect_running(self):
        if self.floor_state != "running":
            self._floor_refuse()

    def _floor_expect_begun(self):
        if self.floor_state not in BEGUN:
            self._floor_refuse()

    def _floor_expect_seen(self, seen):
        if seen != self.pieces_producing:
            raise UserError(
                self.env._(
                    "%(order)s: your screen showed %(seen)s pieces, and somebody counted "
                    "%(made)s meanwhile. Look at the number and count again.",
                    order=self.name,
                    seen=seen,
                    made=self.pieces_producing,
                )
            )

    def _floor_reason(self, reason_id, kind):
        reasons = self.env["cantoneira.floor.reason"].search([("kind", "=", kind)])
        reason = reasons.filtered(lambda each: each.id == reason_id)
        if not reason or isinstance(reason_id, bool):
            raise UserError(self.env._("%(order)s: choose a reason.", order=self.name))
        return reason

    def _floor_refuse(self):
        """Say how it stands, to whom it is too late."""
        who = self.floor_user_id.name or self.env._("somebody")
        texts = {
            "waiting": self.env._("%(order)s has not been started yet.", order=self.name),
            "running": self.env._(
                "%(order)s is running already; %(who)s started it.", order=self.name, who=who
            ),
            "paused": self.env._(
                "%(order)s is paused (%(reason)s). Resume it first.",
                order=self.name,
                reason=self._open_stop().reason_id.name or "",
            ),
            "done": self.env._("%(order)s is finished already.", order=self.name),
            "closed": self.env._("%(order)s is not to be made.", order=self.name),
        }
        raise UserError(texts[self.floor_state])
