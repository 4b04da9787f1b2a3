"""Customers and suppliers, found again by CNPJ or CPF, else by name."""

from odoo import api, models
from odoo.tools import email_normalize

from odoo.addons.cantoneira_br import document, lookup

from .. import cells
from .import_kind import Column, Item

#: Columns that are a field of the same name, as they are.
PLAIN = ("name", "trade_name", "l10n_br_ie_code", "street", "street2", "city", "phone", "email")
RANKS = {
    "customer": ("customer_rank",),
    "supplier": ("supplier_rank",),
    "both": ("customer_rank", "supplier_rank"),
}
RANK_WORDS = {
    "cliente": "customer",
    "fornecedor": "supplier",
    "ambos": "both",
    "customer": "customer",
    "supplier": "supplier",
    "both": "both",
}
#: Companies and persons, not their contacts and addresses.
HERE = [("parent_id", "=", False), ("type", "=", "contact")]


class ImportCustomer(models.AbstractModel):
    _name = "cantoneira.import.customer"
    _inherit = "cantoneira.import.kind"
    _description = "Sheet of customers and suppliers"

    _title = "Clientes"
    _group = "cantoneira_sale.group_sales"

    @api.model
    def _columns(self):
        return [
            Column(
                "vat",
                "CNPJ/CPF",
                help="Com ou sem pontos. Já cadastrado: atualiza.",
                also=("CNPJ", "CPF"),
            ),
            Column(
                "name",
                "Nome",
                required=True,
                help="Razão social ou nome da pessoa.",
                also=("Razão social",),
            ),
            Column("trade_name", "Nome fantasia"),
            Column(
                "rank",
                "Tipo",
                cells.choice,
                "Cliente (se vazio), Fornecedor ou Ambos.",
                {"choices": RANK_WORDS},
            ),
            Column("l10n_br_ie_code", "Inscrição estadual", also=("IE",)),
            Column(
                "street",
                "Endereço",
                help="Rua, número e complemento: Rua das Flores 100 - Galpão 2",
            ),
            Column("street2", "Bairro"),
            Column("city", "Cidade"),
            Column("state_id", "UF", help="Duas letras: SC", also=("Estado",)),
            Column("zip", "CEP", help="88800-000"),
            Column("phone", "Telefone"),
            Column("email", "E-mail"),
            Column(
                "property_payment_term_id",
                "Prazo de pagamento",
                help="O nome de um prazo do sistema.",
            ),
        ]

    @api.model
    def _examples(self):
        return [
            {
                "vat": "99.999.991/0001-25",
                "name": "Cerâmica Exemplo Ltda.",
                "trade_name": "Cerâmica Exemplo",
                "rank": "Cliente",
                "l10n_br_ie_code": "255123456",
                "street": "Rua das Flores 100 - Galpão 2",
                "street2": "Centro",
                "city": "Criciúma",
                "state_id": "SC",
                "zip": "88800-000",
                "phone": "(48) 5550-0111",
                "email": "compras@exemplo.example.com",
            },
            {
                "vat": "DE.MO0.001/0001-07",
                "name": "Papelaria Exemplo S.A.",
                "rank": "Fornecedor",
                "city": "Ivoti",
                "state_id": "RS",
                "phone": "(54) 5550-0122",
                "email": "vendas@papelaria.example.com",
            },
            {"vat": "999.999.991-31", "name": "Bia Exemplo", "rank": "Cliente"},
        ]

    # ------------------------------------------------------------------ reading
    @api.model
    def _items(self, rows, problems):
        for row in rows:
            self._read_number(row, problems)
        keyed = [
            (
                row.get("vat") or cells.plain(row.get("name", "")),
                row,
                "vat" if row.get("vat") else "name",
            )
            for row in rows
            if row.get("name")
        ]
        self._check_twice(keyed, problems)
        known, states, terms = self._known(rows), self._states(), self._terms()
        items = []
        for row in rows:
            record = self._find(row, known, problems)
            vals = {name: row.get(name) for name in PLAIN if row.get(name)}
            self._read_email(row, problems)
            self._read_zip(row, vals, problems)
            self._read_name_of(row, "state_id", states, vals, problems)
            self._read_name_of(row, "property_payment_term_id", terms, vals, problems)
            self._add_kind(row, record, vals)
            items.append(Item(row, record, vals))
        return items

    def _read_number(self, row, problems):
        """Zeros that a cell of numbers has lost come back; what is no CNPJ or CPF is told."""
        number = row.get("vat")
        if not number:
            return
        if not isinstance(row.raw["vat"], str):
            number = number.zfill(11 if len(number) <= 11 else 14)
        if sentence := self.env["res.partner"]._document_problem(number, row.get("name", "")):
            self._object(row, "vat", sentence, problems)
        row.values["vat"] = document.formatted(number)

    def _known(self, rows):
        """``{CNPJ or plain name: partners}`` of who is there already, in one query."""
        partners = self.env["res.partner"]
        numbers = {row.get("vat") for row in rows}
        names = {cells.plain(row.get("name", "")) for row in rows}
        # All of them, two columns of each: a name typed in capitals is the same name.
        everything = partners.search_fetch(HERE, ["name", "vat"])
        found = everything.filtered(
            lambda p: (
                cells.plain(p.name or "") in names
                or (p.vat and document.formatted(p.vat) in numbers)
            )
        )
        # From here on only these are read.
        found = found.with_prefetch(found.ids)
        known = {}
        for partner in found:
            keys = {cells.plain(partner.name or "")}
            if partner.vat:
                keys.add(document.formatted(partner.vat))
            for key in keys:
                known[key] = known.get(key, partners) | partner
        return known

    def _find(self, row, known, problems):
        """The partner of ``row``: by its number, else by its name if that has no other number."""
        none = self.env["res.partner"]
        number, name = row.get("vat"), cells.plain(row.get("name", ""))
        found = known.get(number, none) if number else none
        if not found:
            found = known.get(name, none).filtered(lambda partner: not (number and partner.vat))
        if len(found) > 1:
            sentence = self.env._(
                "There are %(count)s contacts like this: %(names)s. Merge them first, or type the "
                "CNPJ of the one that is meant.",
                count=len(found),
                names=", ".join(f"{p.name} ({p.vat or '–'})" for p in found[:3]),
            )
            self._object(row, "vat" if number else "name", sentence, problems)
        return found[:1]

    def _read_email(self, row, problems):
        email = row.get("email")
        if email and not email_normalize(email):
            sentence = self.env._("This is no e-mail address. It looks like nome@empresa.com.br.")
            self._object(row, "email", sentence, problems)

    def _read_zip(self, row, vals, problems):
        code = row.get("zip")
        if not code:
            return
        if not isinstance(row.raw["zip"], str):
            code = code.zfill(8)
        if compact := lookup.compact_zip(code):
            vals["zip"] = lookup.formatted_zip(compact)
        else:
            self._object(row, "zip", self.env._("A CEP has eight digits."), problems)

    def _read_name_of(self, row, name, known, vals, problems):
        """The record that the cell names, out of ``{plain name: (id, name)}``."""
        words = row.get(name)
        if not words:
            return
        if (found := known.get(cells.plain(words))) is None:
            sentence = self.env._(
                "There is none of this name. Known are, for example: %s.",
                ", ".join(name for _id, name in list(known.values())[:8]),
            )
            self._object(row, name, sentence, problems)
        else:
            vals[name] = found[0]

    def _states(self):
        brazil = self.env.ref("base.br")
        return {
            cells.plain(state.code): (state.id, state.code)
            for state in brazil.state_ids.sorted("code")
        }

    def _terms(self):
        terms = self.env["account.payment.term"].search([])
        return {cells.plain(term.name): (term.id, term.name) for term in terms}

    def _add_kind(self, row, record, vals):
        number = row.get("vat")
        if number:
            vals["vat"] = number
        ranks = RANKS[row.get("rank") or "customer"] if row.get("rank") or not record else ()
        vals.update({rank: 1 for rank in ranks if not (record and record[rank])})
        if not record:
            vals["is_company"] = not number or document.kind_of(number) is document.Kind.CNPJ
            vals["country_id"] = self.env["ir.model.data"]._xmlid_to_res_id("base.br")

    @api.model
    def _apply(self, items):
        self.env["res.partner"].create([item.vals for item in items if not item.record])
        self._write_changes(items)

    # ---------------------------------------------------------------- exporting
    @api.model
    def _lines(self):
        words = {"customer": "Cliente", "supplier": "Fornecedor", "both": "Ambos"}
        partners = self.env["res.partner"].search(
            [*HERE, "|", ("customer_rank", ">", 0), ("supplier_rank", ">", 0)],
            order="name, id",
        )
        lines = []
        for partner in partners:
            bought, sold = partner.supplier_rank > 0, partner.customer_rank > 0
            rank = "both" if bought and sold else "supplier" if bought else "customer"
            lines.append(
                {
                    **{name: partner[name] for name in (*PLAIN, "zip")},
                    # A foreign number or state is no CNPJ and no UF.
                    "vat": partner.vat if partner.country_id.code in (False, "BR") else None,
                    "rank": words[rank],
                    "state_id": partner.state_id.code
                    if partner.state_id.country_id.code == "BR"
                    else None,
                    "property_payment_term_id": partner.property_payment_term_id.name,
                }
            )
        return lines
