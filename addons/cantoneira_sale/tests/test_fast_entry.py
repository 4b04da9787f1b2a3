"""Fast entry: text becomes lines of an order, all of it or nothing."""

from decimal import Decimal

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import CantoneiraSaleCase

# What is typed, and a part of what the person reads about it.
HOSTILE = [
    # nothing, or not a list of pieces
    ("x", "There is no number in it"),
    ("mm", "There is no number in it"),
    ("10", "There is only one number"),
    ("2500 mm", "There is only one number"),
    ("10x", "There is only one number"),
    ("x2500", "There is only one number"),
    ("10 2500", "Write an x between pieces and length"),
    ("2 500", "Write an x between pieces and length"),
    ("50x50x3", "more than two numbers"),
    ("50x50x3 10x2500", "more than two numbers"),
    ("10x2500 5x1200", "more than two numbers"),
    ("10\t2500\t25", "more than two numbers"),
    ("10x2500, 5x1200", "more than two numbers"),
    ("10x2500 R$ 8", "The word “R” is not understood"),
    ("10x2500 furo no meio", "The word “furo” is not understood"),
    ("10 caixas de 2500", "The word “caixas” is not understood"),
    ("total 10x2500", "The word “total” is not understood"),
    ("dez x 2500", "The word “dez” is not understood"),
    # pieces
    ("0x2500", "0 pieces cannot be ordered"),
    ("-10x2500", "-10 pieces cannot be ordered"),
    ("−10x2500", "-10 pieces cannot be ordered"),
    ("2,5x2500", "2,5 pieces cannot be cut"),
    ("0,5 pç de 2500", "0,5 pieces cannot be cut"),
    ("1.5x2500", "1.5 pieces cannot be cut"),
    ("1/2 x 2500", "The sign “/” is not understood"),
    ("½x2500", "not written with the digits 0 to 9"),
    ("1000001x2500", "1000001 pieces are too many for one line: at most 1,000,000"),
    ("99999999999999999999x2500", "are too many for one line"),
    ("2,000x2500", "2,000 can be read in two ways"),
    # lengths
    ("10x0", "A length of 0 cannot be cut"),
    ("10x-2500", "A length of -2500 cannot be cut"),
    ("10x30m", "A length of 30 m is longer than the longest piece, 20,000 mm (20 m)"),
    ("10x20001", "A length of 20001 is longer"),
    ("10x20.000,5", "A length of 20.000,5 is longer"),
    ("10x2500,3", "whole or half millimetres"),
    ("10x2,5003 m", "whole or half millimetres"),
    ("10x2,5", "Write 2,5 mm or 2,5 m"),
    ("10x2", "Write 2 mm or 2 m"),
    ("2500x10", "Write 10 mm or 10 m"),
    ("10x2.500 m", "2.500 can be read in two ways"),
    ("10x2,500", "2,500 can be read in two ways"),
    ("2,5 m x 2500 mm", "There are two lengths"),
    ("10 pç x 5 pç", "There are two numbers of pieces"),
    # numbers
    ("10x2,500.5", "2,500.5 is not a number"),
    ("10x2.50.0", "2.50.0 is not a number"),
    ("10x1.2345,6", "1.2345,6 is not a number"),
    ("10x,5", ",5 is not a number"),
    ("10x2..500", "2..500 is not a number"),
    ("10x2,5,0", "2,5,0 is not a number"),
    ("10x1e9", "The word “e” is not understood"),
    ("1e9x2500", "The word “e” is not understood"),
    ("0x9C4", "The word “C” is not understood"),
    ("NaN x 2500", "The word “NaN” is not understood"),
    ("inf x inf", "The word “inf” is not understood"),
    # what a program or a prankster sends
    ("'; DROP TABLE sale_order; --", "The sign “'” is not understood"),
    ("<script>alert(1)</script>", "The sign “<” is not understood"),
    ("<b>10x2500</b>", "The sign “<” is not understood"),
    ("=10*2500", "The sign “=” is not understood"),
    ("%(detail)s", "The sign “%” is not understood"),
    ("{0}x2500", "The sign “{” is not understood"),
    ("10️⃣x2500", "is not understood"),
    ("🙂10x2500", "The sign “🙂” is not understood"),
    ("١٠x٢٥٠٠", "not written with the digits 0 to 9"),
    ("\uff11\uff10x2500", "not written with the digits 0 to 9"),
    ("10x25²", "not written with the digits 0 to 9"),
    ("\u202e10x2500", "invisible character (U+202E)"),
    ("10\u200bx2500", "invisible character (U+200B)"),
    ("10x2500\x00", "invisible character (U+0000)"),
    ("10х2500", "The word “х” is not understood"),
    ("10 x x 2500", "is not where it is expected"),
    ("10 pç pç 2500", "is not where it is expected"),
    ("pç 10 x 2500", "is not where it is expected"),
    ("10 x mm 2500", "is not where it is expected"),
    ("9" * 5000 + "x2500", "The line has 5005 characters"),
    ("10x2500 " + "x" * 500, "The line has 508 characters"),
]


