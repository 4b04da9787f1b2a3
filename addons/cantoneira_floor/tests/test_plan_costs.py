"""Saving a plan costs a query for some hundred orders, not some for each."""

from odoo.tests import tagged

from .test_suggestion import SuggestionCase


@tagged("post_install", "-at_install")
class TestPlanCosts(SuggestionCase):
    #: A statement that writes takes a hundred rows at most.
    ALLOWED = 10

    def setUp(self):
        super().setUp()
        self.fill_stock(core=5000, liner=5000, glue=5000)
        self.make_more(2)

    def make_more(self, count):
        for _each in range(count):
            self.make_order(10, 1000)
        # Each has its own hour.
        self.draft.plan_apply({str(self.machine.id): self.waiting()}, self.seen())

    def cost(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def waiting(self):
        return self.seen()[str(self.machine.id)]["waiting"]

    def save(self):
        """Every order gets other dates; the cost of it."""
        seen, turned = self.seen(), self.waiting()[::-1]
        cost = self.cost(lambda: self.draft.plan_apply({str(self.machine.id): turned}, seen))
        self.assertEqual(self.waiting(), turned)
        return cost

    def accept(self):
        """Accept a sequence in which every order gets other dates; the cost of it."""
        # Nothing is promised: no sequence is worse.
        self.orders.browse(self.waiting()).sudo().date_deadline = False
        suggestion = self.suggested()
        before = self.waiting()
        suggestion.sudo().order_ids = [before[-1], *before[:-1]]
        cost = self.cost(suggestion.action_accept)
        self.assertEqual(self.waiting(), [before[-1], *before[:-1]])
        return cost

    def test_saving_costs(self):
        """5 orders and 40."""
        self.save()
        few = self.save()
        self.make_more(35)
        self.assertLessEqual(self.save() - few, self.ALLOWED)

    def test_accepting_costs(self):
        self.accept()
        few = self.accept()
        self.make_more(35)
        self.assertLessEqual(self.accept() - few, self.ALLOWED)
