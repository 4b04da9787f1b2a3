"""Over the limit: asked for by who sells, released by finance with a reason, for one amount."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import CantoneiraTermsCase


@tagged("post_install", "-at_install")
class TestCredit(CantoneiraTermsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"account_use_credit_limit": True, "credit_override": False})
        cls.customer.credit_limit = 250
        cls.make_order(cls.composite(10, 2500), confirm=True)

    def release(self, order, reason="Pays today", user=None):
        wizard = self.env["cantoneira.credit.release"].with_user(user or self.finance_user)
        wizard.create({"order_id": order.id, "reason": reason}).action_release()

    def test_finance_releases_and_the_salesperson_confirms(self):
        order = self.make_order(self.composite(5, 2500))
        self.assertRegex(order.credit_alert, r"limit of .*250.* owes .*200.* of .*100.* be .*50")
        with self.assert_refused("over the limit.*\n.*Ask for credit"):
            order.action_confirm()
        order.action_request_credit()
        waiting = self.env["sale.order"].with_user(self.finance_user)
        action = self.env.ref("cantoneira_terms.action_credit_requests")
        self.assertIn(order, waiting.search(safe_eval(action.domain)))
        self.release(order)
        self.assertFalse(order.credit_alert)
        self.assertEqual(order.credit_release_user_id, self.finance_user)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        history = "".join(order.message_ids.mapped("body"))
        self.assertIn("Pays today", history)
        self.assertIn("over the limit", history)

    def test_release_is_for_that_amount_and_customer(self):
        order = self.make_order(self.composite(5, 2500))
        self.release(order)
        order.order_line.piece_qty = 6
        with self.assert_refused("over the limit"):
            order.action_confirm()
        order.order_line.piece_qty = 4
        other = self.customer.copy({"credit_limit": 10})
        order.partner_id = other
        with self.assert_refused("over the limit"):
            order.action_confirm()
        order.partner_id = self.customer
        order.action_confirm()

    def test_release_does_not_follow_a_copy(self):
        order = self.make_order(self.composite(5, 2500))
        self.release(order)
        with self.assert_refused("over the limit"):
            order.copy().action_confirm()

    def test_only_finance_releases(self):
        order = self.make_order(self.composite(5, 2500))
        for user in (self.sales_user, self.sales_manager):
            with self.subTest(user.login):
                with self.assert_refused(".", AccessError):
                    self.release(order, user=user)
                with self.assert_refused("Finance", AccessError):
                    order.with_user(user)._release_credit("because")
                with self.assert_refused("Release credit", AccessError):
                    order.with_user(user).credit_released_amount = 1000
                with self.assert_refused("Release credit", AccessError):
                    self.make_order(
                        self.composite(5, 2500), user=user, credit_release_state="released"
                    )

    def test_manager_s_reason_does_not_release_credit(self):
        order = self.make_order(self.composite(5, 2500)).with_user(self.sales_manager)
        with self.assert_refused("over the limit"):
            order.with_context(shortage_override_reason="I say so").action_confirm()
        self.company.credit_override = True
        order.with_context(shortage_override_reason="I say so").action_confirm()
        self.assertEqual(order.state, "sale")

    def test_checks_cost_no_query_per_line(self):
        """What confirming checks of the terms: as many queries with 40 lines as with 5."""
        self.company.minimum_margin_percent = 1
        self.customer.credit_limit = 1_000_000

        def queries(count):
            order = self.make_order(
                *[self.composite(2, 1000 + n) for n in range(count)],
                header_discount_kind="percent",
                header_discount_percent=5,
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order._check_can_be_made()
            order._check_credit()
            return self.env.cr.sql_log_count - before

        queries(2)
        self.assertLessEqual(queries(40), queries(5))

    def test_limit_used_and_available(self):
        for user in (self.finance_user, self.sales_manager):
            partner = self.customer.with_user(user)
            self.assertEqual(
                (partner.credit_allowed, partner.credit_used, partner.credit_available),
                (250, 200, 50),
            )
        with self.assert_refused(".", AccessError):
            self.customer.with_user(self.sales_user).read(["credit_used"])
        order = self.make_order(self.composite(1, 2500))
        self.assertEqual(order.with_user(self.sales_manager).credit_available, 50)
        with self.assert_refused(".", AccessError):
            order.read(["credit_available"])
