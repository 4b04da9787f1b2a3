import doctest

from odoo.tests import BaseCase, tagged

from .. import document
from ..document import Kind, Problem


@tagged("post_install", "-at_install")
class TestDocument(BaseCase):
    def test_doctests(self):
        result = doctest.testmod(document)
        self.assertGreater(result.attempted, 5)
        self.assertFalse(result.failed)

    def test_a_mistyped_character_is_found(self):
        """Any one digit changed no longer matches."""
        for number in ("99999991000125", "DEMO0001000107", "99999999131", "12345678909"):
            for place, character in enumerate(number):
                if not character.isdigit():
                    # Two letters, or a letter and a digit, may weigh the same: M and 7 do.
                    continue
                other = "7" if character != "7" else "3"
                wrong = number[:place] + other + number[place + 1 :]
                self.assertIs(document.problem(wrong), Problem.CHECK_DIGIT, wrong)
            self.assertIsNone(document.problem(document.formatted(number)))

    def test_kind_by_length(self):
        self.assertIs(document.kind_of("DE.MO0.001/0001-07"), Kind.CNPJ)
        self.assertIs(document.kind_of("999.999.991-31"), Kind.CPF)
        for other in ("", "9999999913", "999999991311", "99.999.991/0001-2"):
            self.assertIsNone(document.kind_of(other))
            self.assertIs(document.problem(other), Problem.LENGTH)
