"""What the customer bought before, one click from the quotation."""

from odoo.tests import tagged

from .common import CantoneiraSaleCase


@tagged("post_install", "-at_install")
class TestPreviousOrders(CantoneiraSaleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls.make_order(
            cls.composite(10, 2500),
            cls.composite(3, 1237.5, price_basis="piece", basis_price=9.99),
            cls.resale(10),
            date_order="2026-01-10 12:00:00",
        )
        cls.newer = cls.make_order(cls.composite(7, 800), date_order="2026-02-10 12:00:00")
        cls.order = cls.make_order()

    def open(self, order=None):
        action = (order or self.order).action_previous_orders()
        return self.env[action["res_model"]].with_user(self.sales_user).browse(action["res_id"])

    def test_newest_first_with_pieces_and_price(self):
        stranger = self.env["res.partner"].create({"name": "Vidros Ipê"})
        self.make_order(self.composite(9, 900), partner_id=stranger.id)
        lines = self.open().line_ids
        self.assertEqual(
            [(line.line_id.order_id, line.is_first, line.quantity_label) for line in lines],
            [
                (self.newer, True, "7 pcs × 800 mm"),
                (self.old, True, "10 pcs × 2,500 mm"),
                (self.old, False, "3 pcs × 1,237.5 mm"),
                (self.old, False, "10 Units"),
            ],
        )
        self.assertRegex(lines[2].price_label, r"9[.,]99 per piece$")
        self.assertRegex(lines[1].price_label, r"8[.,]00.* / m$")

    def test_the_whole_order_at_today_s_prices(self):
        self.profile.list_price = 9
        self.open().line_ids[2].action_copy_order()
        lines = self.order.order_line
        self.assertEqual(
            [(line.piece_qty, line.piece_length_mm, line.product_uom_qty) for line in lines],
            [(10, 2500, 25), (3, 1237.5, 3.7125), (0, 0, 10)],
        )
        self.assertEqual(lines[0].price_unit, 9)
        self.assertEqual((lines[1].price_basis, lines[1].basis_price), ("piece", 11.14))
        self.assertEqual(lines[2].price_unit, 15)

    def test_ticked_lines(self):
        previous = self.open()
        with self.assert_refused("Tick the lines to copy"):
            previous.action_copy()
        (previous.line_ids[0] | previous.line_ids[3]).is_ticked = True
        previous.action_copy()
        self.assertEqual(self.order.order_line.product_id, self.profile | self.tape)
        self.assertEqual(len(self.order.order_line), 2)

    def test_what_is_no_longer_sold(self):
        self.tape.sale_ok = False
        previous = self.open()
        self.assertEqual(previous.line_ids.mapped("is_gone"), [False, False, False, True])
        action = previous.line_ids[2].action_copy_order()
        self.assertIn("Fita adesiva", action["params"]["message"])
        self.assertEqual(len(self.order.order_line), 2)
        previous.line_ids[3].is_ticked = True
        with self.assert_refused("no longer sold: Fita adesiva"):
            previous.action_copy()

    def test_contacts_of_one_company_share_their_orders(self):
        buyer = self.env["res.partner"].create({"name": "Compras", "parent_id": self.customer.id})
        order = self.make_order(partner_id=buyer.id)
        self.assertEqual(len(self.open(order).line_ids), 4)

    def test_a_new_customer(self):
        partner = self.env["res.partner"].create({"name": "Vidros Ipê"})
        with self.assert_refused("Vidros Ipê has no other order or quotation yet"):
            self.make_order(partner_id=partner.id).action_previous_orders()

    def test_queries_do_not_grow(self):
        counts = []
        for number in (5, 50):
            lines = [self.composite(pieces, 2500) for pieces in range(1, number + 1)]
            self.make_order(*lines)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.open().line_ids.mapped("quantity_label")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 5)
