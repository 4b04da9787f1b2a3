from odoo.exceptions import ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged

CNPJ, CPF = "99.999.991/0001-25", "999.999.991-31"
LETTERS = "DE.MO0.001/0001-07"


@tagged("post_install", "-at_install")
class TestPartner(TransactionCase):
    """A salesperson types a customer's CNPJ or CPF."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env,
            login="vendas_br",
            groups="base.group_user,base.group_partner_manager,cantoneira_sale.group_sales",
        )
        cls.partners = cls.env["res.partner"].with_user(cls.user)

    def make(self, number, **values):
        return self.partners.create({"name": "Empacota Fácil", "vat": number, **values})

    def refused(self, number, **values):
        with self.assertRaises(ValidationError) as caught:
            self.make(number, **values)
        return str(caught.exception)

    def test_stored_as_printed(self):
        for typed in ("99999991000125", "99.999.991/0001-25", " 99999991/0001-25"):
            partner = self.make(typed)
            self.assertEqual(partner.vat, CNPJ)
            self.assertEqual(partner.l10n_latam_identification_type_id.name, "CNPJ")

    def test_letters(self):
        """From July 2026 a CNPJ may hold letters."""
        self.assertEqual(self.make("demo0001000107").vat, LETTERS)

    def test_letters_that_look_like_a_foreign_prefix(self):
        """*EU…* is no European number here, *DE…* no German one."""
        self.assertIn("check digits", self.refused("EUROPA01000100"))
        self.assertIn("check digits", self.refused("DEMO0001000100"))

    def test_cpf(self):
        partner = self.make("99999999131", company_type="person")
        self.assertEqual(partner.vat, CPF)
        self.assertEqual(partner.l10n_latam_identification_type_id.name, "CPF")

    def test_cpf_of_its_own_type_is_checked_too(self):
        cpf = self.env.ref("l10n_br.cpf").id
        message = self.refused("999.999.991-13", l10n_latam_identification_type_id=cpf)
        self.assertIn("check digits", message)
        self.assertIn("CPF", message)
        self.assertIn("11", self.refused("9999999913", l10n_latam_identification_type_id=cpf))

    def test_refused_in_words(self):
        self.assertRegex(
            self.refused("99.999.991/0001-52"),
            r"^CNPJ 99.999.991/0001-52 of Empacota Fácil: the check digits .* do not match",
        )
        self.assertRegex(self.refused("99.999.991/0001-2"), r"it has 13 characters; a CNPJ has 14")
        self.assertIn("the same", self.refused("111.111.111-11"))
        self.assertIn("characters that a CNPJ cannot have", self.refused("99.999.99ç/0001-25"))

    def test_refused_when_corrected_for_worse(self):
        partner = self.make(CNPJ)
        with self.assertRaises(ValidationError):
            partner.vat = "99.999.991/0001-52"
        partner.vat = CPF
        self.assertEqual(partner.l10n_latam_identification_type_id.name, "CPF")
        with self.assertRaises(ValidationError):
            partner.vat = "999.999.991-13"
        partner.vat = False
        self.assertFalse(partner.vat)

    def test_many_at_once(self):
        """An import checks each by its own kind."""
        values = [{"name": name, "vat": vat} for name, vat in (("A", CNPJ), ("B", CPF))]
        made = self.partners.create(values)
        self.assertEqual(made.l10n_latam_identification_type_id.mapped("name"), ["CNPJ", "CPF"])

    def test_typed_in_the_form(self):
        form = Form(self.partners, view="base.view_partner_form")
        form.name = "Empacota Fácil"
        self.assertEqual(form.country_id.code, "BR")
        form.vat = "99999991000125"
        self.assertEqual(form.vat, CNPJ)
        self.assertEqual(form.save().vat, CNPJ)

    def test_contact_of_a_company(self):
        company = self.make(CNPJ, is_company=True)
        contact = self.partners.create({"name": "Bia", "parent_id": company.id})
        self.assertEqual(contact.vat, CNPJ)

    def test_foreigner_is_left_to_core(self):
        portugal = self.env.ref("base.pt").id
        self.assertEqual(self.make("PT501964843", country_id=portugal).vat, "PT501964843")
        with self.assertRaisesRegex(ValidationError, "501964844"):
            self.make("PT501964844", country_id=portugal)

    def test_no_document_is_no_problem(self):
        self.assertFalse(self.make(False).vat)
        self.assertEqual(self.make("/").vat, "/")
