"""CNPJ and CEP looked up at a double on loopback, as a plain salesperson."""

import time

import requests

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from .. import lookup
from .registry_double import CEP, CNPJ, COMPANY, STREET, RegistryDouble

SALES = "base.group_user,base.group_partner_manager,cantoneira_sale.group_sales"


class LookupCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.double = RegistryDouble()
        cls.addClassCleanup(cls.double.stop)
        cls.env.company.write(
            {
                "br_lookup": True,
                "br_cnpj_url": f"{cls.double.address}/cnpj/{{number}}",
                "br_cep_url": f"{cls.double.address}/cep/{{number}}",
                "br_lookup_seconds": 2,
            }
        )
        cls.user = new_test_user(cls.env, login="vendas_consulta", groups=SALES)
        cls.partners = cls.env["res.partner"].with_user(cls.user)

    def setUp(self):
        super().setUp()
        self.double.asked.clear()
        self.double.say(COMPANY)

    def look_up(self, number=CNPJ, service="cnpj", **typed):
        return self.partners.br_look_up(service, number, typed)


@tagged("post_install", "-at_install")
class TestLookup(LookupCase):
    def test_company(self):
        answer = self.look_up()
        fill = answer["fill"]
        state, country = fill.pop("state_id"), fill.pop("country_id")
        self.assertEqual(state["id"], self.env.ref("base.state_br_sc").id)
        self.assertEqual(country["id"], self.env.ref("base.br").id)
        self.assertEqual(
            fill,
            {
                "name": "EMPACOTA FACIL LTDA",
                "trade_name": "Empacota Fácil",
                "street": "Rua das Flores 100 - Galpao 2",
                "street2": "Centro",
                "city": "Criciuma",
                "zip": "88800-000",
                "phone": "(48) 5550-0111",
                "email": "compras@empacota.example.com",
            },
        )
        self.assertEqual((answer["replace"], answer["message"]), ({}, ""))

    def test_what_is_sent(self):
        """The number without points, letters included, and nothing else."""
        self.look_up(" de.mo0.001/0001-07")
        self.assertEqual(self.double.asked, [("GET", "/cnpj/DEMO0001000107", lookup.USER_AGENT)])
        self.double.say(STREET)
        self.look_up(CEP, "cep")
        self.assertEqual(self.double.asked[1][:2], ("GET", "/cep/88800000"))

    def test_nothing_is_sent_that_is_no_number(self):
        for number in ("", "../../etc", "99.999.991/0001-26", "http://127.0.0.1/", "1" * 14):
            self.assertTrue(self.look_up(number)["message"], number)
        for number in ("", "8880000", "../admin", "8880000a", "88800-000/.."):
            self.assertIn("eight digits", self.look_up(number, "cep")["message"])
        self.assertIn("CPF", self.look_up("999.999.991-31")["message"])
        self.assertIn("switched off", self.look_up(CNPJ, "br_cnpj_url")["message"])
        self.assertFalse(self.double.asked)

    def test_what_was_typed_is_asked_about(self):
        """The same in other letters is the same; anything else is told, and not filled in."""
        answer = self.look_up(
            name="Empacota Fácil", city="CRICIUMA", phone="48 5550 0111", street="Rua B 7"
        )
        self.assertEqual(set(answer["replace"]), {"name", "street"})
        self.assertFalse({"name", "city", "phone", "street"} & set(answer["fill"]))
        self.assertIn("“Rua B 7” would become “Rua das Flores 100", answer["question"][1])

    def test_state_that_was_typed(self):
        parana = self.env.ref("base.state_br_pr")
        answer = self.look_up(state_id=parana.id)
        self.assertIn("Paraná", answer["question"][0])
        self.assertIn("Santa Catarina", answer["question"][0])

    def test_street(self):
        self.double.say(STREET)
        answer = self.look_up(CEP, "cep", zip=CEP, street="Rua das Flores 100")
        self.assertEqual(answer["fill"]["city"], "Criciúma")
        self.assertEqual(answer["replace"], {})
        self.assertNotIn("street", answer["fill"])
        self.assertNotIn("name", answer["fill"])

    def test_other_services(self):
        """ViaCEP's and ReceitaWS' names for the same."""
        self.double.say({"logradouro": "Rua B", "bairro": "Sul", "localidade": "Ivoti", "uf": "RS"})
        answer = self.look_up(CEP, "cep")["fill"]
        self.assertEqual((answer["street"], answer["city"]), ("Rua B", "Ivoti"))
        self.double.say({"nome": "ACME", "fantasia": "", "municipio": "IVOTI", "situacao": "ATIVA"})
        self.assertEqual(self.look_up()["fill"]["name"], "ACME")
        for unknown in ({"erro": True}, {"status": "ERROR", "message": "CNPJ inválido"}):
            self.double.say(unknown)
            self.assertIn("does not know", self.look_up()["message"])

    def test_company_that_is_closed(self):
        self.double.say({**COMPANY, "descricao_situacao_cadastral": "BAIXADA"})
        answer = self.look_up()
        self.assertIn("BAIXADA", answer["message"])
        self.assertTrue(answer["fill"])

    def test_unknown_city_and_state(self):
        self.double.say({**COMPANY, "municipio": "Atlântida", "uf": "XX"})
        fill = self.look_up()["fill"]
        self.assertEqual(fill["city"], "Atlântida")
        self.assertNotIn("state_id", fill)

    def test_missing_and_wrong_keys(self):
        """What is no text is nothing; names are cut; control characters do not pass."""
        self.double.say(
            {
                "razao_social": "A\u0000B\n" + "x" * 5000,
                "municipio": ["Ivoti"],
                "uf": {"sigla": "RS"},
                "cep": 3.5,
                "email": "no address",
                "ddd_telefone_1": True,
            }
        )
        fill = self.look_up()["fill"]
        self.assertEqual(set(fill), {"name"})
        self.assertEqual(fill["name"][:5], "A B x")
        self.assertEqual(len(fill["name"]), lookup.MAX_TEXT)

    def test_hostile_answers(self):
        """Each has its sentence, all say that the form can be filled in by hand."""
        cases = [
            (404, b"", {}, "does not know CNPJ DE.MO0.001/0001-07"),
            (400, b"{}", {}, "does not accept"),
            (422, b"{}", {}, "does not accept"),
            (429, b"{}", {}, "asked too often"),
            (500, b"{}", {}, "problem of its own"),
            (503, b"<html>", {}, "problem of its own"),
            (204, b"", {}, "problem of its own"),
            (302, b"", {"Location": "http://169.254.169.254/"}, "points to another address"),
            (301, b"", {"Location": "file:///etc/passwd"}, "points to another address"),
            (200, b"", {}, "cannot be read"),
            (200, b"<html><body>Blocked</body></html>", {}, "cannot be read"),
            (200, b"{not json", {}, "cannot be read"),
            (200, b"[]", {}, "cannot be read"),
            (200, b"null", {}, "cannot be read"),
            (200, b"{}", {}, "cannot be read"),
            (200, b'{"razao_social": 9' + b"9" * 5000 + b"}", {}, "cannot be read"),
            (200, b"\xff\xfe\x00", {}, "cannot be read"),
            (200, b"[" * 100_000, {}, "cannot be read"),
            (200, b'{"razao_social": "' + b"a" * 200_000 + b'"}', {}, "cannot be read"),
            (200, b'{"razao_social": null}', {}, "cannot be read"),
        ]
        for status, body, headers, sentence in cases:
            with self.subTest(status=status, body=body[:20]):
                self.double.say(body, status, **headers)
                asked = len(self.double.asked)
                answer = self.look_up()
                self.assertIn(sentence, answer["message"])
                self.assertIn("by hand", answer["message"])
                self.assertEqual((answer["fill"], answer["replace"]), ({}, {}))
                # A redirect is not followed, nothing is tried twice.
                self.assertEqual(len(self.double.asked), asked + 1)

    def test_drop_by_drop(self):
        """One byte now and then does not hold the person longer than the company waits."""
        self.env.company.br_lookup_seconds = 1
        self.double.drip = 0.2
        begun = time.monotonic()
        self.assertIn("within 1 seconds", self.look_up()["message"])
        self.assertLess(time.monotonic() - begun, 2)

    def test_no_answer(self):
        def silent(*args, **options):
            self.assertEqual(options["timeout"], 2)
            raise requests.ConnectTimeout

        self.patch(lookup.requests, "get", silent)
        self.assertIn("did not answer", self.look_up()["message"])

    def test_nobody_there(self):
        self.env.company.br_cnpj_url = "http://127.0.0.1:9/{number}"
        self.assertIn("cannot be reached", self.look_up()["message"])

    def test_switched_off(self):
        self.env.company.br_lookup = False
        self.assertIn("switched off", self.look_up()["message"])
        self.assertFalse(self.partners.create({"name": "Bia"}).br_lookup)
        self.assertFalse(self.double.asked)

    def test_nothing_is_written(self):
        partner = self.partners.create({"name": "Empacota", "vat": CNPJ})
        partner.br_look_up("cnpj", CNPJ, {})
        self.assertEqual((partner.name, partner.city), ("Empacota", False))

    def test_addresses_that_are_none(self):
        for address in ("ftp://a/{number}", "https://a/", "https://{number}", "javascript:1"):
            with self.assertRaisesRegex(ValidationError, "no address of a look-up service"):
                self.env.company.br_cep_url = address
        for seconds in (0, -5, 3600):
            with self.assertRaisesRegex(ValidationError, "between 1 and 20"):
                self.env.company.br_lookup_seconds = seconds

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_access")
    def test_who_may(self):
        """Who may not add a contact may not ask, and salespeople do not choose whom is asked."""
        reader = new_test_user(self.env, login="leitor_consulta", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.partners.with_user(reader).br_look_up("cnpj", CNPJ, {})
        with self.assertRaises(AccessError):
            self.env.company.with_user(self.user).br_cnpj_url = "http://127.0.0.1/{number}"
        self.assertFalse(self.double.asked)


@tagged("post_install", "-at_install")
class TestLookupTour(LookupCase, HttpCase):
    browser_size = "1366x768"

    def test_fill_in(self):
        """A new customer from its CNPJ alone; what was typed is kept or replaced as one says."""
        self.user.lang = "pt_BR"
        path = "/odoo/cantoneira-customers/new"
        self.start_tour(path, "cantoneira_br_lookup", login=self.user.login)
        made = self.env["res.partner"].search([("create_uid", "=", self.user.id)])
        self.assertEqual((made.name, made.vat), ("Empacota do passeio", CNPJ))
        self.assertEqual(made.street, "Rua das Flores 100 - Galpao 2")
        self.assertEqual((made.street_number, made.city), ("100", "Criciuma"))
        self.assertEqual(made.state_id, self.env.ref("base.state_br_sc"))
        self.assertEqual(made.trade_name, "Empacota Fácil")


@tagged("post_install", "-at_install")
class TestLookupTourOnPhone(TestLookupTour):
    browser_size = "390x844"
    touch_enabled = True
