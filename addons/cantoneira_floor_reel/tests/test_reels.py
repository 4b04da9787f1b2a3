"""Reels on the machine from the server's side, as plain operators."""

import random
from decimal import Decimal

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.cantoneira_reel.tests.common import CantoneiraReelCase


class FloorReelCase(CantoneiraReelCase):
    """One line with its unwinders, glue for everything, papers tracked by reel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.put_in_stock(cls.glue, 60)
        # Orders are confirmed before their reels are there.
        cls.company.shortage_policy = "warn"
        cls.env["mrp.workcenter"].search([]).active = False
        cls.machine = cls.env["mrp.workcenter"].create({"name": "Linha 1"})
        cls.profile.machine_id = cls.machine
        cls.first, cls.second, cls.third = cls.machine.unwinder_ids[:3]
        cls.other_paper = cls.make_paper("Bobina 200g – 90mm", 200, 90, cost=8, tracking="lot")
        cls.other_user = cls.make_user("producao_dois", "cantoneira_mrp.group_production")
        cls.trouble = cls.env.ref("cantoneira_floor.reason_trouble")
        cls.keys = iter(range(1000))

    @classmethod
    def key(cls):
        """A tap of its own."""
        return f"tap-{next(cls.keys)}"

    def begun(self, made=10, **options):
        order = self.make_order(**options)
        order.floor_start(self.key())
        if made:
            order.floor_count(self.key(), made, 0)
        return order

    def mount(self, order, unwinder, reel, **options):
        return order.floor_mount(self.key(), unwinder.id, reel.name, **options)

    def back(self, order, unwinder, weight):
        return order.floor_weigh_back(self.key(), unwinder.id, weight)

    def finish(self, order, reason=False):
        return order.floor_finish(self.key(), order.pieces_producing, reason and reason.id)

    def lines(self, order, paper):
        """``{reel: kg}`` of the consumption lines."""
        return {line.lot_id: line.quantity for line in self.raw(order, paper).move_line_ids}

    def seen(self, row, unwinder):
        [found] = [each["reel"] for each in row["unwinders"] if each["id"] == unwinder.id]
        return found


@tagged("post_install", "-at_install")
class TestReels(FloorReelCase):
    # -------------------------------------------------------------- unwinders
    def test_unwinders(self):
        self.assertEqual(len(self.machine.unwinder_ids), 5)
        self.assertEqual(self.second.display_name, "Unwinder 2")
        self.company.unwinders_per_line = 2
        with Form(
            self.env["mrp.workcenter"].with_user(self.production_manager),
            view="cantoneira_mrp.mrp_workcenter_view_form_machine",
        ) as form:
            form.name = "Linha 3"
            with form.unwinder_ids.new() as line:
                line.name = "Capa"
        names = form.record.unwinder_ids.mapped("display_name")
        self.assertEqual(sorted(names), ["Capa", "Unwinder 1", "Unwinder 2"])
        with self.assertRaises(AccessError):
            self.first.with_user(self.production_user).name = "x"
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.company.unwinders_per_line = 41
            self.env.flush_all()

    def test_lines_from_before(self):
        self.machine.unwinder_ids.unlink()
        (self.machine | self.env["mrp.workcenter"].create({"name": "L"}))._add_unwinders()
        self.assertEqual(len(self.machine.unwinder_ids), 5)

    def test_history_stays(self):
        reel = self.make_reel(self.paper_core, 5)
        order = self.begun()
        self.mount(order, self.first, reel)
        with self.assert_refused("Unwinder 1 holds the reel"):
            self.first.unlink()
        with self.assert_refused("Unwinder 1 holds the reel"):
            self.first.active = False
        self.back(order, self.first, 5)
        with self.assert_refused("has a history of reels"):
            self.first.unlink()
        self.first.active = False
        self.third.unlink()

    # ------------------------------------------------------------------ mount
    def test_mount(self):
        reel = self.make_reel(self.paper_core, 312.5)
        order = self.begun(made=0)
        row = self.mount(order, self.second, reel)
        seen = self.seen(row, self.second)
        self.assertEqual((seen["name"], seen["weight"], seen["right"]), (reel.name, 312.5, True))
        self.assertEqual(seen["metres"], 11160.7)
        mount = reel.mount_ids
        self.assertEqual((mount.weight_in, mount.user_id), (312.5, self.production_user))
        self.assertEqual(mount.production_ids, order)
        self.assertEqual(reel.reel_state, "on_machine")
        # 4 layers of 28 g/m, 25 m, of which 5 pieces are made.
        order.floor_count(self.key(), 5, 0)
        seen = self.seen(order.floor_read(), self.second)
        self.assertEqual((seen["weight"], seen["metres"]), (311.1, 11110.7))

    def test_same_key_once(self):
        reel = self.make_reel(self.paper_core, 5)
        order = self.begun()
        for _tap in range(2):
            order.floor_mount("m", self.first.id, reel.name)
        self.assertEqual(len(reel.mount_ids), 1)
        for _tap in range(3):
            order.floor_weigh_back("b", self.first.id, 2.1)
        self.assertEqual(len(reel.mount_ids.use_ids), 1)
        self.assertEqual(self.lines(order, self.paper_core), {reel: 2.9})

    def test_refusals(self):
        reel, other = self.make_reel(self.paper_core, 5), self.make_reel(self.paper_core, 5)
        line = self.env["mrp.workcenter"].create({"name": "Linha 2"})
        order = self.begun(made=0)
        with self.assert_refused("no reel with the number B-nada"):
            order.floor_mount("k", self.first.id, "B-nada")
        for code in ("%", "_", "B\\"):
            with self.subTest(code=code), self.assert_refused("no reel with the number"):
                order.floor_mount("k", self.first.id, code)
        for code in ("", None, 7, "B\x00"):
            with self.subTest(code=code), self.assert_refused("Scan or type the number"):
                order.floor_mount("k", self.first.id, code)
        for unwinder in (0, True, "x", line.unwinder_ids[0].id):
            with self.assert_refused("choose the unwinder"):
                order.floor_mount("k", unwinder, reel.name)
        for number, unwinder in enumerate((self.first, self.second, self.third), 1):
            # As a request of its own, which has read no other unwinder.
            self.env.invalidate_all()
            with self.assert_refused(f"No reel is on Unwinder {number}"):
                order.floor_weigh_back("k", unwinder.id, 3)
        order.floor_mount("k", self.first.id, reel.name)
        with self.assert_refused(f"Unwinder 1 holds the reel {reel.name}"):
            self.mount(order, self.first, other)
        with self.assert_refused("is on Linha 1, Unwinder 1"):
            self.mount(order, self.second, reel)
        other._block("molhada")
        with self.assert_refused("is blocked: molhada"):
            self.mount(order, self.second, other)
        for weight in (-1, "3", True, None, float("nan")):
            with self.assert_refused("is no quantity"):
                self.back(order, self.first, weight)

    def test_reel_of_another_line(self):
        """The same reel on two machines: the second operator gets a sentence."""
        reel = self.make_reel(self.paper_core, 5)
        order = self.begun(made=0)
        self.mount(order, self.first, reel)
        line = self.env["mrp.workcenter"].create({"name": "Linha 2"})
        other = self.make_order(2).with_user(self.other_user)
        other.sudo().machine_id = line
        other.floor_start(self.key())
        with self.assert_refused(f"{reel.name} is on Linha 1, Unwinder 1"):
            self.mount(other, line.unwinder_ids[0], reel)
        self.assertEqual(reel.workcenter_id, self.machine)
        self.assertEqual(len(reel.mount_ids), 1)

    def test_the_line_is_taken(self):
        """Reels of a line are changed in the order that runs on it."""
        reel = self.make_reel(self.paper_core, 5)
        running = self.begun(made=0)
        waiting = self.make_order(2)
        with self.assert_refused(f"Linha 1 is making {running.name}"):
            self.mount(waiting, self.first, reel)

    def test_wrong_paper(self):
        reel = self.make_reel(self.other_paper, 5)
        order = self.begun(made=0)
        row = self.mount(order, self.first, reel)
        self.assertIn("WRONG PAPER", row["mount_question"]["text"])
        self.assertIn(self.other_paper.name, row["mount_question"]["text"])
        self.assertFalse(reel.mount_ids)
        row = self.mount(order, self.first, reel, anyway=True)
        self.assertFalse(self.seen(row, self.first)["right"])

    def test_elsewhere(self):
        outside = self.env["stock.location"].create({"name": "Terceiro", "usage": "internal"})
        reel = self.make_reel(self.paper_core, 5, location=outside)
        order = self.begun(made=0)
        with self.assert_refused("is in Terceiro.*Move the reel first"):
            self.mount(order, self.first, reel)

    def test_weighed_in(self):
        reel = self.make_reel(self.paper_core, 100)
        order = self.begun(made=0)
        self.mount(order, self.first, reel, weight=98.5)
        self.assertEqual((reel.current_weight, reel.mount_ids.weight_in), (98.5, 98.5))
        far = self.make_reel(self.paper_core, 100)
        with self.assert_refused("by the books 100 kg are on it, and the scale says 60 kg"):
            self.mount(order, self.second, far, weight=60)
        self.assertEqual(far.current_weight, 100)

    def test_two_papers_with_one_number(self):
        reel = self.make_reel(self.paper_core, 5, name="X1")
        self.make_reel(self.other_paper, 5, name="X1")
        order = self.begun(made=0)
        self.mount(order, self.first, reel)
        self.assertEqual(self.first.lot_id, reel)

    # ----------------------------------------------------- weighed and consumed
    def test_change_in_the_middle(self):
        """A reel ends, another one goes on: two consumption lines with their lots."""
        old, new = self.make_reel(self.paper_core, 2), self.make_reel(self.paper_core, 50)
        liner = self.make_reel(self.paper_liner, 100)
        order = self.begun(made=0)
        self.mount(order, self.first, old)
        self.mount(order, self.second, liner)
        order.floor_count(self.key(), 7, 0)
        self.back(order, self.first, 0)
        self.assertFalse(old.workcenter_id)
        self.mount(order, self.first, new)
        order.floor_count(self.key(), 10, 7)
        self.back(order, self.first, 49.1)
        self.back(order, self.second, 99.5)
        self.assertEqual(self.lines(order, self.paper_core), {old: 2, new: 0.9})
        self.assertEqual(self.finish(order)["state"], "done")
        self.assertEqual((old.current_weight, new.current_weight), (0, 49.1))
        self.assertEqual(liner.current_weight, 99.5)
        self.assertEqual(old.reel_state, "finished")
        uses = order.reel_run_ids
        self.assertEqual(set(uses.mapped("state")), {"weighed"})
        self.assertEqual(sum(uses.mapped("weight")), 3.4)
        core = self.raw(order, self.paper_core)
        self.assertAlmostEqual(core.consumption_difference_qty, 0.1, 6)

    def test_by_recipe(self):
        """Nobody weighed: the recipe's need comes from the reels that are on, evenly."""
        reels = [self.make_reel(self.paper_core, kg) for kg in (50, 0.3, 50)]
        untouched = self.make_reel(self.paper_core, 50, date="2026-01-01 08:00:00")
        liner = self.make_reel(self.paper_liner, 100)
        order = self.begun(made=0)
        for unwinder, reel in zip(self.machine.unwinder_ids, [*reels, liner], strict=False):
            self.mount(order, unwinder, reel)
        order.floor_count(self.key(), 10, 0)
        row = order.floor_read()
        self.assertEqual(self.seen(row, self.first)["weight"], 48.75)
        self.finish(order)
        self.assertEqual(order.state, "done")
        self.assertEqual([reel.current_weight for reel in reels], [48.75, 0, 48.75])
        self.assertEqual((untouched.current_weight, liner.current_weight), (50, 99.48))
        self.assertEqual(set(order.reel_run_ids.mapped("state")), {"estimated"})
        self.assertEqual(order.reel_run_ids.mapped("weight"), [1.25, 0.3, 1.25, 0.52])
        self.assertEqual(reels[0].workcenter_id, self.machine, "it stays on for the next order")

    def test_one_weighed_the_rest_by_recipe(self):
        one, two = self.make_reel(self.paper_core, 50), self.make_reel(self.paper_core, 50)
        self.make_reel(self.paper_liner, 100)
        order = self.begun(made=0)
        self.mount(order, self.first, one)
        self.mount(order, self.second, two)
        order.floor_count(self.key(), 10, 0)
        self.back(order, self.first, 48.7)
        self.finish(order)
        self.assertEqual((one.current_weight, two.current_weight), (48.7, 48.5))

    def test_losses_come_from_the_reels(self):
        reel = self.make_reel(self.paper_core, 50)
        self.make_reel(self.paper_liner, 100)
        order = self.begun()
        self.mount(order, self.first, reel)
        order.floor_loss(self.key(), self.paper_core.id, 0.4, "splice")
        row = self.finish(order)
        self.assertEqual((row["state"], row.get("question")), ("done", None))
        self.assertEqual(reel.current_weight, 46.8)

    def test_mounted_before(self):
        """Reels that were put on before the start are this order's from the start on."""
        reel = self.make_reel(self.paper_core, 50)
        self.make_reel(self.paper_liner, 100)
        order = self.make_order()
        self.mount(order, self.first, reel)
        self.assertFalse(order.reel_run_ids)
        order.floor_start(self.key())
        self.assertEqual(order.reel_run_ids.lot_id, reel)
        order.floor_count(self.key(), 10, 0)
        self.finish(order)
        following = self.begun(made=4, pieces=4)
        self.assertEqual(following.reel_run_ids.lot_id, reel)
        self.back(following, self.first, 46)
        self.assertEqual(self.lines(following, self.paper_core), {reel: 1.2})
        self.finish(following)
        self.assertEqual(reel.current_weight, 46)
        self.assertEqual(reel.mount_ids.production_ids, order | following)
        self.assertEqual(reel.mount_ids.consumed, 4)

    def test_cancelled_after_weighing(self):
        reel = self.make_reel(self.paper_core, 100)
        order = self.begun(made=0)
        self.mount(order, self.first, reel)
        self.back(order, self.first, 60)
        self.assertEqual((reel.current_weight, reel._held_weights()[reel]), (100, 60))
        order.action_cancel()
        self.assertEqual((reel.current_weight, reel._held_weights()[reel]), (60, 60))
        lines = self.env["stock.move.line"].search([("lot_id", "=", reel.id)], order="id")
        move = lines[-1:].move_id
        self.assertIn(f"Used by {order.name}, cancelled", move.inventory_name)
        self.assertEqual(move.create_uid.id, self.production_user.id)

    def test_two_orders_one_reel(self):
        """One order stands paused while another one runs from its reel; the scale comes later."""
        reel = self.make_reel(self.paper_core, 50)
        self.make_reel(self.paper_liner, 100)
        paused = self.begun(made=0)
        self.mount(paused, self.first, reel)
        paused.floor_count(self.key(), 5, 0)
        paused.floor_pause(self.key(), self.env.ref("cantoneira_floor.reason_meal").id)
        running = self.begun(made=4, pieces=4)
        self.back(running, self.first, 47.2)
        # Five pieces need 1.4 kg; the other 1.4 are of the order that ran.
        self.assertEqual(self.lines(paused, self.paper_core), {reel: 1.4})
        self.assertEqual(self.lines(running, self.paper_core), {reel: 1.4})
        self.assertEqual(reel.current_weight, 50, "both are open")
        self.assertEqual(reel._held_weights()[reel], 47.2)
        # On again for the first: what is known to be gone is not there.
        self.finish(running, self.trouble)
        self.mount(paused, self.first, reel)
        self.assertEqual(reel.mount_ids.sorted("id")[-1].weight_in, 47.2)
        paused.floor_resume(self.key())
        paused.floor_count(self.key(), 10, 5)
        self.back(paused, self.first, 45.9)
        self.assertEqual(self.lines(paused, self.paper_core), {reel: 2.7})
        self.finish(paused)
        self.assertEqual(reel.current_weight, 45.9)

    def test_heavier_than_the_books(self):
        """The order before consumed less than its recipe: the scale is right."""
        reel = self.make_reel(self.paper_core, 50)
        self.make_reel(self.paper_liner, 100)
        order = self.begun()
        self.mount(order, self.first, reel)
        self.finish(order)
        self.assertEqual(reel.current_weight, 47.2)
        following = self.begun(made=2, pieces=4)
        self.back(following, self.first, 47.3)
        # 2 pieces need 0.56.
        self.assertEqual(self.lines(following, self.paper_core), {reel: 0.56})
        self.assertEqual(reel._held_weights()[reel], 47.3)
        following.floor_count(self.key(), 4, 2)
        self.finish(following, self.trouble)
        self.assertEqual(reel.current_weight, 47.3)

    def test_weighed_after_the_order(self):
        """Nobody runs: a small difference to the books is corrected, a large one is not."""
        reel = self.make_reel(self.paper_core, 50)
        self.make_reel(self.paper_liner, 100)
        order = self.begun()
        self.mount(order, self.first, reel)
        self.finish(order)
        with self.assert_refused("by the books 47.2 kg are on it, and the scale says 3 kg"):
            self.back(order, self.first, 3)
        self.back(order, self.first, 47)
        self.assertEqual(reel.current_weight, 47)
        self.assertFalse(reel.workcenter_id)

    def test_mounted_late(self):
        """What was made before any reel was on came first in first out, as without reels."""
        old = self.make_reel(self.paper_core, 50, date="2026-01-01 08:00:00")
        reel = self.make_reel(self.paper_core, 50, date="2026-01-02 08:00:00")
        self.make_reel(self.paper_liner, 100)
        order = self.begun(made=5)
        row = self.mount(order, self.first, reel)
        self.assertEqual(self.seen(row, self.first)["weight"], 50, "nothing came from it yet")
        order.floor_count(self.key(), 10, 5)
        self.finish(order)
        self.assertEqual((old.current_weight, reel.current_weight), (48.6, 48.6))

    def test_registered_late(self):
        """It ran before it was registered: what the scale says is not consumed twice."""
        old = self.make_reel(self.paper_core, 50, date="2026-01-01 08:00:00")
        reel = self.make_reel(self.paper_core, 50, date="2026-01-02 08:00:00")
        self.make_reel(self.paper_liner, 100)
        order = self.begun(made=10)
        self.mount(order, self.first, reel)
        self.back(order, self.first, 47.2)
        self.finish(order)
        self.assertEqual((old.current_weight, reel.current_weight), (50, 47.2))

    def test_typed(self):
        """Typed kilograms, the simple way, come from the reels that are on."""
        one, two = self.make_reel(self.paper_core, 50), self.make_reel(self.paper_core, 50)
        self.make_reel(self.paper_liner, 100)
        order = self.begun(made=0)
        self.mount(order, self.first, one)
        self.mount(order, self.second, two)
        order.floor_count(self.key(), 10, 0)
        core = self.raw(order, self.paper_core)
        order.floor_consume(self.key(), core.id, 3)
        self.assertEqual(self.lines(order, self.paper_core), {one: 1.5, two: 1.5})
        # What is weighed afterwards counts again.
        self.back(order, self.first, 48.8)
        self.assertEqual(self.lines(order, self.paper_core), {one: 1.2})
        with self.assert_refused("1.2 kg were weighed already, so 1 kg cannot"):
            order.floor_consume(self.key(), core.id, 1)
        order.floor_consume(self.key(), core.id, 2.9)
        self.assertEqual(self.lines(order, self.paper_core), {one: 1.2, two: 1.7})
        self.finish(order)
        self.assertEqual((one.current_weight, two.current_weight), (48.8, 48.3))

    def test_typed_without_reels(self):
        old = self.make_reel(self.paper_core, 50, date="2026-01-01 08:00:00")
        self.make_reel(self.paper_core, 50)
        self.make_reel(self.paper_liner, 100)
        order = self.begun()
        order.floor_consume(self.key(), self.raw(order, self.paper_core).id, 2.9)
        self.finish(order)
        self.assertEqual((order.state, old.current_weight), ("done", 47.1))

    def test_more_than_a_reel_holds(self):
        reel = self.make_reel(self.paper_core, 2)
        self.make_reel(self.paper_core, 50)
        self.make_reel(self.paper_liner, 100)
        order = self.begun(made=0)
        self.mount(order, self.first, reel)
        order.floor_count(self.key(), 10, 0)
        self.assertEqual(order.floor_read()["papers"][0]["missing"], 0)
        with self.assert_refused(rf"\({reel.name}\) do not hold so much, 0.8 kg are missing"):
            self.finish(order, self.trouble)
        with self.assert_refused("3 kg are missing"):
            order.floor_consume(self.key(), self.raw(order, self.paper_core).id, 5)
        self.assertEqual((order.state, reel.current_weight), ("to_close", 2))
        self.assertFalse(order.difference_reason_id)

    def test_another_paper_ran(self):
        """The operator was told and mounted it: what it gave is consumed, and needs a reason."""
        reel = self.make_reel(self.other_paper, 5)
        self.make_reel(self.paper_core, 50)
        self.make_reel(self.paper_liner, 100)
        order = self.begun()
        self.mount(order, self.first, reel, anyway=True)
        self.back(order, self.first, 4.4)
        row = self.finish(order)
        self.assertIn(f"{self.other_paper.name}: 0.6 kg consumed, 0 kg", row["question"])
        self.finish(order, self.trouble)
        self.assertEqual((order.state, reel.current_weight), ("done", 4.4))

    def test_finish_partly(self):
        """The rest is a new order; what was weighed stays with the pieces made."""
        reel, liner = self.make_reel(self.paper_core, 50), self.make_reel(self.paper_liner, 100)
        order = self.begun(made=0)
        self.mount(order, self.first, reel)
        self.mount(order, self.second, liner)
        order.floor_count(self.key(), 7, 0)
        self.back(order, self.first, 48)
        row = self.finish(order)
        self.assertEqual(row["state"], "done")
        self.assertEqual((reel.current_weight, liner.current_weight), (48, 99.636))
        rest = self.env["mrp.production"].search([("name", "=", row["rest"])])
        self.assertFalse(rest.reel_run_ids)
        self.assertEqual(self.raw(rest, self.paper_core).product_uom_qty, 0.84)
        rest.with_user(self.production_user).floor_start(self.key())
        self.assertEqual(rest.reel_run_ids.lot_id, liner)

    def test_in_the_form(self):
        """Closed in the ordinary form, an order consumes from its reels too."""
        self.make_reel(self.paper_core, 50, date="2026-01-01 08:00:00")
        reel, liner = self.make_reel(self.paper_core, 50), self.make_reel(self.paper_liner, 100)
        order = self.begun(made=0)
        self.mount(order, self.first, reel)
        self.mount(order, self.second, liner)
        order.with_user(self.production_manager).pieces_producing = 10
        self.close(order.with_user(self.production_manager))
        self.assertEqual((order.state, reel.current_weight), ("done", 47.2))

    def test_taken_off(self):
        """By the storekeeper, on the reel's own form: the unwinder is empty."""
        reel = self.make_reel(self.paper_core, 50)
        order = self.begun(made=0)
        self.mount(order, self.first, reel)
        reel.with_user(self.stock_user).action_take_off()
        self.assertFalse(self.first.mount_id)
        self.assertEqual((reel.mount_ids.weight_back, reel.current_weight), (50, 50))
        self.assertEqual(reel.mount_ids.end_user_id, self.stock_user)
        with Form(
            reel.with_user(self.stock_user), view="cantoneira_reel.stock_lot_view_form_reel"
        ) as form:
            self.assertEqual(len(form.mount_ids), 1)

    def test_random_finishes(self):
        """Whatever was mounted and weighed: nothing is left over, nothing lacks, to the milligram."""
        chance = random.Random(11)
        self.make_reel(self.paper_liner, 400)
        for case in range(8):
            kilos = [chance.randrange(28_000, 60_000) / 1000 for _reel in range(4)]
            reels = [self.make_reel(self.paper_core, kg) for kg in kilos]
            before = Decimal(str(self.stock_of(self.paper_core)))
            pieces = chance.randrange(1, 200)
            order = self.begun(made=0, pieces=pieces, length_mm=1237)
            for unwinder, reel in zip(self.machine.unwinder_ids, reels[: case % 4], strict=False):
                self.mount(order, unwinder, reel)
            order.floor_count(self.key(), pieces, 0)
            if case % 2 and reels[0].mount_ids:
                self.back(order, self.first, chance.randrange(0, int(kilos[0] * 1000)) / 1000)
            core = self.raw(order, self.paper_core)
            [material] = [each for each in order._floor_materials() if each.move == core]
            self.finish(order, self.trouble)
            self.assertEqual(order.state, "done")
            consumed = sum(Decimal(str(line.quantity)) for line in core.move_line_ids)
            self.assertEqual(consumed, Decimal(str(material.consumed)))
            self.assertEqual(before - Decimal(str(self.stock_of(self.paper_core))), consumed)
            for unwinder in self.machine.unwinder_ids:
                if unwinder.mount_id:
                    unwinder.lot_id.action_take_off()

    def stock_of(self, paper):
        paper.invalidate_recordset()
        return paper.with_context(location=self.stock_location.id).qty_available

    def test_weighed_by_the_storekeeper(self):
        """Weighed back in the warehouse, a mounted reel counts as it does at the machine."""
        one, two = self.make_reel(self.paper_core, 50), self.make_reel(self.paper_core, 50)
        self.make_reel(self.paper_liner, 100)
        order = self.begun(made=0)
        self.mount(order, self.first, one)
        self.mount(order, self.second, two)
        order.floor_count(self.key(), 10, 0)
        consumed = one.with_user(self.stock_user)._weigh_back(
            48.7, order.with_user(self.stock_user)
        )
        self.assertEqual(consumed, 1.3)
        self.assertFalse(self.first.mount_id)
        self.finish(order)
        self.assertEqual((one.current_weight, two.current_weight), (48.7, 48.5))

    # ---------------------------------------------------------------- proposal
    def test_proposal(self):
        """First in first out; not what is blocked, mounted or reserved for somebody else."""
        reels = [
            self.make_reel(self.paper_core, 5, date=f"2026-01-0{day} 08:00:00")
            for day in range(1, 8)
        ]
        self.make_reel(self.paper_liner, 100)
        reels[1]._block("molhada")
        order = self.begun(made=0)
        self.assertEqual(self.raw(order, self.paper_core).move_line_ids.lot_id, reels[0])
        self.mount(order, self.first, reels[2])
        delivery = self.make_delivery(self.paper_core, 7)
        delivery.action_assign()
        papers = {paper["id"]: paper for paper in order.floor_read()["papers"]}
        names = [reel["name"] for reel in papers[self.paper_core.id]["reels"]]
        self.assertEqual(names, [reel.name for reel in (reels[0], *reels[3:6])])

    def test_panel_queries(self):
        """The screen asks the same for many reels in stock."""
        order = self.begun(made=5)
        self.make_reel(self.paper_liner, 100)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order.floor_read()
            return self.env.cr.sql_log_count - before

        for _reel in range(5):
            self.make_reel(self.paper_core, 5)
        queries()
        few = queries()
        for _reel in range(20):
            self.make_reel(self.paper_core, 5)
        self.assertLessEqual(queries(), few)

    # ------------------------------------------------------------------ rights
    def test_rights(self):
        reel = self.make_reel(self.paper_core, 5)
        order = self.begun(made=0)
        with self.assertRaises(AccessError):
            self.mount(order.with_user(self.stock_user), self.first, reel)
        self.mount(order, self.first, reel)
        mount = reel.mount_ids
        for user in (self.production_user, self.production_manager, self.stock_user):
            self.assertEqual(mount.with_user(user).weight_in, 5)
            for act in (
                lambda user=user: mount.with_user(user).write({"weight_in": 1}),
                lambda user=user: mount.with_user(user).unlink(),
                lambda user=user: mount.use_ids.with_user(user).write({"weight": 1}),
            ):
                with self.assertRaises(AccessError):
                    act()
        with Form(order.with_user(self.production_user)) as form:
            self.assertEqual(len(form.reel_run_ids), 1)
        self.assertTrue(fields.Datetime.now() >= mount.date_start)
        with self.assertRaises(UserError):
            reel.unlink()
