"""The examples in the plain modules are true."""

import doctest

from odoo.tests import BaseCase, tagged

from .. import cells, sheet


@tagged("post_install", "-at_install")
class TestExamples(BaseCase):
    def test_examples(self):
        for module in (cells, sheet):
            failed, tried = doctest.testmod(module)
            self.assertTrue(tried)
            self.assertFalse(failed)
