"""CNPJ and CPF are checked when they are typed, and stored as they are printed."""

from odoo import api, models
from odoo.exceptions import ValidationError

from .. import document
from ..document import Kind, Problem

BRAZIL = "BR"


class ResPartner(models.Model):
    _inherit = "res.partner"

    # ------------------------------------------------------------- core's hooks
    def _check_vat(self, validation="error"):
        """Say on the partner which of the two it has: CNPJ or CPF.

        Core leaves *VAT*, under which both are accepted. Guarded by ``test_partner``.
        """
        result = super()._check_vat(validation=validation)
        if validation:
            for partner in self:
                partner._recognise_document()
        return result

    @api.model
    def _run_vat_checks(self, country, vat, partner_name="", validation="error"):
        """Check a Brazilian number with words that say what is wrong with it.

        Core says the same of every wrong number, and takes one that begins with *EU* for
        European. Guarded by ``test_partner``.
        """
        if country.code != BRAZIL or not vat or len(vat) == 1:
            return super()._run_vat_checks(country, vat, partner_name, validation)
        checked = validation and not self.env.context.get("no_vat_validation")
        if checked and (sentence := self._document_problem(vat, partner_name)):
            if validation == "error":
                raise ValidationError(sentence)
            return "", BRAZIL
        return document.formatted(vat), BRAZIL

    def _run_check_identification(self, validation="error"):
        """Check a CPF, which core's identification types leave unchecked.

        Guarded by ``test_partner``.
        """
        for partner in self:
            if not partner.vat or partner._document_kind() is not Kind.CPF:
                continue
            sentence = validation and partner._document_problem(partner.vat, partner.name)
            if sentence and validation == "error":
                raise ValidationError(sentence)
            number = "" if sentence else document.formatted(partner.vat)
            if number != partner.vat:
                partner.vat = number
        return super()._run_check_identification(validation=validation)

    # -------------------------------------------------------------------- kinds
    def _document_types(self):
        """``{Kind: l10n_latam.identification.type}``"""
        ref = self.env["ir.model.data"]._xmlid_to_res_id
        types = self.env["l10n_latam.identification.type"]
        return {kind: types.browse(ref(f"l10n_br.{kind.value}")) for kind in Kind}

    def _document_kind(self):
        """Return the :class:`Kind` that the partner's identification type says, or None."""
        for kind, identification_type in self._document_types().items():
            if self.l10n_latam_identification_type_id == identification_type:
                return kind
        return None

    def _recognise_document(self):
        """Choose CNPJ or CPF by the number; what is neither of the two stays as it was said."""
        in_brazil = self.commercial_partner_id.country_id.code == BRAZIL
        kind = self.vat and document.kind_of(self.vat)
        if in_brazil and kind and (self.is_vat or self._document_kind()):
            self.l10n_latam_identification_type_id = self._document_types()[kind]

    # ---------------------------------------------------------------- sentences
    def _document_problem(self, number, partner_name):
        """Return a sentence on what is wrong with ``number``, None when it is well.

        Its length tells which of the two it is; where it does not, the identification type.
        """
        kind = document.kind_of(number) or (len(self) == 1 and self._document_kind())
        found = document.problem(number, kind)
        if not found:
            return None
        values = {
            "number": number,
            "partner": partner_name or self.env._("this contact"),
            "kind": (kind or Kind.CNPJ).upper(),
            "count": len(document.compact(number)),
        }
        if found is Problem.CHECK_DIGIT:
            return self.env._(
                "%(kind)s %(number)s of %(partner)s: the check digits (the last two) do not match "
                "the others. Compare it with the document, a character was mistyped.",
                **values,
            )
        if found is Problem.REPEATED:
            return self.env._(
                "%(kind)s %(number)s of %(partner)s: all its digits are the same, which no "
                "document has. Type the number on the document, or leave it empty.",
                **values,
            )
        if found is Problem.CHARACTER:
            return self.env._(
                "%(kind)s %(number)s of %(partner)s: it has characters that a %(kind)s cannot "
                "have. A CPF has digits only, a CNPJ digits and letters without accents.",
                **values,
            )
        return self._length_sentence(kind, values)

    def _length_sentence(self, kind, values):
        if kind:
            return self.env._(
                "%(kind)s %(number)s of %(partner)s: it has %(count)s characters, a %(kind)s has "
                "%(expected)s. Points and strokes do not count.",
                expected=document.LENGTHS[kind],
                **values,
            )
        return self.env._(
            "%(number)s of %(partner)s: it has %(count)s characters; a CNPJ has 14 and a CPF has "
            "11. Points and strokes do not count.",
            **values,
        )
