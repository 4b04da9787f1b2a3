from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import CantoneiraMrpCase

#: What differs is nobody's question here; addons above ask for a reason.
ANY = "flexible"


@tagged("post_install", "-at_install")
class TestProgress(CantoneiraMrpCase):
    """A plain operator starts, counts, weighs and closes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fill_stock()

    def on_hand(self, product):
        return product.with_context(location=self.stock_location.id).qty_available

    def close(self, order, **context):
        """Mark done, answering *yes* to whatever is asked."""
        result = order.with_context(**context).button_mark_done()
        while isinstance(result, dict) and result.get("res_model") in (
            "mrp.production.backorder",
            "mrp.consumption.warning",
        ):
            wizard = (
                self.env[result["res_model"]]
                .with_user(self.production_user)
                .with_context(**result["context"])
            )
            with Form(wizard) as form:
                pass
            act = "action_backorder" if "backorder" in result["res_model"] else "action_confirm"
            result = getattr(form.record, act)()
        return result

    # ------------------------------------------------------------------ start
    def test_start(self):
        order = self.make_order()
        self.assertEqual(self.raw(order, self.paper_core).quantity, 0, "promised, not reserved")
        planned = order.date_start
        with freeze_time(planned + timedelta(hours=3)):
            order.action_start()
        self.assertEqual(order.state, "progress")
        self.assertEqual(order.date_planned_start, planned)
        self.assertEqual(order.date_start, planned + timedelta(hours=3))
        self.assertEqual(self.raw(order, self.paper_core).quantity, 2.8, "reels are taken")
        with freeze_time(planned + timedelta(hours=4)):
            order.pieces_producing = 2
        self.assertEqual(order.date_start, planned + timedelta(hours=3), "started once")

    def test_first_pieces_start(self):
        order = self.make_order()
        order.pieces_producing = 3
        self.assertEqual(order.state, "progress")
        self.assertEqual(order.qty_producing, 7.5)
        self.assertTrue(order.date_planned_start)
        self.assertEqual(self.raw(order, self.paper_core).quantity, 0.84)
        self.assertTrue(self.raw(order, self.paper_core).picked)

    def test_pieces_in_the_form(self):
        order = self.make_order()
        order.action_start()
        with Form(order, view="cantoneira_mrp.mrp_production_view_form_operator") as form:
            form.pieces_producing = 4
            self.assertEqual(form.qty_producing, 10)
            with form.move_raw_ids.edit(0) as line:
                self.assertEqual(line.quantity, 1.12)
                line.quantity = 1.2
        self.assertEqual(order.pieces_producing, 4)
        core, liner = self.raw(order, self.paper_core), self.raw(order, self.paper_liner)
        self.assertEqual(core.quantity, 1.2)
        self.assertTrue(core.manual_consumption)
        self.assertEqual(liner.quantity, 0.208)
        self.assertFalse(liner.manual_consumption)

    def test_whole_pieces(self):
        order = self.make_order()
        with self.assert_refused("7 m are no whole number of pieces of 2,500 mm", ValidationError):
            order.qty_producing = 7
        with self.assert_refused("-1 pieces cannot", ValidationError):
            order.pieces_producing = -1

    # ------------------------------------------------------------ consumption
    def test_all_as_planned(self):
        order = self.make_order()
        order.action_start()
        order.pieces_producing = 10
        self.assertTrue(order.button_mark_done())
        self.assertEqual(order.state, "done")
        self.assertEqual(self.on_hand(self.paper_core), 147.2)
        self.assertEqual(self.on_hand(self.paper_liner), 99.48)
        self.assertEqual(self.on_hand(self.glue), 59.625)
        self.assertEqual(self.on_hand(self.profile), 25)
        self.assertEqual(order.planned_weight, 3.695)
        self.assertEqual(order.consumed_weight, 3.695)
        self.assertEqual(order.consumption_difference_weight, 0)

    def test_real_consumption(self):
        order = self.make_order()
        order.action_start()
        order.pieces_producing = 10
        core, glue = self.raw(order, self.paper_core), self.raw(order, self.glue)
        core.quantity = 3.0
        glue.quantity = 0.35
        self.close(order)
        self.assertEqual(order.state, "done")
        self.assertEqual(self.on_hand(self.paper_core), 147)
        self.assertEqual((core.planned_qty, core.consumed_qty), (2.8, 3.0))
        self.assertAlmostEqual(core.consumption_difference_qty, 0.2, 6)
        self.assertAlmostEqual(glue.consumption_difference_qty, -0.025, 6)
        self.assertAlmostEqual(order.consumption_difference_weight, 0.175, 6)
        seen = order.with_user(self.production_manager)
        self.assertAlmostEqual(
            seen.move_raw_ids.filtered(
                lambda move: move.product_id == self.paper_core
            ).consumption_difference_value,
            2.4,
        )
        self.assertAlmostEqual(seen.consumption_difference_value, 1.65)
        # The cost of another day does not rewrite what was lost on this one.
        self.paper_core.standard_price = 20
        self.assertAlmostEqual(seen.consumption_difference_value, 1.65)

    def test_typed_consumption(self):
        """Over RPC too: what was weighed stays when pieces are counted afterwards."""
        order = self.make_order()
        order.action_start()
        core, liner = self.raw(order, self.paper_core), self.raw(order, self.paper_liner)
        core.write({"quantity": 2.9})
        self.assertTrue(core.manual_consumption)
        self.assertTrue(core.picked)
        order.write({"pieces_producing": 10})
        self.assertEqual(core.quantity, 2.9)
        self.assertEqual(liner.quantity, 0.52)
        self.assertFalse(liner.manual_consumption)

    def test_quantity_written_by_a_program(self):
        """Metres made, written over RPC without a word about materials, consume all the same."""
        order = self.make_order()
        order.action_start()
        self.raw(order, self.paper_core).write({"quantity": 2.9})
        order.write({"qty_producing": 25})
        self.assertTrue(order.button_mark_done())
        self.assertEqual(self.on_hand(self.paper_core), 147.1)
        self.assertEqual(self.on_hand(self.paper_liner), 99.48)
        self.assertEqual(self.on_hand(self.glue), 59.625)
        self.assertTrue(order.date_planned_start)

    def test_material_not_used(self):
        order = self.make_order()
        order.sudo().consumption = ANY
        order.action_start()
        order.pieces_producing = 10
        glue = self.raw(order, self.glue)
        glue.quantity = 0
        self.close(order)
        self.assertEqual(order.state, "done")
        self.assertEqual((glue.planned_qty, glue.consumed_qty), (0.375, 0))
        self.assertEqual(glue.consumption_difference_qty, -0.375)
        self.assertEqual(self.on_hand(self.glue), 60)

    def test_material_added(self):
        order = self.make_order()
        order.action_start()
        order.pieces_producing = 10
        ink = self.make_material("Tinta azul", "ink", cost=50)
        self.put_in_stock(ink, 2)
        order.move_raw_ids = [
            Command.create(
                {"product_id": ink.id, "product_uom": self.kg.id, "quantity": 0.1, "picked": True}
            )
        ]
        self.close(order)
        added = self.raw(order, ink)
        self.assertEqual((added.planned_qty, added.consumed_qty), (0, 0.1))
        self.assertEqual(added.consumption_difference_qty, 0.1)
        self.assertEqual(self.on_hand(ink), 1.9)

    def test_tolerance(self):
        """Within 10 % nobody is asked; beyond it the operator confirms."""
        order = self.make_order()
        order.action_start()
        order.pieces_producing = 10
        self.raw(order, self.paper_core).quantity = 3.5
        asked = order.button_mark_done()
        self.assertEqual(asked["res_model"], "mrp.consumption.warning")
        self.raw(order, self.paper_core).quantity = 3.08
        self.assertTrue(order.button_mark_done() is True)
        self.assertEqual(order.state, "done")

    def test_over_consumption(self):
        order = self.make_order()
        order.sudo().consumption = ANY
        order.action_start()
        order.pieces_producing = 10
        self.raw(order, self.glue).quantity = 60.5
        with self.assert_refused("Cola PVA: 60 kg are in stock, so 60.5 kg"):
            self.close(order)
        self.assertEqual(order.state, "to_close")
        self.assertEqual(self.on_hand(self.glue), 60)

    def test_over_consumption_of_a_reel(self):
        paper = self.make_paper("Kraft 300 em bobinas", 300, 100, cost=10, tracking="lot")
        reels = self.env["stock.lot"].create(
            [{"name": name, "product_id": paper.id} for name in ("BOB-1", "BOB-2")]
        )
        for reel, kilos in zip(reels, (2, 50), strict=True):
            self.env["stock.quant"]._update_available_quantity(
                paper, self.stock_location, kilos, lot_id=reel
            )
        profile = self.make_profile(
            "Cantoneira 35x35x3mm", (35, 35, 3), categ_id=self.category_profiles.id
        )
        self.make_recipe(profile, layers={paper: 4})
        order = self.make_order(10, 2500, product=profile)
        order.action_start()
        move = self.raw(order, paper)
        self.assertEqual(move.quantity, 3)
        self.assertEqual(move.move_line_ids.lot_id, reels)
        order.pieces_producing = 10
        move.move_line_ids.filtered(lambda line: line.lot_id == reels[0]).quantity = 2.5
        with self.assert_refused("reel BOB-1 holds 2 kg, so 2.5 kg"):
            self.close(order, skip_consumption=True)
        move.move_line_ids.filtered(lambda line: line.lot_id == reels[0]).quantity = 2
        self.close(order)
        self.assertEqual(order.state, "done")

    # ---------------------------------------------------------------- partial
    def test_backorder(self):
        order = self.make_order()
        order.sudo().consumption = ANY
        name = order.name
        order.action_start()
        order.pieces_producing = 7
        core = self.raw(order, self.paper_core)
        core.quantity = 2.25
        self.close(order)
        rest = order.production_group_id.production_ids - order
        self.assertEqual(order.name, f"{name}-001")
        self.assertEqual(rest.name, f"{name}-002")
        self.assertEqual((order.state, order.piece_qty, order.product_qty), ("done", 7, 17.5))
        self.assertEqual((rest.piece_qty, rest.piece_length_mm, rest.product_qty), (3, 2500, 7.5))
        self.assertEqual(rest.state, "confirmed")
        self.assertEqual(core.planned_qty, 1.96)
        self.assertEqual(core.order_planned_qty, 2.8)
        self.assertAlmostEqual(core.consumption_difference_qty, 0.29, 6)
        left = self.raw(rest, self.paper_core)
        self.assertEqual((left.product_uom_qty, left.planned_qty), (0.84, 0.84))
        self.assertEqual(left.order_planned_qty, 2.8)
        rest.with_user(self.production_user).pieces_producing = 3
        self.close(rest.with_user(self.production_user))
        self.assertEqual(rest.state, "done")
        self.assertEqual(self.on_hand(self.profile), 25)
        self.assertEqual(left.consumption_difference_qty, 0)

    def test_backorder_of_a_backorder(self):
        order = self.make_order()
        name = order.name
        for _part in range(2):
            order.pieces_producing = 4
            self.close(order)
            order = (
                order.production_group_id.production_ids.filtered(lambda o: o.state != "done")
            ).with_user(self.production_user)
        self.assertEqual(order.name, f"{name}-003")
        self.assertEqual(order.piece_qty, 2)
        self.assertEqual(self.raw(order, self.paper_core).planned_qty, 0.56)
        self.assertEqual(self.raw(order, self.paper_core).order_planned_qty, 2.8)

    def test_two_orders_split_at_once(self):
        one, two = self.make_order(10, 2500), self.make_order(4, 1000)
        parts = (one | two)._split_productions({one: [5, 20], two: [1, 3]})
        cores = [self.raw(part, self.paper_core) for part in parts]
        self.assertEqual([core.planned_qty for core in cores], [0.56, 2.24, 0.112, 0.336])
        self.assertEqual([core.order_planned_qty for core in cores], [2.8, 2.8, 0.448, 0.448])

    def test_a_copy_has_no_past(self):
        order = self.make_order()
        order.pieces_producing = 7
        self.close(order)
        copy = order.copy()
        self.assertEqual((copy.piece_qty, copy.product_qty), (7, 17.5))
        core = self.raw(copy, self.paper_core)
        self.assertEqual((core.planned_qty, core.order_planned_qty), (1.96, 0))
        self.assertFalse(copy.date_planned_start)

    def test_closed_short(self):
        """Without an order for the rest, what was made is compared with its own share."""
        order = self.make_order()
        order.action_start()
        order.pieces_producing = 7
        self.close_without_rest(order)
        core = self.raw(order, self.paper_core)
        self.assertEqual(order.state, "done")
        self.assertEqual((core.planned_qty, core.order_planned_qty), (1.96, 2.8))
        self.assertEqual(core.consumption_difference_qty, 0)
        self.assertEqual(self.on_hand(self.profile), 17.5)

    def close_without_rest(self, order):
        asked = order.button_mark_done()
        wizard = self.env[asked["res_model"]].with_user(self.production_user)
        Form(wizard.with_context(**asked["context"])).save().action_close_mo()

    def test_more_than_ordered(self):
        order = self.make_order()
        order.pieces_producing = 11
        self.close(order)
        self.assertEqual(order.state, "done")
        core = self.raw(order, self.paper_core)
        self.assertEqual((core.planned_qty, core.consumed_qty), (3.08, 3.08))
        self.assertEqual(self.on_hand(self.profile), 27.5)

    def test_closed_from_the_list(self):
        """Several at once, each with its own recipe and length."""
        orders = self.make_order(10, 2500) | self.make_order(4, 1237.5)
        for order in orders:
            self.assertTrue(order.button_mark_done())
        self.assertEqual(set(orders.mapped("state")), {"done"})
        self.assertEqual(self.on_hand(self.profile), 29.95)
        self.assertAlmostEqual(self.on_hand(self.paper_core), 150 - 2.8 - 0.5544, 6)

    # ------------------------------------------------------------------ cancel
    def test_cancel_gives_back(self):
        order = self.make_order()
        order.action_start()
        self.assertEqual(self.paper_core.free_qty, 147.2)
        order.action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertEqual(self.paper_core.free_qty, 150)
        self.assertEqual(self.paper_core.product_tmpl_id.free_to_promise_qty, 150)

    def test_stock_never_drifts(self):
        """2,000 orders of one piece ask for what 2,000 pieces weigh, within half a mg each."""
        needs = self.env["product.product"]._material_needs(
            {self.profile: [1.237] * 2000}, self.company
        )
        weighed = 2000 * 0.0257296
        self.assertAlmostEqual(needs[self.paper_liner], weighed, delta=2000 * 0.0000005)
        orders = self.make_order(1, 1237) | self.make_order(1, 1237)
        asked = sum(self.raw(order, self.paper_liner).product_uom_qty for order in orders)
        self.assertEqual(asked, needs[self.paper_liner] / 1000)

    # ------------------------------------------------------------------- roles
    def test_storekeeper_makes_nothing(self):
        order = self.make_order()
        with self.assertRaises(AccessError):
            order.with_user(self.stock_user).action_start()
        with self.assertRaises(AccessError):
            self.make_order(user=self.stock_user)

    def test_operator_sees_no_cost(self):
        order = self.make_order()
        with self.assertRaises(AccessError):
            order.read(["consumption_difference_value"])
        with self.assertRaises(AccessError):
            self.profile.with_user(self.production_user).read(["recipe_cost_per_metre"])

    def test_operator_changes_no_recipe(self):
        with self.assertRaises(AccessError):
            self.recipe.with_user(self.production_user).bom_line_ids[:1].layer_count = 5
        with self.assertRaises(AccessError):
            self.profile.with_user(self.production_user).list_price = 9
