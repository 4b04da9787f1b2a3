"""The customer accepts on the portal; the company's rules hold and nobody sees a traceback."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CantoneiraPortalCase


@tagged("post_install", "-at_install")
class TestAcceptance(CantoneiraPortalCase):
    def activity(self, order):
        return order.activity_ids.filtered(lambda a: "Accepted" in (a.summary or ""))

    def test_accepted_and_confirmed(self):
        order = self.sent_order()
        answer = self.accept(order)
        self.assertTrue(answer["result"]["force_refresh"])
        self.assertEqual((order.state, order.signed_by), ("sale", "Ana Compradora"))
        self.assertEqual(order.sudo().order_line.production_ids.piece_qty, 10)
        self.assertFalse(self.activity(order))
        self.assertIn("Your order has been confirmed", self.landing(answer))

    def landing(self, answer):
        return self.url_open(answer["result"]["redirect_url"]).text

    def test_paper_is_short(self):
        """Polite to the customer, numbers to the salesperson, and the signature is kept."""
        order = self.sent_order(self.composite(400, 2500))
        answer = self.accept(order)
        self.assertNotIn("error", answer)
        self.assertEqual((order.state, order.signed_by), ("sent", "Ana Compradora"))
        self.assertFalse(order.sudo().order_line.production_ids)
        page = self.landing(answer)
        self.assertIn("we have your acceptance", page)
        for secret in ("missing", "Cola PVA", "Traceback"):
            self.assertNotIn(secret, page)
        activity = self.activity(order)
        self.assertEqual(activity.user_id, self.sales_user)
        self.assertIn("Cola PVA: need 15 kg, free 5 kg, missing 10 kg", activity.note)
        # The salesperson sees to the glue and confirms what the customer signed.
        self.put_in_stock(self.glue, 10)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertNotIn("we have your acceptance", self.page(order).text)

    def test_over_the_credit_limit(self):
        self.company.account_use_credit_limit = True
        self.customer.credit_limit = 100
        order = self.sent_order()
        answer = self.accept(order)
        self.assertEqual(order.state, "sent")
        page = self.landing(answer)
        for secret in ("credit limit", "owes"):
            self.assertNotIn(secret, page)
        self.assertIn("credit limit", self.activity(order).note)

    def test_once_is_enough(self):
        order = self.sent_order(self.composite(400, 2500))
        self.accept(order)
        self.assertIn("error", self.accept(order)["result"])
        self.assertEqual(len(self.activity(order)), 1)

    def test_not_without_the_link(self):
        order = self.sent_order()
        for token in (None, "wrong", ""):
            with self.subTest(token):
                self.assertEqual(self.accept(order, token)["result"], {"error": "Invalid order."})
                self.assertEqual(order.state, "sent")

    def test_whoever_left_is_not_asked(self):
        """Without a salesperson at work, the admin is told."""
        order = self.sent_order(self.composite(400, 2500))
        order.sudo().write({"user_id": False, "team_id": False})
        self.sales_user.active = False
        self.accept(order)
        self.assertEqual(self.activity(order).user_id, self.env.ref("base.user_admin"))

    def test_paid_and_short(self):
        """The payment stands; the salesperson is told."""
        order = self.sent_order(self.composite(400, 2500))
        provider = self.env["payment.provider"].search([("code", "=", "none")], limit=1)
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                "reference": "portal-test",
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": self.customer.id,
                "sale_order_ids": [(6, 0, order.ids)],
                "state": "done",
            }
        )
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.sudo().action_confirm()
        self.assertFalse(transaction._check_amount_and_confirm_order())
        self.assertEqual((order.state, transaction.state), ("sent", "done"))
        self.assertTrue(self.activity(order))
