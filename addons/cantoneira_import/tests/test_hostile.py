"""Sheets that nobody should send, each with its sentence; never a traceback, never half a record."""

import datetime
import io
import zipfile

import openpyxl

from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import sheet
from .common import ImportCase

XLSX, CSV = "teste.xlsx", "teste.csv"


def zipped(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@tagged("post_install", "-at_install")
class TestHostile(ImportCase):
    def setUp(self):
        super().setUp()
        self.before = self.everything()

    def everything(self):
        self.env.flush_all()
        return [
            self.env[model].with_context(active_test=False).search_count([])
            for model in ("res.partner", "product.product", "mrp.bom", "product.pricelist.item")
        ]

    def refused(self, kind, content, sentence, name=XLSX, row=None, column=None):
        """``content`` is refused with ``sentence`` (at ``row`` and ``column``) and leaves nothing."""
        if isinstance(content, str):
            content, name = content.encode(), CSV
        outcome = self.run_file(kind, content, name)
        told = [p for p in outcome.problems if sentence in p.message]
        self.assertTrue(told, f"{sentence!r} is not in {outcome.problems}")
        if row:
            self.assertIn(row, [problem.row for problem in told])
        if column:
            self.assertEqual(told[0].column, column)
        self.assertEqual(self.everything(), self.before)

    def test_files(self):
        rows = [["Nome"], *([f"Cliente {n}"] for n in range(sheet.MAX_ROWS + 1))]
        entities = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        huge = b"\0" * (sheet.MAX_UNPACKED + 1)
        empty = workbook()
        cases = [
            (b"", XLSX, "is empty"),
            (b"   \n", CSV, "is empty"),
            (empty, XLSX, "is empty"),
            (b";;;\r\n;;;\r\n", CSV, "is empty"),
            (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.xls", "old Excel file"),
            (b"%PDF-1.7 ...", "a.pdf", "neither an Excel"),
            (b"\x89PNG\r\n", "a.xlsx", "neither an Excel"),
            (b"MZ\0\0\0", CSV, "neither an Excel"),
            (b"Nome\0;x", CSV, "neither an Excel"),
            (zipped(mimetype="application/vnd.oasis"), "a.ods", "neither an Excel"),
            (b"PK\x03\x04 broken", XLSX, "damaged"),
            (empty[: len(empty) // 2], XLSX, "damaged"),
            (zipped(xl__workbook_xml="<a/>"), XLSX, "damaged"),
            (zipped(xl__workbook_xml=entities), XLSX, "damaged"),
            (b"\xff\xfeN", CSV, "damaged"),
            (zipped(xl__workbook_xml=huge), XLSX, "too large"),
            (b"Nome\n" + b"x" * sheet.MAX_BYTES, CSV, "too large"),
            (workbook(*rows), XLSX, "more than 5000 rows"),
            (b"Nome\n" + b"x\n" * 100_000, CSV, "more than 5000 rows"),
            (workbook([f"c{n}" for n in range(200)]), XLSX, "more than 60 columns"),
            (b'Nome\n"' + b"x" * 200_000 + b'"', CSV, "200000 characters"),
            (b"Nome;CNPJ\r\n", CSV, "nothing to import"),
        ]
        for content, name, sentence in cases:
            with self.subTest(sentence=sentence, name=name, content=content[:12]):
                self.refused("customer", content, sentence, name)

    def test_headings(self):
        cases = [
            ("Nome;Cor\nBia;azul\n", "no column with this heading", "Cor"),
            ("Nome;NOME \nBia;Bia\n", "stands twice", "NOME "),
            ("CNPJ\n99.999.991/0001-25\n", "column is missing", "Nome"),
            ("Bia;Rua 1\nAna;Rua 2\n", "no column with this heading", "Bia"),
        ]
        for content, sentence, column in cases:
            with self.subTest(sentence=sentence):
                self.refused("customer", content, sentence, row=1, column=column)

    def test_customers(self):
        self.env["res.partner"].create([{"name": "Gêmeo"}, {"name": "Gêmeo"}])
        self.before = self.everything()
        head = "CNPJ;Nome;UF;CEP;E-mail;Tipo;Prazo de pagamento\n"
        cases = [
            ("99.999.991/0001-26;A", "check digits", "CNPJ/CPF"),
            ("99.999.991/0001-2;A", "13 characters", "CNPJ/CPF"),
            ("111.111.111-11;A", "the same", "CNPJ/CPF"),
            ("99.999.99ç/0001-25;A", "characters that a CNPJ cannot have", "CNPJ/CPF"),
            ("nenhum;A", "a CNPJ has 14", "CNPJ/CPF"),
            ("99.999.991/0001-25;", "has to be filled in", "Nome"),
            (f";{'x' * 201}", "201 characters", "Nome"),
            (";=CMD()", "is a formula", "Nome"),
            (";#REF!", "shows an error", "Nome"),
            (";A;XX", "none of this name", "UF"),
            (";A;;8880", "eight digits", "CEP"),
            (";A;;;sem arroba", "no e-mail address", "E-mail"),
            (";A;;;;Talvez", "none of the words", "Tipo"),
            (";A;;;;;Nunca", "none of this name", "Prazo de pagamento"),
            (";Gêmeo", "2 contacts like this", "Nome"),
        ]
        for line, sentence, column in cases:
            with self.subTest(line=line):
                self.refused("customer", f"{head}{line}\n", sentence, row=2, column=column)
        twice = f"{head}99.999.991/0001-25;A\n99999991000125;B\n"
        self.refused("customer", twice, "stands in row 2 already", row=3)

    def test_papers(self):
        head = "Código;Nome;Tipo;Gramatura (g/m²);Largura (mm);Unidade;Estoque mínimo;Ponto de pedido;Custo inicial (R$)\n"
        cases = [
            ("P;Papel X;;-400;70", "below zero", "Gramatura (g/m²)"),
            ("P;Papel X;;0;70", "above zero", "Gramatura (g/m²)"),
            ("P;Papel X;;quatrocentos;70", "no number", "Gramatura (g/m²)"),
            ("P;Papel X;;1.234;70", "1234 or 1,234", "Gramatura (g/m²)"),
            ("P;Papel X;;400,123;70", "At most 2 digits", "Gramatura (g/m²)"),
            ("P;Papel X;;99999999999;70", "too large", "Gramatura (g/m²)"),
            ("P;Papel X;;=A1*2;70", "is a formula", "Gramatura (g/m²)"),
            ("P;Papel X;;NaN;70", "no number", "Gramatura (g/m²)"),
            ("P;Papel X;;1e5;70", "no number", "Gramatura (g/m²)"),
            ("P;Papel X;;;70", "needs its grammage", "Gramatura (g/m²)"),
            ("P;Cola X;Cola;400", "Only a paper", "Gramatura (g/m²)"),
            ("P;Papel X;Plástico;400;70", "none of the words", "Tipo"),
            ("P;Papel X;;400;70;caixa", "none of the words", "Unidade"),
            ("P;Papel X;;400;70;m", "has to be stocked in kg", ""),
            ("P;Papel X;;400;70;kg;10;20", "reorder point (20) must be between", ""),
            ("P;Papel X;;400;70;kg;10;5;doze", "no number", "Custo inicial (R$)"),
            (f";{self.tape.name};;400;70", "exists and is no material", "Nome"),
        ]
        for line, sentence, column in cases:
            with self.subTest(line=line):
                self.refused("paper", f"{head}{line}\n", sentence, row=2, column=column)
        twice = f"{head}P;Papel X;;400;70\nP;Papel Y;;400;70\n"
        self.refused("paper", twice, "stands in row 2 already", row=3)

    def test_profiles(self):
        head = "Código;Nome;Aba A (mm);Material;Camadas;Gramas por metro\n"
        paper, glue = self.paper_core.name, self.glue.name
        cases = [
            (";;;Papel;1", "needs its name", "Nome"),
            ("C;Cant X;0;", "above zero", "Aba A (mm)"),
            ("C;Cant X;50;Papel que não há;1", "no material of this name", "Material"),
            (f"C;Cant X;50;{paper}", "how many layers", "Camadas"),
            (f"C;Cant X;50;{paper};2,5", "whole number", "Camadas"),
            (f"C;Cant X;50;{paper};-1", "below zero", "Camadas"),
            (f"C;Cant X;50;{paper};1;15", "its grams follow", "Gramas por metro"),
            (f"C;Cant X;50;{glue}", "how many grams", "Gramas por metro"),
            (f"C;Cant X;50;{glue};2;15", "Only a paper has layers", "Camadas"),
            ("C;Cant X;50;;3", "Which material", "Material"),
            (f";{self.tape.name};50", "not sold in pieces", "Nome"),
        ]
        for line, sentence, column in cases:
            with self.subTest(line=line):
                self.refused("profile", f"{head}{line}\n", sentence, row=2, column=column)
        other = f"{head}C;Cant X;50;{paper};1\nC;Cant X;60;{glue};;15\n"
        self.refused("profile", other, "Row 2 says something else", row=3)
        half = f"{head}C;Cant X;50;{paper};1\n;;;Nada;;15\n"
        self.refused("profile", half, "a row of its recipe is wrong", row=2)

    def test_prices(self):
        self.env["product.pricelist"].create({"name": "Atacado de teste"})
        head = ["Nome", "Preço (R$)", "Tabela de preços", "A partir de"]
        name = self.profile.name
        cases = [
            ([name, datetime.date(2026, 12, 50 % 31)], "is a date", "Preço (R$)"),
            ([name, True], "true or false", "Preço (R$)"),
            ([name, -8], "below zero", "Preço (R$)"),
            ([name, 8.005], "At most 2 digits", "Preço (R$)"),
            ([name, "US$ 8"], "no number", "Preço (R$)"),
            ([name, "=1+1"], "is a formula", "Preço (R$)"),
            ([name, 1e300], "too large", "Preço (R$)"),
            (["Não há", 8], "Prices create none", "Nome"),
            ([None, 8], "Which product", "Nome"),
            ([self.glue.name, 8], "is not sold", "Nome"),
            ([name, 8, "Inexistente"], "no price list", "Tabela de preços"),
            ([name, 8, None, 100], "from a quantity on", "A partir de"),
            ([datetime.date(2026, 1, 1), 8], "is a date", "Nome"),
            ([12345678901234567890, 8], "has rounded", "Nome"),
        ]
        for cells, sentence, column in cases:
            with self.subTest(cells=cells):
                self.refused("price", workbook(head, cells), sentence, row=2, column=column)
        self.refused("price", workbook(head, [name, 8], [name, 9]), "stands in row 2", row=3)

    def test_what_is_only_unusual_is_read(self):
        """Marks, old encodings, commas, tabs, empty rows, capitals, spaces."""
        cases = {
            "utf-8-sig": "Nome;Cidade\n\nAção {n};Criciúma\n;\n",
            "latin-1": "nome,cidade\r\nAção {n},Criciúma\r\n",
            "cp1252": "Nome\tCidade\nAção {n}\tCriciúma",
            "utf-16": '"Nome";"CIDADE "\n"Ação\n{n}";Criciúma\n',
        }
        for number, (encoding, content) in enumerate(cases.items()):
            outcome = self.run_file("customer", content.format(n=number).encode(encoding), CSV)
            self.assertEqual((outcome.problems, outcome.created), ([], 1), encoding)
            made = self.env["res.partner"].search([("name", "=", f"Ação {number}")])
            self.assertEqual(made.city, "Criciúma")

    def test_many_problems_are_told_at_once(self):
        lines = "".join(f"Cliente {n};sem arroba\n" for n in range(500))
        outcome = self.run_file("customer", f"Nome;E-mail\n{lines}".encode(), CSV)
        self.assertEqual(len(outcome.problems), 500)

    @mute_logger("odoo.sql_db")
    def test_what_only_the_database_refuses(self):
        """A refusal below the models is a sentence at its row as well."""

        def apply(this, items):
            original(this, items)
            if any(item.vals["name"] == "Três" for item in items):
                self.env.cr.execute("INSERT INTO res_partner (id) VALUES (%s)", [self.customer.id])

        model = type(self.env["cantoneira.import.customer"])
        original = model._apply
        self.patch(model, "_apply", apply)
        content = "Nome\nUm\nDois\nTrês\nQuatro\n"
        self.refused("customer", content, "The database refuses it", row=4)
