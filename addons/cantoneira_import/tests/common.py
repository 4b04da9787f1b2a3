"""Sheets for the tests."""

import io

import openpyxl

from odoo.addons.cantoneira_sale.tests.common import CantoneiraSaleCase

from .. import sheet
from ..wizard.import_wizard import KINDS


class ImportCase(CantoneiraSaleCase):
    """The plain people who import, and sheets made of dictionaries by column name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Names that a database with other products cannot mistake.
        for record, name in (
            (cls.paper_core, "Papel miolo de teste"),
            (cls.paper_liner, "Papel capa de teste"),
            (cls.glue, "Cola de teste"),
            (cls.tape, "Fita de teste"),
            (cls.profile, "Cantoneira de teste"),
            (cls.customer, "Cliente de teste"),
        ):
            record.name = name
        cls.users = {
            "customer": cls.sales_user,
            "paper": cls.production_manager,
            "profile": cls.production_manager,
            "price": cls.sales_manager,
        }

    def kind(self, kind, user=None):
        return self.env[KINDS[kind]].with_user(user or self.users[kind])

    def sheet_of(self, kind, *lines):
        """A workbook as the template has it."""
        columns = self.kind(kind)._columns()
        content = [[line.get(column.name) for column in columns] for line in lines]
        return sheet.write("Teste", [column.heading for column in columns], content, [])

    def run_sheet(self, kind, *lines, commit=True, user=None):
        return self.run_file(kind, self.sheet_of(kind, *lines), commit=commit, user=user)

    def run_file(self, kind, content, name="teste.xlsx", commit=True, user=None):
        return self.kind(kind, user)._run(name, content, commit=commit)

    def imported(self, kind, *lines):
        """The sheet is well and imported."""
        outcome = self.run_sheet(kind, *lines)
        self.assertEqual(outcome.problems, [])
        return outcome

    def counts(self, outcome):
        return outcome.created, outcome.updated, outcome.unchanged

    @staticmethod
    def cells_of(content):
        """``[[cell]]`` of the first sheet of a workbook."""
        book = openpyxl.load_workbook(io.BytesIO(content))
        return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
