"""Confirming promises what can be kept: material, resale goods, credit, a way to make it."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.cantoneira_stock.models.availability import ShortageError

from .common import CantoneiraSaleCase


@tagged("post_install", "-at_install")
class TestConfirmation(CantoneiraSaleCase):
    def test_seed_order(self):
        """One MO for the edge protectors in pieces × mm, tape reserved, paper promised."""
        order = self.make_order(self.composite(10, 2500), self.resale(10), confirm=True)
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.production_state, "approved")
        profile_line, tape_line = order.order_line
        production = profile_line.sudo().production_ids
        self.assertEqual(len(production), 1)
        self.assertEqual((production.piece_qty, production.piece_length_mm), (10, 2500))
        self.assertEqual(production.product_qty, 25)
        self.assertEqual(production.sale_order_id, order)
        self.assertEqual(production.state, "confirmed")
        needs = {m.product_id: m.product_uom_qty for m in production.move_raw_ids}
        self.assertEqual(needs, {self.paper_core: 2.8, self.paper_liner: 0.52, self.glue: 0.375})
        tape_move = tape_line.sudo().move_ids
        self.assertEqual((tape_move.state, tape_move.quantity), ("assigned", 10))
        profile_move = profile_line.sudo().move_ids.filtered(lambda m: not m.production_id)
        self.assertEqual(
            (profile_move.state, profile_move.piece_qty, profile_move.piece_length_mm),
            ("waiting", 10, 2500),
        )
        report = self.env["cantoneira.availability"]._report({self.paper_core: 0}, self.warehouse)
        self.assertEqual((report[0].promised, report[0].free), (2.8, 147.2))

    def test_the_order_is_told_when_its_paper_is_lost(self):
        """The order, its production and nobody else hear of a count below what was promised."""
        kept = self.make_order(self.composite(10, 2500), confirm=True)
        lost = self.make_order(self.composite(10, 2500), confirm=True)
        free = self.paper_core.product_tmpl_id.free_to_promise_qty
        with self.env["cantoneira.availability"]._watch_cover(
            self.paper_core, self.warehouse, "Contagem"
        ):
            self.put_in_stock(self.paper_core, -free - 1)
        production = lost.sudo().order_line.production_ids
        self.assertEqual((len(lost.activity_ids), len(production.activity_ids)), (1, 1))
        self.assertIn("1 kg", lost.message_ids[0].body)
        self.assertFalse(kept.activity_ids | kept.sudo().order_line.production_ids.activity_ids)

    def test_one_production_per_line(self):
        order = self.make_order(
            self.composite(10, 2500),
            self.composite(3, 1237),
            self.composite(10, 2500),
            confirm=True,
        )
        for line in order.order_line:
            production = line.sudo().production_ids
            self.assertEqual(len(production), 1)
            self.assertEqual(production.product_qty, line.product_uom_qty)
            self.assertEqual(production.piece_length_mm, line.piece_length_mm)
            fed = production.move_finished_ids.move_dest_ids
            self.assertEqual(fed.sale_line_id, line.sudo())

    def test_a_quotation_is_never_blocked(self):
        order = self.make_order(self.composite(2000, 20_000), self.resale(10_000))
        self.assertEqual(order.state, "draft")
        order.action_quotation_sent()
        self.assertEqual(order.state, "sent")

    def test_missing_is_listed_with_numbers(self):
        """Papers shared by several lines are summed; every missing thing is named."""
        order = self.make_order(
            self.composite(400, 2500), self.composite(200, 2500), self.resale(151)
        )
        with self.assertRaises(ShortageError) as refused:
            order.action_confirm()
        message = str(refused.exception)
        self.assertIn("Bobina Kraft 400g – 70mm: need 168 kg, free 150 kg, missing 18 kg", message)
        self.assertIn("Cola PVA: need 22.5 kg, free 5 kg, missing 17.5 kg", message)
        self.assertIn("need 151 Units, free 150 Units, missing 1 Units", message)
        self.assertNotIn("130g", message)

    def test_refused_confirmation_leaves_nothing(self):
        order = self.make_order(self.composite(10_000, 2500))
        productions = self.env["mrp.production"].search_count([])
        with self.assertRaises(ShortageError), self.env.cr.savepoint():
            order.action_confirm()
        order.invalidate_recordset()
        self.assertEqual(order.state, "draft")
        self.assertEqual(self.env["mrp.production"].search_count([]), productions)

    def test_what_others_were_promised_is_not_free(self):
        self.make_order(self.composite(100, 2500), confirm=True)
        order = self.make_order(self.composite(50, 2500))
        with self.assertRaisesRegex(ShortageError, "Cola PVA: need 1.875 kg, free 1.25 kg"):
            order.action_confirm()

    def test_orders_confirmed_together_do_not_share(self):
        orders = self.make_order(self.composite(100, 2500)) + self.make_order(
            self.composite(100, 2500)
        )
        with self.assertRaisesRegex(ShortageError, "Cola PVA: need 3.75 kg, free 1.25 kg"):
            orders.action_confirm()

    def test_salesperson_may_not_override(self):
        order = self.make_order(self.composite(400, 2500))
        with self.assertRaisesRegex(UserError, "may not confirm"):
            order.with_context(shortage_override_reason="because").action_confirm()

    def test_manager_overrides_with_a_reason_in_the_history(self):
        order = self.make_order(self.composite(400, 2500)).with_user(self.sales_manager)
        with self.assertRaises(ShortageError):
            order.action_confirm()
        wizard = self.env["cantoneira.confirm.override"].with_user(self.sales_manager)
        wizard.create({"order_id": order.id, "reason": "Glue arrives tomorrow"}).action_confirm()
        self.assertEqual(order.state, "sale")
        history = "".join(order.message_ids.mapped("body"))
        self.assertIn("Glue arrives tomorrow", history)
        self.assertIn("Cola PVA: need 15 kg, free 5 kg, missing 10 kg", history)

    def test_company_that_only_warns(self):
        self.company.shortage_policy = "warn"
        order = self.make_order(self.composite(400, 2500), confirm=True)
        self.assertEqual(order.state, "sale")
        self.assertIn("Cola PVA: need 15 kg", "".join(order.message_ids.mapped("body")))

    # ------------------------------------------------------------------- credit
    def test_credit_limit(self):
        self.company.account_use_credit_limit = True
        self.customer.credit_limit = 250
        self.make_order(self.composite(10, 2500), confirm=True)
        order = self.make_order(self.composite(5, 2500))
        refused = r"credit limit of.*250.*owes.*200.*100.*50"
        with self.assertRaisesRegex(UserError, refused), self.env.cr.savepoint():
            order.action_confirm()
        order.invalidate_recordset()
        self.assertEqual(order.state, "draft")
        manager = order.with_user(self.sales_manager)
        manager = manager.with_context(shortage_override_reason="Paid in advance")
        with self.assertRaisesRegex(UserError, refused), self.env.cr.savepoint():
            manager.action_confirm()
        # Only where the company says so.
        self.company.credit_override = True
        order.invalidate_recordset()
        manager.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertIn("Paid in advance", "".join(order.message_ids.mapped("body")))

    def test_order_within_the_credit_limit(self):
        self.company.account_use_credit_limit = True
        self.customer.credit_limit = 200
        self.assertEqual(self.make_order(self.composite(10, 2500), confirm=True).state, "sale")

    # ------------------------------------------------------- a way to make it
    def test_profile_without_recipe(self):
        product = self.make_profile("Cantoneira sem receita", (30, 30, 2), price=5)
        product.categ_id = self.profile.categ_id
        order = self.make_order(self.composite(1, 1000, product))
        with self.assertRaisesRegex(UserError, "has no recipe"):
            order.action_confirm()

    def test_profile_whose_route_is_archived(self):
        """Odoo would deliver it from nothing without a word."""
        self.env.ref("stock.route_warehouse0_mto").active = False
        order = self.make_order(self.composite(10, 2500))
        with self.assertRaisesRegex(UserError, "is archived"):
            order.action_confirm()

    # ------------------------------------------------------- after confirming
    def test_line_added_to_a_confirmed_order_is_promised_too(self):
        order = self.make_order(self.composite(10, 2500), confirm=True)
        with self.assertRaises(ShortageError):
            order.write({"order_line": [(0, 0, self.composite(1000, 2500))]})
        order.write({"order_line": [(0, 0, self.composite(2, 1000))]})
        self.assertEqual(order.order_line[1].sudo().production_ids.product_qty, 2)

    def test_resale_that_grows_is_promised_too(self):
        order = self.make_order(self.resale(100), confirm=True)
        with self.assertRaisesRegex(ShortageError, "need 100 Units, free 50 Units"):
            order.order_line.product_uom_qty = 200
        order.order_line.product_uom_qty = 150
        self.assertEqual(sum(order.order_line.sudo().move_ids.mapped("product_uom_qty")), 150)
