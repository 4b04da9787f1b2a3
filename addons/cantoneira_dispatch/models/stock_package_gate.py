"""The code on a pallet's label, and the gate that reads it.

A code is 24 characters: 16 random ones that are looked up, and 8 that sign them together with the
pallet and the day they expire, by the secret of the database. Neither can be guessed from another
pallet's, and a copied or changed row of the table signs nothing.
"""

import contextlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import consteq, format_datetime, hmac

#: No 0/O, 1/I: people type it when the camera fails.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
TOKEN_LENGTH = 16
SIGNATURE_LENGTH = 8
GROUP_LENGTH = 6
SCOPE = "cantoneira_dispatch.pallet"
#: Who may read codes: they are printed on labels.
CODE_GROUPS = "stock.group_stock_user"
#: Who lets pallets out. Operators pack, and core gives them the rights of stock too.
GATE_GROUPS = ("cantoneira_dispatch.group_dispatch", "cantoneira_stock.group_stock")
#: Only the gate writes them.
GATE_FIELDS = {"gate_token", "gate_expiry", "gate_date", "gate_user_id"}


class StockPackage(models.Model):
    _inherit = "stock.package"

    gate_token = fields.Char(copy=False, readonly=True, groups="base.group_system")
    gate_expiry = fields.Datetime("Code valid until", copy=False, readonly=True)
    gate_date = fields.Datetime("Left at", copy=False, readonly=True, index="btree_not_null")
    gate_user_id = fields.Many2one("res.users", "Let out by", copy=False, readonly=True)
    gate_code = fields.Char("Code", compute="_compute_gate_code", groups=CODE_GROUPS)
    gate_url = fields.Char("Address", compute="_compute_gate_code", groups=CODE_GROUPS)

    _gate_token_unique = models.Constraint(
        "UNIQUE (gate_token)", "Two pallets cannot have the same code."
    )

    # ------------------------------------------------------------------ codes
    @api.model_create_multi
    def create(self, vals_list):
        """A pallet has a code from the start. Guarded by ``test_codes``."""
        for vals in vals_list:
            self._check_gate_fields(vals)
        packages = super().create(vals_list)
        packages.filtered("dispatch_picking_id")._renew_codes()
        return packages

    def write(self, vals):
        """Who packs has the rights to write packages, and lets nothing out by writing.

        Guarded by ``test_only_the_gate_writes_it``.
        """
        self._check_gate_fields(vals)
        return super().write(vals)

    def _check_gate_fields(self, vals):
        if GATE_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._(
                    "That a pallet left or came back is noted by the gate, not typed. Scan its "
                    "label, or use “Came back” on it."
                )
            )

    def _renew_codes(self, only_expired=False):
        """Give these pallets new codes; their old labels let nothing out any more."""
        now = fields.Datetime.now()
        # sudo: the token is nobody's to read or type; who packs or prints gets a new one.
        for package in self.sudo():
            if only_expired and package.gate_expiry and package.gate_expiry > now:
                continue
            days = package.dispatch_company_id.gate_code_days
            package.write(
                {
                    "gate_token": "".join(secrets.choice(ALPHABET) for _i in range(TOKEN_LENGTH)),
                    "gate_expiry": now + timedelta(days=days),
                }
            )

    @contextlib.contextmanager
    def _repacked(self):
        """A block that packs these pallets anew: a label that says something else counts no more.

        Guarded by ``test_label_of_before``.
        """
        before = {pallet: pallet._on_the_label() for pallet in self}
        yield
        self.exists().filtered(
            lambda pallet: pallet._on_the_label() != before[pallet]
        )._renew_codes()

    def _on_the_label(self):
        lines = self.content_line_ids
        return sorted((line.product_id.id, line.pallet_content) for line in lines)

    @api.depends("gate_token", "gate_expiry")
    def _compute_gate_code(self):
        for package in self:
            code = package.sudo()._signed_code()  # sudo: the token itself is nobody's to read
            package.gate_code = code
            base = package.get_base_url() if code else ""
            package.gate_url = code and f"{base}/cantoneira/pallet/{code}"

    def _signed_code(self):
        token = self.gate_token
        if not token:
            return False
        code = token + self._signature()
        return "-".join(code[i : i + GROUP_LENGTH] for i in range(0, len(code), GROUP_LENGTH))

    def _signature(self):
        message = (self.id, self.gate_token, fields.Datetime.to_string(self.gate_expiry))
        digest = int(hmac(self.env(su=True), SCOPE, message), 16)
        letters = []
        for _index in range(SIGNATURE_LENGTH):
            digest, letter = divmod(digest, len(ALPHABET))
            letters.append(ALPHABET[letter])
        return "".join(letters)

    @api.model
    def _find_by_code(self, text):
        """Return ``(pallet as superuser, problem)`` of a scanned or typed code or address.

        The problem is None, ``unknown``, ``tampered`` or ``expired``; without a pallet it is
        ``unknown``.
        """
        code = str(text or "").strip().rstrip("/").rpartition("/")[2]
        code = code.replace("-", "").replace(" ", "").upper()
        # sudo: a code may be of another company, which has to be told apart from an unknown one.
        Package = self.sudo().with_context(active_test=False)
        if len(code) != TOKEN_LENGTH + SIGNATURE_LENGTH or set(code) - set(ALPHABET):
            return Package.browse(), "unknown"
        token, signature = code[:TOKEN_LENGTH], code[TOKEN_LENGTH:]
        package = Package.search([("gate_token", "=", token)])
        if not package:
            return package, "unknown"
        if not consteq(signature, package._signature()):
            return package, "tampered"
        if package.gate_expiry < fields.Datetime.now():
            return package, "expired"
        return package, None

    # ------------------------------------------------------------------- gate
    @api.model
    def check_out(self, code):
        """Let the pallet with this code out of the gate, once, or say why not.

        :param code: what was scanned or typed: the code, or the address with it
        :return: a dict: ``accepted`` (bool), ``status`` (``out``, or why not: ``unknown``,
            ``tampered``, ``expired``, ``company``, ``cancelled``, ``already``, ``early``),
            ``message`` (a sentence), ``progress`` (see :meth:`stock.picking._gate_progress`, or
            False), ``delivered`` (whether it was the last one)
        :raises AccessError: for who is neither of the dispatch nor of the stock
        """
        self._check_gatekeeper()
        pallet, status = self._find_by_code(code)
        if not status and pallet.dispatch_company_id not in self.env.user.company_ids:
            status = "company"
        if status:
            return self._gate_answer(self.browse(), status, self._gate_refusal(status, pallet))
        company = pallet.dispatch_company_id
        pallet = self.with_company(company).browse(pallet.id)
        pallet = pallet.with_context(allowed_company_ids=company.ids)
        status, message = pallet._gate_decide()
        if status == "out":
            message = pallet._let_out()
        return self._gate_answer(pallet, status, message)

    def _check_gatekeeper(self):
        if not any(self.env.user.has_group(group) for group in GATE_GROUPS):
            raise AccessError(
                self.env._(
                    "%s may not let pallets out. Ask someone with the role Dispatch.",
                    self.env.user.name,
                )
            )

    def _gate_decide(self):
        """Return ``(status, sentence)``; takes the delivery's gate, so that one scan wins.

        :raises psycopg2.errors.SerializationFailure: when another scan of the same delivery was
            first; the request runs again and finds what that one did.
        """
        self.dispatch_picking_id._pass_gate()
        if self.gate_date:
            return "already", self.env._(
                "%(pallet)s already left at %(when)s, let out by %(who)s.",
                pallet=self.pallet_label,
                when=self._gate_moment(),
                who=self.sudo().gate_user_id.name,  # sudo: a colleague's name
            )
        picking = self.dispatch_picking_id
        if picking.state == "done":
            return "already", self.env._(
                "%(pallet)s was delivered with %(picking)s at %(when)s, without a check at the "
                "gate.",
                pallet=self.pallet_label,
                picking=picking.name,
                when=format_datetime(self.env, picking.date_done),
            )
        if picking.state == "cancel" or not self.content_line_ids:
            return "cancelled", self.env._(
                "%s is empty or its delivery was cancelled. It may not leave.", self.pallet_label
            )
        if blockers := picking._dispatch_blockers():
            return "early", "\n".join(
                [self.env._("%s may not leave yet.", self.pallet_label), *blockers]
            )
        return "out", False

    def _let_out(self):
        """Note who and when; the delivery is done with its last pallet."""
        # sudo: nobody types it; this is the gate, and who it is was checked.
        self.sudo().write({"gate_date": fields.Datetime.now(), "gate_user_id": self.env.uid})
        picking = self.dispatch_picking_id
        picking.message_post(
            body=self.env._("%s left through the gate.", self.pallet_label),
            subtype_xmlid="mail.mt_note",
        )
        if picking._all_out():
            picking._deliver_at_gate()
            return self.env._(
                "%(pallet)s may leave. It was the last one: %(picking)s is delivered.",
                pallet=self.pallet_label,
                picking=picking.name,
            )
        return self.env._("%s may leave.", self.pallet_label)

    def _gate_refusal(self, status, pallet):
        """Sentence for a code that leads to no pallet of this user's companies."""
        match status:
            case "company":
                return self.env._(
                    "This pallet belongs to another company (%s). It may not leave here.",
                    pallet.dispatch_company_id.name,
                )
            case "expired":
                return self.env._(
                    "The code expired on %s. Print a new label for this pallet.",
                    format_datetime(self.env, pallet.gate_expiry),
                )
            case "tampered":
                return self.env._(
                    "This code was changed or typed wrongly: its last characters do not fit. Scan "
                    "the label again, or print a new one."
                )
            case _:
                return self.env._(
                    "No pallet has this code. A label that was replaced by a new one, or whose "
                    "pallet was packed anew, does not count any more: print it again."
                )

    def _gate_answer(self, pallet, status, message):
        """Keep what happened at the gate, and tell it."""
        picking = pallet.dispatch_picking_id
        # sudo: a record of the gate, which nobody writes by hand.
        self.env["cantoneira.gate.check"].sudo().create(
            {
                "package_id": pallet.id,
                "picking_id": picking.id,
                "company_id": (picking.company_id or self.env.company).id,
                "user_id": self.env.uid,
                "status": status,
                "message": message,
            }
        )
        return {
            "accepted": status == "out",
            "status": status,
            "message": message,
            "progress": picking._gate_progress() if picking else False,
            "delivered": picking.state == "done" if picking else False,
        }

    def _gate_moment(self):
        return format_datetime(self.env, self.gate_date)

    def action_came_back(self):
        """Open the dialog that takes a pallet back that had been let out."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Came back"),
            "res_model": "cantoneira.pallet.return",
            "view_mode": "form",
            "target": "new",
            "context": {"default_package_id": self.id},
        }
