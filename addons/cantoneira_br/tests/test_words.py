import doctest
import random

from odoo.tests import BaseCase, TransactionCase, tagged

from .. import words


@tagged("post_install", "-at_install")
class TestWords(BaseCase):
    def test_doctests(self):
        result = doctest.testmod(words)
        self.assertGreater(result.attempted, 5)
        self.assertFalse(result.failed)

    def test_no_cent_is_lost(self):
        """Every amount of cents has words of its own."""
        rng = random.Random(1)
        amounts = {rng.randrange(10**9) for _number in range(2000)}
        for lang in words.UNITS:
            self.assertEqual(len({words.reais(a / 100, lang) for a in amounts}), len(amounts))


@tagged("post_install", "-at_install")
class TestCurrency(TransactionCase):
    def test_amount_in_words(self):
        for code in ("pt_BR", "en_US"):
            self.env["res.lang"]._activate_lang(code)
        real = self.env.ref("base.BRL")
        for lang, text in (
            ("pt_BR", "Mil e duzentos reais e dez centavos"),
            ("en_US", "One thousand, two hundred reais and ten centavos"),
        ):
            self.assertEqual(real.with_context(lang=lang).amount_to_text(1200.10), text)
        dollar = self.env.ref("base.USD")
        self.assertIn("Dollars", dollar.with_context(lang="en_US").amount_to_text(2))
