"""Properties of the reader of pieces × length; what it says is tested where it is said (sales)."""

import doctest
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from .. import arithmetic, piece_list
from ..piece_list import Problem
from .test_arithmetic import examples, lengths, pieces

separators = st.sampled_from(
    ["x", " X ", "×", " * ", " de ", "\t", ";", " pç de ", " peças x ", "|"]
)
rows = st.text("0123456789x×*;\t.,-+ mcpçde\u00a0\u0661\u202e²½<'\"/%", max_size=30)


def brazilian(number, thousands):
    text = f"{number:,f}" if thousands else f"{number:f}"
    return text.translate(str.maketrans(",.", ".,"))


@tagged("post_install", "-at_install")
class TestPieceList(BaseCase):
    def one(self, text):
        reading = piece_list.read(text)
        self.assertEqual((len(reading.entries), reading.refusals), (1, ()), text)
        return reading.entries[0].pieces, reading.entries[0].length_mm

    def test_doctests(self):
        result = doctest.testmod(piece_list)
        self.assertFalse(result.failed)
        self.assertTrue(result.attempted)

    @examples
    @given(pieces, lengths.filter(lambda mm: mm > 20), separators, st.booleans(), st.booleans())
    def test_written_is_read(self, number, length_mm, separator, thousands, with_unit):
        text = brazilian(Decimal(number), thousands) + separator + brazilian(length_mm, thousands)
        self.assertEqual(self.one(text + " mm" * with_unit), (number, length_mm))

    @examples
    @given(pieces, lengths)
    def test_metres_and_centimetres(self, number, length_mm):
        for unit, size in (("m", 1000), ("cm", 10)):
            length = brazilian((length_mm / size).normalize(), thousands=False)
            self.assertEqual(self.one(f"{number}x{length}{unit}"), (number, length_mm))

    @examples
    @given(st.one_of(st.text(max_size=200), st.lists(rows).map("\n".join)))
    def test_any_text_has_an_answer_for_every_line(self, text):
        reading = piece_list.read(text)
        answered = [each.row for each in (*reading.entries, *reading.refusals)]
        self.assertEqual(len(answered), len(set(answered)))
        for entry in reading.entries:
            self.assertIsNone(arithmetic.pieces_problem(entry.pieces))
            self.assertIsNone(arithmetic.length_problem(entry.length_mm))
        for refusal in reading.refusals:
            self.assertTrue(refusal.text)
            self.assertTrue(refusal.detail)

    def test_a_line_is_never_half_read(self):
        reading = piece_list.read("10x2500\n10x2500 8\n\n3x1237")
        self.assertEqual([entry.row for entry in reading.entries], [1, 4])
        self.assertEqual(reading.refusals[0].row, 2)
        self.assertEqual(reading.refusals[0].problem, Problem.TOO_MANY_NUMBERS)

    def test_too_many_rows(self):
        reading = piece_list.read("10x2500\n" * (piece_list.MAX_ROWS + 5))
        self.assertEqual(len(reading.entries), piece_list.MAX_ROWS)
        self.assertEqual([r.problem for r in reading.refusals], [Problem.TOO_MANY_ROWS])

    def test_columns_of_a_spreadsheet(self):
        reading = piece_list.read("Qtd.\tComprimento (mm)\r\n10\t2.500\t\r\n4\t1.237,5\r\n")
        self.assertEqual(
            [(e.pieces, e.length_mm) for e in reading.entries],
            [(10, Decimal(2500)), (4, Decimal("1237.5"))],
        )
        swapped = piece_list.read("Medida;Peças\n2500;10\n1237,5 mm;4 pç")
        self.assertEqual(
            [(e.pieces, e.length_mm) for e in swapped.entries][1], (4, Decimal("1237.5"))
        )
        # A heading in metres would change what the numbers mean.
        in_metres = piece_list.read("Peças\tComprimento (m)\n10\t2,5")
        self.assertEqual([r.row for r in in_metres.refusals], [1, 2])
