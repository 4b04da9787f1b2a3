"""The catalogue counts pieces of profiles."""

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import CantoneiraSaleCase


@tagged("post_install", "-at_install")
class TestCatalogue(HttpCase, CantoneiraSaleCase):
    def setUp(self):
        super().setUp()
        self.order = self.make_order()
        self.sales_user.password = self.sales_user.login
        self.authenticate(self.sales_user.login, self.sales_user.login)

    def update(self, product, quantity):
        return self.make_jsonrpc_request(
            "/product/catalog/update_order_line_info",
            {
                "res_model": "sale.order",
                "order_id": self.order.id,
                "product_id": product.id,
                "quantity": quantity,
            },
        )

    def test_pieces_of_the_usual_length(self):
        self.profile.default_piece_length_mm = 2500
        self.update(self.profile, 3)
        line = self.order.order_line
        self.assertEqual(
            (line.piece_qty, line.piece_length_mm, line.product_uom_qty), (3, 2500, 7.5)
        )
        self.update(self.profile, 4)
        self.assertEqual(self.order.order_line.product_uom_qty, 10)
        data = line._get_product_catalog_lines_data()
        self.assertEqual((data["quantity"], data["uomDisplayName"]), (4, "pcs"))
        self.update(self.profile, 0)
        self.assertFalse(self.order.order_line)

    def test_what_left_is_counted_in_pieces_too(self):
        self.order.write({"order_line": [(0, 0, self.composite(10, 2500))]})
        self.order.order_line.qty_delivered = 7.5
        data = self.order.order_line._get_product_catalog_lines_data()
        self.assertEqual((data["quantity"], data["deliveredQty"]), (10, 3))

    def test_resale_goods_as_in_core(self):
        self.update(self.tape, 3)
        self.assertEqual(self.order.order_line.product_uom_qty, 3)

    def test_without_usual_length(self):
        with mute_logger("odoo.http"), self.assertRaisesRegex(JsonRpcException, "UserError"):
            self.update(self.profile, 3)
        with self.assertRaisesRegex(UserError, "has no usual length"):
            self.order._catalogue_length(self.profile)
        self.assertFalse(self.order.order_line)
