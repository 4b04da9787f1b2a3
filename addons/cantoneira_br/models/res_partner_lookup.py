"""Name and address of a CNPJ, street and city of a CEP, filled in on a click."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import document, lookup
from ..document import Kind
from ..lookup import LookupFailure, Reason

#: What a look-up may fill in, in the order in which it is told.
FIELDS = (
    "name",
    "trade_name",
    "street",
    "street2",
    "city",
    "state_id",
    "zip",
    "country_id",
    "phone",
    "email",
)
SERVICES = {"cnpj": "br_cnpj_url", "cep": "br_cep_url"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    br_lookup = fields.Boolean("Lookup is on", compute="_compute_br_lookup")

    @api.depends_context("company")
    def _compute_br_lookup(self):
        self.br_lookup = self.env.company.br_lookup

    @api.model
    def br_look_up(self, service, number, typed):
        """Ask the company's service about ``number``; nothing is written.

        :param str service: ``cnpj`` or ``cep``.
        :param dict typed: what the form holds, ``{field: text or id}``.
        :return: ``fill`` (values of empty fields) and ``replace`` (values of fields that say
            something else), ``question`` (a sentence for each of the latter) and ``message`` (a
            sentence when nothing was found, or when the registry warns).
        """
        self.check_access("create")
        answer = {"fill": {}, "replace": {}, "question": [], "message": ""}
        try:
            found = self._ask_service(service, number or "")
        except UserError as problem:
            return {**answer, "message": str(problem)}
        values = self._lookup_values(found)
        for name in FIELDS:
            if not values.get(name) or self._says_the_same(name, values[name], typed.get(name)):
                continue
            if not typed.get(name):
                answer["fill"][name] = self._for_client(name, values[name])
            else:
                answer["replace"][name] = self._for_client(name, values[name])
                answer["question"].append(self._difference(name, values[name], typed[name]))
        if found.situation and found.situation != lookup.ACTIVE:
            answer["message"] = self.env._(
                "The registration of %(name)s is %(situation)s, not ATIVA. Check before you sell.",
                name=found.name,
                situation=found.situation,
            )
        return answer

    def _ask_service(self, service, number):
        """:class:`lookup.Found` for ``number``; a ``UserError`` in words when there is none."""
        company = self.env.company
        if service not in SERVICES or not company.br_lookup or not company[SERVICES[service]]:
            raise UserError(
                self.env._(
                    "Looking up is switched off. Whoever administers the system switches it on in "
                    "Settings > Cantoneiras."
                )
            )
        if service == "cep":
            number, wanted = lookup.compact_zip(number), number
            if not number:
                raise UserError(
                    self.env._(
                        "Type the eight digits of the CEP first (it is “%(cep)s”).", cep=wanted
                    )
                )
        else:
            self._check_can_look_up(number)
            number = document.compact(number)
        try:
            return lookup.ask(company[SERVICES[service]], number, company.br_lookup_seconds)
        except LookupFailure as failure:
            raise UserError(self._failure_sentence(failure, service, number)) from failure

    def _check_can_look_up(self, number):
        if document.kind_of(number) is Kind.CPF:
            raise UserError(
                self.env._("Only companies can be looked up: no public register has a CPF.")
            )
        if not number:
            raise UserError(self.env._("Type the CNPJ first."))
        if sentence := self._document_problem(number, ""):
            raise UserError(sentence)

    def _failure_sentence(self, failure, service, number):
        """What happened and what to do; saving by hand is always possible."""
        sentences = {
            Reason.ADDRESS: self.env._(
                "The address of the service in Settings > Cantoneiras is not usable."
            ),
            Reason.UNREACHABLE: self.env._("%(host)s cannot be reached."),
            Reason.SLOW: self.env._("%(host)s did not answer within %(seconds)s seconds."),
            Reason.NOT_FOUND: self.env._("%(host)s does not know %(kind)s %(number)s."),
            Reason.REFUSED: self.env._("%(host)s does not accept %(kind)s %(number)s."),
            Reason.BUSY: self.env._("%(host)s has been asked too often. Try again in a minute."),
            Reason.MOVED: self.env._(
                "%(host)s points to another address, which is not followed. Correct the address in "
                "Settings > Cantoneiras."
            ),
            Reason.BROKEN: self.env._("%(host)s has a problem of its own."),
            Reason.UNREADABLE: self.env._("%(host)s answered something that cannot be read."),
        }
        values = {
            "host": failure.host,
            "seconds": self.env.company.br_lookup_seconds,
            "kind": service.upper(),
            "number": lookup.formatted_zip(number)
            if service == "cep"
            else document.formatted(number),
        }
        happened = sentences[failure.reason] % values
        return f"{happened} " + self.env._("Fill in the form by hand; it can be saved.")

    # ------------------------------------------------------------------- values
    def _lookup_values(self, found):
        """``{field: text or id}`` of what was found."""
        values = {name: getattr(found, name, "") for name in FIELDS}
        if not (found.city or found.state):
            return values
        brazil = self.env["ir.model.data"]._xmlid_to_res_id("base.br")
        state = self.env["res.country.state"].search(
            [("country_id", "=", brazil), ("code", "=", found.state)], limit=1
        )
        return {**values, "country_id": brazil, "state_id": state.id}

    def _says_the_same(self, name, found, typed):
        """Whether ``typed`` needs no change: the same but for case, points and spaces.

        A street that was typed with its number is the street that a CEP gives.
        """
        if not typed or name.endswith("_id"):
            return found == typed
        found, typed = (
            "".join(c for c in str(text).casefold() if c.isalnum() or c == "@")
            for text in (found, typed)
        )
        return typed.startswith(found) if name == "street" else found == typed

    def _for_client(self, name, value):
        """A value as the web client's form takes it."""
        if not name.endswith("_id"):
            return value
        record = self.env[self._fields[name].comodel_name].browse(value)
        return {"id": record.id, "display_name": record.display_name}

    def _difference(self, name, found, typed):
        if name.endswith("_id"):
            records = self.env[self._fields[name].comodel_name].browse([found, typed])
            found, typed = records.mapped("display_name")
        return self.env._(
            "%(field)s: “%(typed)s” would become “%(found)s”.",
            field=self._fields[name]._description_string(self.env),
            typed=typed,
            found=found,
        )
