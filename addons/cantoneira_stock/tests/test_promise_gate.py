from psycopg2.errors import SerializationFailure

from odoo import api
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CantoneiraStockCase


@tagged("post_install", "-at_install")
class TestGateRows(CantoneiraStockCase):
    def gates(self, product):
        return self.env["cantoneira.promise.gate"].search([("product_id", "=", product.id)])

    def test_a_new_product_has_a_gate_in_every_warehouse(self):
        warehouses = self.env["stock.warehouse"].with_context(active_test=False).search([])
        active = warehouses.filtered("active")
        self.assertTrue(active)
        self.assertEqual(self.gates(self.paper_core).warehouse_id & active, active)

    def test_a_new_warehouse_has_the_gates_of_every_product(self):
        warehouse = self.env["stock.warehouse"].create({"name": "Filial", "code": "FIL"})
        for product in self.paper_core | self.glue | self.tape:
            self.assertIn(warehouse, self.gates(product).warehouse_id)

    def test_what_becomes_stocked_later_has_gates(self):
        product = self.env["product.product"].create({"name": "Caixa", "type": "consu"})
        self.assertFalse(self.gates(product))
        product.product_tmpl_id.is_storable = True
        self.assertTrue(self.gates(product))

    def test_passing_counts_and_makes_what_is_missing(self):
        products = self.paper_core | self.glue
        self.gates(self.glue).unlink()
        gate = self.env["cantoneira.promise.gate"].with_user(self.stock_user)
        for passes in (1, 2):
            gate._pass(self.warehouse, products)
            for product in products:
                row = self.gates(product).filtered(lambda g: g.warehouse_id == self.warehouse)
                self.assertEqual(row.passes, passes)

    def test_passing_costs_two_queries_however_many_products(self):
        papers = self.env["product.product"].concat(
            *(self.make_paper(f"Bobina {index}", 400, 70) for index in range(20))
        )
        for products in (papers[:2], papers):
            with self.assertQueryCount(2):
                self.env["cantoneira.promise.gate"]._pass(self.warehouse, products)

    def test_nobody_writes_it_by_hand(self):
        gate = self.gates(self.paper_core)[:1]
        admin = self.env.ref("base.user_admin")
        for user in (self.stock_user, admin):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                gate.with_user(user).passes = 0
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                gate.with_user(user).unlink()


@tagged("post_install", "-at_install")
class TestGateHolds(CantoneiraStockCase):
    """Two real transactions, on rows that are committed and removed again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls.forget)
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, 1, {})
            cls.product_ids = (
                env["product.product"]
                .create([{"name": f"Gate {i}", "is_storable": True} for i in range(2)])
                .ids
            )
            cls.warehouse_id = env["stock.warehouse"].search([], limit=1).id

    @classmethod
    def forget(cls):
        with cls.registry.cursor() as cr:
            api.Environment(cr, 1, {})["product.product"].browse(cls.product_ids).unlink()

    def open_transaction(self):
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SELECT 1")  # the snapshot is taken here
        return cr

    def passing(self, cr, ids=None):
        env = api.Environment(cr, 1, {})
        env["cantoneira.promise.gate"]._pass(
            env["stock.warehouse"].browse(self.warehouse_id),
            env["product.product"].browse(ids or self.product_ids),
        )

    def test_who_began_before_another_passed_must_run_again(self):
        one, other = self.open_transaction(), self.open_transaction()
        self.passing(one)
        one.commit()
        with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
            self.passing(other)
        other.rollback()
        self.passing(other)
        other.commit()

    def test_different_products_do_not_meet(self):
        one, other = self.open_transaction(), self.open_transaction()
        self.passing(one, self.product_ids[:1])
        self.passing(other, self.product_ids[1:])
        one.commit()
        other.commit()

    def test_a_rollback_leaves_the_gate_open(self):
        one, other = self.open_transaction(), self.open_transaction()
        self.passing(one)
        one.rollback()
        self.passing(other)
        other.commit()
