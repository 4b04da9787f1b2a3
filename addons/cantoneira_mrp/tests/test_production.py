from odoo.exceptions import UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged

from odoo.addons.cantoneira_stock.models.availability import ShortageError

from .common import CantoneiraMrpCase


@tagged("post_install", "-at_install")
class TestManualOrder(CantoneiraMrpCase):
    """An operator makes 10 × 2,500 mm without a sale behind it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fill_stock()

    def test_typed_in_the_form(self):
        with Form(self.env["mrp.production"].with_user(self.production_user)) as form:
            form.product_id = self.profile
            form.piece_qty = 10
            form.piece_length_mm = 2500
            self.assertEqual(form.product_qty, 25)
            self.assertEqual(form.composite_label, "10 pcs × 2,500 mm")
        order = form.record
        self.assertEqual(order.product_qty, 25)
        self.assertEqual(order.piece_qty, 10)
        self.assert_needs(order, core=2.8, liner=0.52, glue=0.375)
        order.action_confirm()
        self.assertEqual(order.state, "confirmed")
        self.assertEqual(order.raw_weight, 3.695)
        self.assertEqual(order.move_finished_ids.piece_length_mm, 2500)
        self.assertEqual(order.move_finished_ids.piece_qty, 10)

    def test_created_over_rpc(self):
        values = {"product_id": self.profile.id, "piece_qty": 3, "piece_length_mm": 1237.5}
        orders = self.env["mrp.production"].with_user(self.production_user)
        [made] = call_kw(orders, "create", [[values]], {})
        order = orders.browse(made)
        order.action_confirm()
        self.assertEqual(order.product_qty, 3.7125)
        self.assert_needs(order, core=0.4158, liner=0.07722, glue=0.055688)

    def test_to_the_milligram(self):
        """1 × 1,237 mm at 20.8 g/m is 25.7296 g; plain Odoo asks for 30 g."""
        order = self.make_order(1, 1237)
        self.assert_needs(order, core=0.138544, liner=0.02573, glue=0.018555)

    def test_measures_are_checked(self):
        for values, words in (
            ({"piece_qty": 0, "piece_length_mm": 2500}, "how many pieces"),
            ({"piece_qty": 10, "piece_length_mm": -1}, "length of each piece"),
            ({"piece_qty": 10, "piece_length_mm": 2500, "product_qty": 30}, "make 25 m, not 30"),
            ({"piece_qty": 2.5, "piece_length_mm": 2500}, "2.5 pieces cannot be cut"),
        ):
            with self.assertRaisesRegex(ValidationError, words):
                self.env["mrp.production"].with_user(self.production_user).create(
                    {"product_id": self.profile.id, **values}
                )

    def test_metres_without_length_are_not_confirmed(self):
        """What a replenishment proposes in metres gets its length from a person."""
        order = self.env["mrp.production"].create(
            {"product_id": self.profile.id, "product_qty": 100}
        )
        with self.assertRaisesRegex(ValidationError, "how many pieces"):
            order.action_confirm()
        order.write({"piece_qty": 40, "piece_length_mm": 2500})
        order.action_confirm()
        self.assertEqual(order.product_qty, 100)

    def test_ordinary_products_are_untouched(self):
        table = self.make_resale("Mesa")
        order = self.env["mrp.production"].create({"product_id": table.id, "product_qty": 3})
        order.action_confirm()
        self.assertEqual(order.product_qty, 3)
        self.assertFalse(order.composite_label)
        order.qty_producing = 1.5
        self.assertFalse(order.date_planned_start)

    def test_resize_in_pieces(self):
        order = self.make_order(10, 2500)
        action = self.env["change.production.qty"].with_user(self.production_user)
        with Form(action.with_context(default_mo_id=order.id)) as form:
            self.assertEqual(form.piece_qty, 10)
            form.piece_qty = 3
            self.assertEqual(form.product_qty, 7.5)
        form.record.change_prod_qty()
        self.assertEqual(order.piece_qty, 3)
        self.assertEqual(order.product_qty, 7.5)
        self.assert_needs(order, core=0.84, liner=0.156, glue=0.1125)
        self.assertEqual(self.raw(order, self.paper_core).planned_qty, 0.84)

    def resize(self, order, metres):
        wizard = self.env["change.production.qty"].with_user(self.production_user)
        wizard.create({"mo_id": order.id, "product_qty": metres}).change_prod_qty()

    def test_measures_of_a_confirmed_order(self):
        """A program, or a form of somebody's own, does not make 1 piece with material for 10."""
        draft = self.make_order(10, 2500, confirm=False)
        draft.write({"piece_qty": 4})
        self.assertEqual(draft.product_qty, 10)
        order = self.make_order(10, 2500)
        for user in (self.production_user, self.production_manager):
            for values in ({"piece_qty": 1}, {"piece_length_mm": 2000}, {"piece_qty": False}):
                with (
                    self.subTest(user=user.login, values=values),
                    self.assert_refused("is confirmed and makes 10 pcs × 2,500 mm"),
                ):
                    order.with_user(user).write(values)
        order.write({"piece_qty": 10, "piece_length_mm": 2500.0})
        self.assertEqual(
            (order.piece_qty, order.piece_length_mm, order.product_qty), (10, 2500, 25)
        )

    def test_resize_does_not_drift(self):
        """Core scales what it had rounded up: a milligram more at every change."""
        order = self.make_order(1, 1237)
        for pieces in (2, 3, 7, 1, 5, 1):
            self.resize(order, pieces * 1.237)
        self.assert_needs(order, core=0.138544, liner=0.02573, glue=0.018555)

    def test_resize_to_part_of_a_piece(self):
        order = self.make_order(10, 2500)
        with self.assertRaisesRegex(ValidationError, "2 pieces of 2,500 mm make 5 m, not 6"):
            self.resize(order, 6)

    def test_split_merge(self):
        order = self.make_order(10, 2500)
        parts = order._split_productions({order: [10, 15]})
        self.assertEqual(parts.mapped("piece_qty"), [4, 6])
        self.assertEqual(parts.mapped("piece_length_mm"), [2500, 2500])
        other = self.make_order(5, 2500)
        merged = self.env["mrp.production"].browse(
            (parts[0] | other).with_user(self.production_user).action_merge()["res_id"]
        )
        self.assertEqual(merged.piece_qty, 9)
        self.assertEqual(merged.product_qty, 22.5)
        self.assertEqual(merged.move_finished_ids.piece_length_mm, 2500)
        longer = self.make_order(5, 3000)
        with self.assertRaisesRegex(UserError, "different lengths.*2,500 mm.*3,000 mm"):
            (merged | longer).action_merge()

    def test_duration(self):
        self.profile.metres_per_hour = 50
        order = self.make_order(10, 2500)
        self.assertEqual(order.duration_expected, 30)
        self.assertEqual((order.date_finished - order.date_start).total_seconds(), 1800)
        with Form(self.env["mrp.production"]) as form:
            form.product_id = self.profile
            form.piece_qty = 100
            form.piece_length_mm = 2500
        self.assertEqual(
            (form.record.date_finished - form.record.date_start).total_seconds(), 5 * 3600
        )

    def test_a_longer_list_asks_no_more(self):
        """Pieces, metres and kg of ten orders cost the queries of two."""
        orders = self.env["mrp.production"]
        for pieces in range(1, 11):
            orders |= self.make_order(pieces, 1000)
        names = ["name", "composite_label", "product_qty", "raw_weight", "state", "is_delayed"]

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.read(names)
            return self.env.cr.sql_log_count - before

        count(orders)
        self.assertEqual(count(orders[:2]), count(orders))

    def test_called_op(self):
        order = self.make_order()
        self.assertRegex(order.name, r"^OP-\d{4,}$")


