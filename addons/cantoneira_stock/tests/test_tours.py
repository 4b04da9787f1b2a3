"""What a storekeeper sees and does, in a real browser."""

from odoo.tests import HttpCase, tagged

from .common import CantoneiraStockCase

MATERIALS = "/odoo/cantoneira-materials"


@tagged("post_install", "-at_install")
class TestStockTours(CantoneiraStockCase, HttpCase):
    browser_size = "1366x768"

    def test_create_paper(self):
        self.start_tour(MATERIALS, "cantoneira_stock_create_paper", login=self.stock_user.login)
        paper = self.env["product.template"].search([("name", "=", "Bobina Kraft 400g do passeio")])
        self.assertEqual(
            (paper.grammage, paper.reel_width_mm, paper.linear_weight), (130, 160, 20.8)
        )
        self.assertEqual((paper.uom_id, paper.min_stock_qty), (self.kg, 50))
        self.assertTrue(paper.is_storable)


@tagged("post_install", "-at_install")
class TestStockToursOnPhone(TestStockTours):
    browser_size = "390x844"
    touch_enabled = True
