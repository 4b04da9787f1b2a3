from odoo.tests import tagged

from .common import CantoneiraStockCase


@tagged("post_install", "-at_install")
class TestLostCover(CantoneiraStockCase):
    """Stock that shrinks by surprise: who was promised it is told, and nobody else."""

    def lose(self, quantity, product=None):
        with self.env["cantoneira.availability"]._watch_cover(
            product or self.paper_core, self.warehouse, "Contagem"
        ):
            self.put_in_stock(product or self.paper_core, -quantity)

    def test_lost_cover(self):
        self.put_in_stock(self.paper_core, 10)
        first = self.make_delivery(self.paper_core, 4)
        second = self.make_delivery(self.paper_core, 5)
        self.lose(1)
        self.assertFalse((first | second).activity_ids, "1 kg was free")
        self.lose(2)
        self.assertFalse(first.activity_ids)
        self.assertEqual(len(second.activity_ids), 1)
        self.assertIn("Contagem", second.message_ids[0].body)
        self.assertRegex(second.message_ids[0].body, r"Bobina Kraft 400g – 70mm: 2 kg")

    def test_who_reserved_comes_first(self):
        self.put_in_stock(self.paper_core, 10)
        first, second = (self.make_delivery(self.paper_core, 5) for _number in range(2))
        first.do_unreserve()
        second.action_assign()
        self.lose(5)
        self.assertEqual(len(first.activity_ids), 1)
        self.assertFalse(second.activity_ids)

    def test_who_had_no_cover_before_is_not_told_again(self):
        self.put_in_stock(self.paper_core, 3)
        delivery = self.make_delivery(self.paper_core, 5)
        self.lose(0)
        self.assertFalse(delivery.activity_ids)

    def test_queries(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["cantoneira.availability"]._uncovered(self.paper_core, self.warehouse)
            return self.env.cr.sql_log_count - before

        self.make_delivery(self.paper_core, 1)
        few = queries()
        for _number in range(10):
            self.make_delivery(self.paper_core, 1)
        self.assertEqual(queries(), few)
