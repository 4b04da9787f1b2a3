"""A product in an open order is neither archived nor deleted."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CantoneiraSaleCase


@tagged("post_install", "-at_install")
class TestProductGuards(CantoneiraSaleCase):
    def test_product_of_an_open_quotation(self):
        order = self.make_order(self.composite(10, 2500), self.resale(1))
        for product in (self.profile, self.tape):
            for attempt in (product.action_archive, product.unlink):
                with self.assertRaisesRegex(UserError, order.name), self.env.cr.savepoint():
                    attempt()

    def test_free_again_when_cancelled(self):
        order = self.make_order(self.resale(1))
        order._action_cancel()
        self.tape.action_archive()
        self.assertFalse(self.tape.active)
