"""The operator's screen from the server's side: once, one at a time, a sentence otherwise."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.cantoneira_mrp.tests.common import CantoneiraMrpCase


class FloorCase(CantoneiraMrpCase):
    """One line with nothing else in its queue; material for everything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fill_stock()
        cls.env["mrp.workcenter"].search([]).active = False
        cls.machine = cls.env["mrp.workcenter"].create({"name": "Linha 1"})
        cls.profile.machine_id = cls.machine
        cls.meal = cls.env.ref("cantoneira_floor.reason_meal")
        cls.start_up = cls.env.ref("cantoneira_floor.reason_startup")
        cls.other_user = cls.make_user("producao_dois", "cantoneira_mrp.group_production")

    def queue(self):
        production = self.env["mrp.production"].with_user(self.production_user)
        return [row["name"] for row in production.floor_queue(self.machine.id)["orders"]]


@tagged("post_install", "-at_install")
class TestOperator(FloorCase):
    def test_start_pause_resume(self):
        order = self.make_order()
        moment = fields.Datetime.now()
        with freeze_time(moment):
            self.assertEqual(order.floor_start("a")["state"], "running")
        with freeze_time(moment + timedelta(minutes=30)):
            row = order.floor_pause("b", self.meal.id)
        self.assertEqual((row["state"], row["reason"]), ("paused", self.meal.name))
        with freeze_time(moment + timedelta(minutes=90)):
            row = order.floor_resume("c")
        self.assertEqual(row["state"], "running")
        self.assertEqual(order.stop_ids.minutes, 60)
        self.assertEqual(order.stop_ids.user_id, self.production_user)
        self.assertEqual(order.stop_ids.machine_id, self.machine)
        with freeze_time(moment + timedelta(minutes=120)):
            order.invalidate_recordset()
            self.assertAlmostEqual(order.productive_minutes, 60, 0)
            self.assertAlmostEqual(order.stopped_minutes, 60, 0)

    def test_same_key_once(self):
        order = self.make_order()
        for _tap in range(2):
            self.assertEqual(order.floor_start("a")["state"], "running")
        for _tap in range(3):
            row = order.floor_scrap("b", 2, self.start_up.id)
        self.assertEqual(row["scrapped"], 2)
        self.assertEqual(order.scrap_piece_ids.metres, 5)
        for _tap in range(2):
            order.floor_count("c", 4, 0)
        for _tap in range(2):
            row = order.floor_finish("d", 4)
        self.assertEqual(row["state"], "done")
        self.assertEqual(len(order.production_group_id.production_ids), 2, "one rest only")
        with self.assert_refused("used for something else"):
            order.floor_pause("a", self.meal.id)

    def test_refused_key_is_free(self):
        order = self.make_order()
        with self.assert_refused("has not been started"):
            order.floor_count("k", 3, 0)
        order.floor_start("s")
        self.assertEqual(order.floor_count("k", 3, 0)["made"], 3)

    def test_two_operators(self):
        order = self.make_order()
        order.floor_start("a")
        second = order.with_user(self.other_user)
        with self.assert_refused("running already; producao_teste"):
            second.floor_start("b")
        second.floor_count("c", 5, 0)
        with self.assert_refused("showed 0 pieces, and somebody counted 5"):
            order.floor_count("d", 1, 0)
        order.floor_finish("e", 5)
        with self.assert_refused("finished already"):
            second.floor_finish("f", 5)

    def test_one_order_at_a_time(self):
        first, second = self.make_order(), self.make_order(4)
        first.floor_start("a")
        with self.assert_refused(f"Linha 1 is making {first.name}"):
            second.floor_start("b")
        first.floor_pause("c", self.meal.id)
        second.floor_start("b")
        with self.assert_refused(f"Linha 1 is making {second.name}"):
            first.floor_resume("d")

    def test_bad_input(self):
        order = self.make_order()
        order.floor_start("a")
        for pieces in (-1, 2.5, "7", True, None, 10**9):
            with self.subTest(pieces=pieces), self.assert_refused("from 0 to 999,999"):
                order.floor_count("b", pieces, 0)
        with self.assert_refused("no number of pieces"):
            order.floor_scrap("b", 0, self.start_up.id)
        for reason in (0, None, "x", self.start_up.id):
            with self.assert_refused("choose a reason"):
                order.floor_pause("b", reason)
        for key in (" ", None, 7, "tap\x00", "x" * 201):
            with self.subTest(key=key), self.assert_refused("Give a key"):
                order.floor_pause(key, self.meal.id)
        for machine in (True, "1", [self.machine.id], {"id": 1}):
            with self.subTest(machine=machine), self.assert_refused("Choose the production line"):
                order.floor_queue(machine)
        with self.assert_refused("count the pieces"):
            order.floor_finish("b", 0)
        self.assertFalse(order.stop_ids or order.scrap_piece_ids)

    def test_finish_partly(self):
        order = self.make_order()
        later = self.make_order(3)
        later.date_start = order.date_start + timedelta(hours=1)
        order.floor_start("a")
        order.machine_id = self.env["mrp.workcenter"].create({"name": "Linha 2"})
        order.machine_id = self.machine
        order.floor_count("b", 7, 0)
        order.floor_pause("c", self.meal.id)
        row = order.floor_finish("d", 7)
        rest = self.env["mrp.production"].search([("name", "=", row["rest"])])
        self.assertEqual((order.state, rest.state, rest.piece_qty), ("done", "confirmed", 3))
        self.assertTrue(order.stop_ids.date_end, "a pause does not outlive its order")
        self.assertEqual(rest.machine_id, self.machine)
        self.assertEqual(self.queue(), [rest.name, later.name], "the rest keeps its place")

    def test_finish_short(self):
        """With fewer pieces and no rest only where an addon says that the order may."""
        order = self.make_order()
        order.floor_start("a")
        row = order.floor_count("b", 7, 0)
        self.assertEqual(row["closing"], {"short": False, "why": False, "told": ""})
        with self.assert_refused("cannot be closed with fewer pieces"):
            order.floor_finish("c", 7, False, True)
        choices = {"short": False, "why": False, "told": "The customer accepts from 9."}
        with (
            patch.object(type(order), "_closing_choices", lambda self: choices),
            self.assert_refused("accepts from 9"),
        ):
            order.floor_finish("c", 7, False, True)
        self.assertEqual(order.floor_state, "running")
        choices = {"short": True, "why": True, "told": "The customer accepts from 9."}
        with (
            patch.object(type(order), "_closing_choices", lambda self: choices),
            self.assert_refused("accepts from 9.\nWrite why it ends with fewer."),
        ):
            order.floor_finish("c", 7, False, True, " ")
        choices = {"short": True, "why": False, "told": ""}
        with patch.object(type(order), "_closing_choices", lambda self: choices):
            row = order.floor_finish("c", 7, False, True)
        self.assertEqual((row["state"], row["rest"]), ("done", ""))
        self.assertEqual(len(order.production_group_id.production_ids), 1)

    def test_finish_asks(self):
        order = self.make_order()
        order.floor_start("a")
        order.floor_count("b", 10, 0)
        self.raw(order, self.paper_core).quantity = 4
        row = order.floor_finish("c", 10)
        self.assertIn("4 kg consumed, 2.8 kg planned", row["question"])
        self.assertEqual(order.state, "to_close")
        self.assertTrue(order.floor_finish("c", 10, True)["question"])
        for bad in (self.meal.id, "x"):
            with self.assert_refused("choose a reason"):
                order.floor_finish("c", 10, bad)
        self.assertEqual(order.state, "to_close")
        why = self.env.ref("cantoneira_floor.reason_paper")
        self.assertEqual(order.floor_finish("c", 10, why.id)["state"], "done")
        self.assertEqual(order.difference_reason_id, why)
        self.assertIn("4 kg consumed, 2.8 kg planned", order.message_ids[0].body)

    def test_queue(self):
        delivery = self.make_delivery(self.profile, 25)
        one, two = self.make_order(), self.make_order(4, 1237.5)
        one.sudo().move_finished_ids.move_dest_ids = delivery.move_ids
        one.sudo().write({"origin": "S001", "date_deadline": fields.Datetime.now()})
        two.sudo().date_start = one.date_start - timedelta(hours=3)
        self.assertEqual(self.queue(), [two.name, one.name])
        one.floor_start("a")
        self.assertEqual(self.queue(), [one.name, two.name], "what runs comes first")
        production = self.env["mrp.production"].with_user(self.production_user)
        row = production.floor_queue(self.machine.id)["orders"][0]
        self.assertEqual((row["customer"], row["origin"]), (self.customer.name, "S001"))
        self.assertTrue(row["late"])
        self.assertEqual((row["pieces"], row["length_mm"], row["metres"]), (10, 2500, 25))

    def test_queue_queries(self):
        production = self.env["mrp.production"].with_user(self.production_user)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = production.floor_queue(self.machine.id)["orders"]
            return len(rows), self.env.cr.sql_log_count - before

        for _order in range(2):
            self.make_order()
        queries()
        few, cost = queries()
        for _order in range(6):
            self.make_order()
        many, more = queries()
        self.assertEqual((few, many), (2, 8))
        self.assertLessEqual(more, cost)

    def test_drawings(self):
        document = self.env["product.document"].create(
            {
                "name": "desenho.pdf",
                "res_model": "product.template",
                "res_id": self.profile.product_tmpl_id.id,
                "mimetype": "application/pdf",
                "raw": b"%PDF-1.4",
            }
        )
        self.profile.floor_instructions = "Face lisa para cima"
        row = self.make_order().floor_read()
        self.assertEqual([each["name"] for each in row["drawings"]], [document.name])
        self.assertEqual(row["instructions"], "Face lisa para cima")

    def test_rights(self):
        order = self.make_order()
        with self.assertRaises(AccessError):
            order.with_user(self.stock_user).floor_start("a")
        order.floor_start("a")
        order.floor_pause("b", self.meal.id)
        with self.assertRaises(AccessError):
            order.stop_ids.write({"date_end": False})
        with self.assertRaises(AccessError):
            self.meal.with_user(self.production_user).name = "x"
        self.meal.with_user(self.production_manager).name = "Almoço"
