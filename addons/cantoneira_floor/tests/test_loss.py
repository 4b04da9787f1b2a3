"""Losses by cause, typed consumption, the reason of a difference."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .test_operator import FloorCase


@tagged("post_install", "-at_install")
class TestLoss(FloorCase):
    def begun(self, made=10):
        order = self.make_order()
        order.floor_start("start")
        if made:
            order.floor_count("count", made, 0)
        return order

    def on_hand(self, product):
        return product.with_context(location=self.stock_location.id).qty_available

    def material(self, row, product):
        [found] = [each for each in row["materials"] if each["product_id"] == product.id]
        return found

    def test_weighed_loss(self):
        order = self.begun()
        for _tap in range(2):
            row = order.floor_loss("a", self.paper_core.id, 0.3, "trim")
        row = order.floor_loss("b", self.paper_core.id, 0.1, "startup")
        self.assertEqual(row["losses"], 0.4)
        self.assertEqual(self.material(row, self.paper_core)["consumed"], 3.2)
        loss = order.loss_ids.filtered(lambda loss: loss.cause == "trim")
        self.assertEqual(loss.quantity, 0.3, "one tap, one loss")
        self.assertEqual((loss.machine_id, loss.user_id), (self.machine, self.production_user))
        seen = order.with_user(self.production_manager)
        self.assertAlmostEqual(seen.loss_value, 4.8)
        # The cost of another day does not rewrite what was lost on this one.
        self.paper_core.standard_price = 20
        self.assertAlmostEqual(seen.loss_value, 4.8)

    def test_scrapped_pieces_hold_material(self):
        order = self.begun()
        order.floor_scrap("a", 2, self.start_up.id)
        order.floor_scrap("b", 1, self.env.ref("cantoneira_floor.reason_damage").id)
        # 2 pieces are 5 m: 0.56 kg of core, 0.104 of liner, 0.075 of glue.
        startup = order.loss_ids.filtered(lambda loss: loss.cause == "startup")
        self.assertEqual(
            {loss.material_id: loss.quantity for loss in startup},
            {self.paper_core: 0.56, self.paper_liner: 0.104, self.glue: 0.075},
        )
        rest = order.loss_ids - startup
        self.assertEqual(set(rest.mapped("cause")), {"scrap"})
        self.assertAlmostEqual(order.loss_weight, 0.739 * 1.5, 6)

    def test_losses_are_consumed(self):
        """Nobody weighed anything: the recipe and the losses. They explain the difference."""
        order = self.begun()
        order.floor_scrap("a", 5, self.start_up.id)
        order.floor_loss("b", self.paper_core.id, 0.3, "trim")
        row = order.floor_finish("c", 10)
        self.assertEqual((row["state"], row.get("question")), ("done", None))
        # 2.8 + half of it + 0.3.
        self.assertEqual(self.on_hand(self.paper_core), 150 - 4.5)
        self.assertEqual(self.on_hand(self.glue), 60 - 0.5625)
        self.assertAlmostEqual(order.unexplained_weight, 0, 6)
        self.assertFalse(order.difference_reason_id)

    def test_losses_in_the_form(self):
        order = self.begun()
        order.floor_loss("b", self.paper_core.id, 0.2, "trim")
        result = order.with_user(self.production_manager).button_mark_done()
        self.assertIs(result, True, "0.2 of 2.8 is within tolerance")
        self.assertEqual(self.on_hand(self.paper_core), 147)

    def test_counting_goes_on_after_a_loss(self):
        order = self.begun(5)
        order.floor_loss("b", self.paper_core.id, 0.2, "trim")
        order.floor_count("c", 10, 5)
        order.floor_finish("d", 10)
        self.assertEqual(self.on_hand(self.paper_core), 147)

    def test_typed(self):
        order = self.begun()
        core, glue = self.raw(order, self.paper_core), self.raw(order, self.glue)
        for _tap in range(2):
            row = order.floor_consume("a", core.id, 2.9)
        self.assertTrue(self.material(row, self.paper_core)["typed"])
        order.floor_consume("b", glue.id, 0)
        row = order.floor_finish("c", 10)
        self.assertIn("Cola PVA: 0 kg consumed, 0.375 kg planned", row["question"])
        self.assertNotIn("Bobina", row["question"], "2.9 of 2.8 is within tolerance")
        why = self.env.ref("cantoneira_floor.reason_trouble")
        order.floor_finish("c", 10, why.id)
        self.assertEqual(order.state, "done")
        self.assertEqual(self.on_hand(self.paper_core), 147.1)
        self.assertEqual(self.on_hand(self.glue), 60)

    def test_more_than_there_is(self):
        order = self.begun()
        order.floor_consume("a", self.raw(order, self.paper_core).id, 151)
        why = self.env.ref("cantoneira_floor.reason_trouble")
        with self.assert_refused("150 kg are in stock, so 151 kg"):
            order.floor_finish("c", 10, why.id)
        self.assertEqual(order.state, "to_close")
        self.assertFalse(order.difference_reason_id)

    def confirm(self, asked, user, reason=None):
        """Answer the ordinary form's dialog, as a program may too."""
        wizard = self.env[asked["res_model"]].with_user(user).with_context(**asked["context"])
        with Form(wizard) as form:
            if reason:
                form.difference_reason_id = reason
        return form.record.action_confirm()

    def test_form_asks(self):
        """In the ordinary form too: beyond tolerance the button wants a reason."""
        order = self.begun().with_user(self.production_manager)
        self.raw(order, self.paper_core).quantity = 4
        asked = order.button_mark_done()
        with self.assert_refused("Choose the reason of the difference"):
            self.confirm(asked, self.production_manager)
        why = self.env.ref("cantoneira_floor.reason_trouble")
        self.confirm(asked, self.production_manager, why)
        self.assertEqual((order.state, order.difference_reason_id), ("done", why))
        said = "".join(order.sudo().message_ids.mapped("body"))
        self.assertIn("4 kg consumed, 2.8 kg planned", said)

    def test_form_asks_about_losses(self):
        """What was lost and yet not consumed differs as well: the form asks, as the screen does."""
        order = self.begun()
        order.floor_consume("a", self.raw(order, self.paper_core).id, 2.8)
        order.floor_loss("b", self.paper_core.id, 0.5, "trim")
        self.assertIn("2.8 kg consumed", order.floor_finish("c", 10)["question"])
        asked = order.with_user(self.production_user).button_mark_done()
        self.assertEqual(asked["res_model"], "mrp.consumption.warning")
        why = self.env.ref("cantoneira_floor.reason_trouble")
        self.confirm(asked, self.production_user, why)
        self.assertEqual((order.state, order.difference_reason_id), ("done", why))

    def test_programs_say_why(self):
        """A plain operator's program, past every dialog: refused with what to give; then done."""
        order = self.begun().with_user(self.production_user)
        self.raw(order, self.paper_core).quantity = 4
        program = order.with_context(skip_consumption=True, skip_backorder=True)
        with self.assert_refused(
            f"{order.name}: .*: 4 kg consumed, 2.8 kg planned.\n10 % is tolerated. "
            "Choose the reason .* difference_reason_id"
        ):
            program.button_mark_done()
        with self.assert_refused("Choose the reason"):
            self.confirm(order.button_mark_done(), self.production_user)
        with self.assert_refused("choose a reason"):
            program.with_context(difference_reason_id=self.start_up.id).button_mark_done()
        self.assertNotEqual(order.state, "done")
        why = self.env.ref("cantoneira_floor.reason_trouble")
        program.with_context(difference_reason_id=why.id).button_mark_done()
        self.assertEqual((order.state, order.difference_reason_id), ("done", why))

    def test_program_writes_the_reason(self):
        order = self.begun().with_user(self.production_user)
        self.raw(order, self.paper_core).quantity = 4
        order.difference_reason_id = self.env.ref("cantoneira_floor.reason_trouble")
        order.with_context(skip_consumption=True).button_mark_done()
        self.assertEqual(order.state, "done")

    def test_many_at_once(self):
        """Closed together: who differs is named, who does not keeps no reason."""
        orders = self.begun() | self.make_order()
        odd, even = orders
        even.pieces_producing = 10
        self.raw(odd, self.paper_core).quantity = 4
        program = orders.with_user(self.production_user).with_context(skip_consumption=True)
        with self.assert_refused(f"{odd.name}: (?!.*{even.name})"):
            program.button_mark_done()
        why = self.env.ref("cantoneira_floor.reason_trouble")
        program.with_context(difference_reason_id=why.id).button_mark_done()
        self.assertEqual(set(orders.mapped("state")), {"done"})
        self.assertEqual((odd.difference_reason_id, even.difference_reason_id.ids), (why, []))

    def test_part_of_it(self):
        """What is made of a part is compared with the part, and the rest asks for itself."""
        order = self.begun(5).with_user(self.production_user)
        self.raw(order, self.paper_core).quantity = 2.8
        program = order.with_context(
            skip_consumption=True, skip_backorder=True, mo_ids_to_backorder=order.ids
        )
        with self.assert_refused("2.8 kg consumed, 1.4 kg planned"):
            program.button_mark_done()
        why = self.env.ref("cantoneira_floor.reason_trouble")
        program.with_context(difference_reason_id=why.id).button_mark_done()
        self.assertEqual(order.state, "done")
        rest = order.production_group_id.production_ids - order
        self.assertEqual((rest.piece_qty, rest.difference_reason_id.ids), (5, []))

    def test_tolerance_is_a_setting(self):
        self.company.consumption_tolerance_percent = 3
        order = self.begun()
        order.floor_consume("a", self.raw(order, self.paper_core).id, 2.9)
        self.assertIn("2.9 kg consumed", order.floor_finish("c", 10)["question"])
        self.company.consumption_tolerance_percent = 4
        self.assertEqual(order.floor_finish("c", 10)["state"], "done")

    def test_bad_input(self):
        order = self.begun()
        core = self.raw(order, self.paper_core)
        for bad in (-1, "3", None, True, float("nan"), float("inf"), 10**9):
            with self.subTest(bad=bad):
                with self.assert_refused("is no quantity"):
                    order.floor_loss("k", self.paper_core.id, bad, "trim")
                with self.assert_refused("is no quantity"):
                    order.floor_consume("k", core.id, bad)
        with self.assert_refused("type how much"):
            order.floor_loss("k", self.paper_core.id, 0, "trim")
        for cause in ("theft", None, ["trim"], {}):
            with self.subTest(cause=cause), self.assert_refused("choose a cause"):
                order.floor_loss("k", self.paper_core.id, 1, cause)
        for bad in (0, True, self.tape.id, "x"):
            with self.assert_refused("choose the material"):
                order.floor_loss("k", bad, 1, "trim")
            with self.assert_refused("choose the material"):
                order.floor_consume("k", bad, 1)
        self.assertFalse(order.loss_ids)
        waiting = self.make_order()
        with self.assert_refused("has not been started"):
            waiting.floor_loss("k", self.paper_core.id, 1, "trim")

    def test_rights(self):
        order = self.begun()
        order.floor_loss("a", self.paper_core.id, 1, "trim")
        loss = order.loss_ids
        self.assertEqual(loss.with_user(self.production_user).quantity, 1)
        for act in (
            lambda: loss.with_user(self.production_user).write({"quantity": 2}),
            lambda: loss.with_user(self.production_user).read(["value"]),
            lambda: order.with_user(self.stock_user).floor_loss("b", self.paper_core.id, 1, "trim"),
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertEqual(loss.with_user(self.production_manager).value, 12)
        for user in (self.production_user, self.production_manager):
            with Form(order.with_user(user)) as form:
                self.assertEqual(form.loss_weight, 1)

    def test_home(self):
        home = self.env["cantoneira.home"]
        self.assertEqual(
            home.with_user(self.production_user)._home_action()["tag"],
            "cantoneira_floor.operator",
        )
        self.assertEqual(
            home.with_user(self.production_manager)._home_action()["res_model"], "mrp.production"
        )