@tagged("post_install", "-at_install")
class TestPromise(CantoneiraMrpCase):
    """Material is promised for what a person orders, as for what a customer orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fill_stock(core=5)

    def test_shortage_refused(self):
        self.make_order(10, 2500)
        with self.assertRaisesRegex(
            ShortageError, "Kraft 400g.*need 2.8 kg, free 2.2 kg, missing 0.6 kg"
        ):
            self.make_order(10, 2500)

    def test_manager_overrides_with_a_reason(self):
        self.make_order(10, 2500)
        order = self.make_order(10, 2500, confirm=False, user=self.production_manager)
        order.with_context(shortage_override_reason="Reel arrives today").action_confirm()
        self.assertEqual(order.state, "confirmed")
        self.assertIn("Reel arrives today", order.message_ids[:1].body)

    def test_operator_does_not_override(self):
        self.make_order(10, 2500)
        order = self.make_order(10, 2500, confirm=False)
        with self.assertRaises(ShortageError):
            order.with_context(shortage_override_reason="I want to").action_confirm()

    def test_several_at_once_share_what_there_is(self):
        orders = self.make_order(10, 2500, confirm=False)
        orders |= self.make_order(10, 2500, confirm=False)
        with self.assertRaisesRegex(ShortageError, "missing 0.6 kg"):
            orders.action_confirm()

    def test_growth_only(self):
        """15 pieces need 4.2 kg of the 5: the 2.8 promised before are not asked for again."""
        order = self.make_order(10, 2500)
        wizard = self.env["change.production.qty"].with_user(self.production_user)
        wizard.create({"mo_id": order.id, "product_qty": 37.5}).change_prod_qty()
        self.assert_needs(order, core=4.2, liner=0.78, glue=0.5625)
        with self.assertRaisesRegex(ShortageError, "need 1.4 kg, free 0.8 kg, missing 0.6 kg"):
            wizard.create({"mo_id": order.id, "product_qty": 50}).change_prod_qty()
        wizard.create({"mo_id": order.id, "product_qty": 25}).change_prod_qty()
        self.assert_needs(order, core=2.8, liner=0.52, glue=0.375)

    def test_promised_by_whom_it_is_made_for(self):
        self.make_order(10, 2500)
        order = self.make_order(10, 2500, confirm=False)
        order.with_context(promise_kept=True).action_confirm()
        self.assertEqual(order.state, "confirmed")
