from odoo.tests import tagged

from .common import CantoneiraPurchaseCase


@tagged("post_install", "-at_install")
class TestOrderNeeds(CantoneiraPurchaseCase):
    """A shortage found at a quotation becomes a request from there."""

    def needs_of(self, order):
        action = order.action_show_needs()
        return self.env[action["res_model"]].with_user(self.sales_user).browse(action["res_id"])

    def requests(self):
        return self.env["purchase.order"].search([("partner_id", "=", self.vendor.id)])

    def test_salesperson_requests_once(self):
        """4,000 m need 448 kg of core paper; 150 are there: 298 are requested, by a salesperson."""
        order = self.make_order(self.composite(1600, 2500))
        needs = self.needs_of(order)
        self.assertTrue(needs.can_request)
        answer = needs.action_request_missing()
        request = self.requests()
        self.assertEqual((request.state, request.origin), ("draft", order.name))
        self.assertFalse(request.user_id)
        core = request.order_line.filtered(lambda line: line.product_id == self.paper_core)
        self.assertEqual(core.product_qty, 298)
        # Nobody sells glue, and the salesperson is told so; the order's history keeps it.
        self.assertIn("no supplier is known: Cola PVA", answer["params"]["message"])
        self.assertIn(request.name, order.message_ids[0].body)

        needs.action_request_missing()
        self.assertEqual(self.requests(), request)

    def test_nothing_missing(self):
        needs = self.needs_of(self.make_order(self.composite(10, 2500)))
        self.assertFalse(needs.can_request)