@tagged("post_install", "-at_install")
class TestFastEntry(CantoneiraSaleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_order()

    def entry(self, text, order=None, **values):
        order = order or self.order
        values = {"order_id": order.id, "product_id": self.profile.id, "text": text, **values}
        return self.env["cantoneira.fast.entry"].with_user(self.sales_user).create(values)

    def typed(self, order=None):
        return [(line.piece_qty, line.piece_length_mm) for line in (order or self.order).order_line]

    def test_everything_typed_becomes_lines(self):
        self.entry("10x2500\n10 x 2.500 mm\n\n10 pç de 2,5 m\n3×1237,5").action_add()
        self.assertEqual(self.typed(), [(10, 2500), (10, 2500), (10, 2500), (3, 1237.5)])
        self.assertEqual(self.order.amount_untaxed, 3 * 200 + 29.7)
        self.assertEqual(self.order.order_line.product_id, self.profile)

    def test_lines_come_last(self):
        order = self.make_order(self.resale(10, sequence=30))
        self.entry("10x2500\n5x1200", order).action_add()
        self.assertEqual(self.typed(order), [(0, 0), (10, 2500), (5, 1200)])

    def test_live_preview(self):
        form = Form(
            self.env["cantoneira.fast.entry"]
            .with_user(self.sales_user)
            .with_context(default_order_id=self.order.id)
        )
        form.product_id = self.profile
        form.text = "10x2500\n4x1.237,5"
        self.assertEqual((form.line_count, form.total_pieces, form.total_metres), (2, 14, 29.95))
        self.assertEqual(form.total_weight, float(round(Decimal("29.95") * Decimal("0.1478"), 3)))
        self.assertIn("4 pcs × 1,237.5 mm", form.preview)
        self.assertFalse(form.refusals)
        form.text = "10x2500\n<b>4</b>"
        self.assertEqual((form.line_count, form.refused_count), (1, 1))
        self.assertIn("Line 2 “&lt;b&gt;4&lt;/b&gt;”", form.refusals)

    def test_hostile_inputs(self):
        """Each has its sentence, none adds a line, and none makes a traceback."""
        self.assertGreaterEqual(len(HOSTILE), 50)
        for text, sentence in HOSTILE:
            with self.subTest(text=text[:40]):
                reading = self.env["cantoneira.fast.entry"]._read_text(text)
                self.assertFalse(reading.entries)
                [refusal] = reading.refusals
                said = self.env["cantoneira.fast.entry"]._refusal_sentence(refusal)
                self.assertRegex(said, r"^Line 1 “")
                self.assertIn(sentence, said)

    def test_nothing_is_half_added(self):
        with self.assert_refused(
            "Nothing was added.*\nLine 2 “2,5x2500”: 2,5 pieces.*\nLine 4 “x”"
        ):
            self.entry("10x2500\n2,5x2500\n3x1200\nx").action_add()
        self.assertFalse(self.order.order_line)

    def test_empty(self):
        for text in (False, "", "  \n\t\n", "\u00a0"):
            with self.subTest(text=text), self.assert_refused("Type pieces and length first"):
                self.entry(text).action_add()

    def test_too_many_lines(self):
        with self.assert_refused("From line 201 on nothing is read: at most 200 lines"):
            self.entry("10x2500\n" * 300).action_add()
        self.assertFalse(self.order.order_line)

    def test_the_last_profile_is_proposed(self):
        other = self.make_profile("Cantoneira 40x40x3mm", (40, 40, 3), price=7)
        self.make_order(self.composite(1, 1000, product=other))
        self.assertEqual(self.order._last_profile(), other)
        self.make_order(self.composite(1, 1000), user=self.sales_manager)
        self.assertEqual(self.order._last_profile(), other)
        manager = self.order.with_user(self.sales_manager)
        self.assertEqual(manager._last_profile(), self.profile)
        self.order.order_line = [(0, 0, self.composite(2, 500)), (0, 0, self.resale(1))]
        self.assertEqual(self.order._last_profile(), self.profile)
        other.sale_ok = False
        self.assertNotEqual(self.make_order()._last_profile(), other)

    def test_go_on_with_another_profile(self):
        action = self.entry("10x2500").action_add_more()
        self.assertEqual(action["context"]["default_order_id"], self.order.id)
        self.assertEqual(self.typed(), [(10, 2500)])

    def test_on_a_confirmed_order(self):
        """Added lines are promised and made like any other."""
        order = self.make_order(self.composite(10, 2500), confirm=True)
        self.entry("4x1200", order).action_add()
        self.assertEqual(order.sudo().order_line[1].production_ids.piece_qty, 4)
        with self.assert_refused("Cola PVA: need"):
            self.entry("1000x2500", order).action_add()
        order._action_cancel()
        with self.assert_refused("cancelled or locked"):
            order.action_fast_entry()

    def test_who_may(self):
        with self.assertRaises(AccessError):
            self.env["cantoneira.fast.entry"].with_user(self.stock_user).create(
                {"order_id": self.order.id, "product_id": self.profile.id}
            )

    def test_queries_do_not_grow_with_the_text(self):
        counts = []
        for rows in (1, 5, 50):
            entry = self.entry("10x2500\n" * rows)
            entry.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(entry.total_weight)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
