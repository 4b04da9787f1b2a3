from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.cantoneira_stock.models.availability import ShortageError

from .common import CantoneiraMrpCase


@tagged("post_install", "-at_install")
class TestRecipeChange(CantoneiraMrpCase):
    """A paper's measures reach recipes, cost and what is still to be made."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fill_stock(core=10)

    def test_grammage_reaches_the_recipe(self):
        self.paper_core.grammage = 420
        line = self.recipe.bom_line_ids[0]
        self.assertEqual(line.grams_per_metre, 117.6)
        self.assertEqual(line.product_qty, 0.1176)
        self.assertEqual(self.profile.linear_weight, 153.4)
        self.assertEqual(self.profile.recipe_cost_exact, 2.0692)
        self.assertEqual(self.profile.standard_price, 2.0692)

    def test_width_reaches_every_recipe(self):
        other = self.make_profile("Cantoneira 40x40x3mm", (40, 40, 3))
        self.make_recipe(other, layers={self.paper_core: 2})
        self.paper_core.reel_width_mm = 80
        self.assertEqual(other.linear_weight, 64)
        self.assertEqual(self.profile.linear_weight, 163.8)

    def test_outdated(self):
        """What is not begun is flagged, and follows when someone says so."""
        order, draft = self.make_order(), self.make_order(confirm=False)
        begun = self.make_order(5, 2500)
        begun.action_start()
        self.paper_core.grammage = 420
        self.assertTrue(order.is_outdated_bom)
        self.assertTrue(draft.is_outdated_bom)
        self.assertFalse(begun.is_outdated_bom)
        self.assert_needs(order, core=2.8)
        (order | draft).action_update_bom()
        self.assertFalse(order.is_outdated_bom)
        self.assert_needs(order, core=2.94, liner=0.52, glue=0.375)
        self.assertEqual(self.raw(order, self.paper_core).planned_qty, 2.94)
        self.assert_needs(draft, core=2.94)
        self.assert_needs(begun, core=1.4)

    def test_updated_order_is_exact(self):
        """Core rounds the kg of one metre and multiplies: 3.5 g off on this order."""
        self.fill_stock(2000, 2000, 2000)
        order = self.make_order(2000, 3500)
        self.paper_liner.write({"grammage": 130.05, "reel_width_mm": 160.5})
        order.action_update_bom()
        self.assert_needs(order, liner=146.111175)

    def test_heavier_recipe_is_promised(self):
        self.make_order(10, 2500)
        order = self.make_order(20, 2500)
        self.paper_core.grammage = 800
        with self.assert_refused("need 5.6 kg, free 1.6 kg, missing 4 kg", ShortageError):
            order.action_update_bom()
        self.assertTrue(order.is_outdated_bom)

    def test_line_typed_on_the_profile_flags_too(self):
        order = self.make_order()
        profile = self.profile.product_tmpl_id.with_user(self.production_manager)
        profile.recipe_line_ids = [
            Command.update(self.recipe.bom_line_ids[0].id, {"layer_count": 5})
        ]
        self.assertTrue(order.is_outdated_bom)

    def test_line_added_and_taken_out(self):
        order = self.make_order()
        ink = self.make_material("Tinta azul", "ink", cost=50)
        line = self.env["mrp.bom.line"].create(
            {"bom_id": self.recipe.id, "product_id": ink.id, "grams_per_metre": 2}
        )
        self.assertEqual(self.profile.recipe_cost_exact, 2.102)
        self.assertTrue(order.is_outdated_bom)
        order.is_outdated_bom = False
        line.unlink()
        self.assertTrue(order.is_outdated_bom)
        self.assertEqual(self.profile.standard_price, 2.002)

    def test_reordering_lines_changes_nothing(self):
        order = self.make_order()
        self.recipe.bom_line_ids[0].sequence = 9
        self.assertFalse(order.is_outdated_bom)

    def test_current_recipe_is_what_production_takes(self):
        lighter = self.env["mrp.bom"].create(
            {
                "product_tmpl_id": self.profile.product_tmpl_id.id,
                "sequence": 20,
                "bom_line_ids": [
                    Command.create({"product_id": self.paper_core.id, "layer_count": 2})
                ],
            }
        )

        def current():
            found = self.env["mrp.bom"]._bom_find(self.profile, bom_type="normal")[self.profile]
            marked = self.profile.bom_ids.filtered("is_current_recipe")
            self.assertEqual(marked, found)
            self.assertEqual(self.profile.recipe_line_ids, found.bom_line_ids)
            self.assertEqual(self.profile.linear_weight, found.linear_weight)
            self.assertAlmostEqual(self.profile.standard_price, found.recipe_cost_exact, 6)
            return found

        self.assertEqual(lighter.product_uom_id, self.metre)
        self.assertEqual(current(), self.recipe)
        lighter.sequence = -1
        self.assertEqual(current(), lighter)
        lighter.active = False
        self.assertEqual(current(), self.recipe)
        lighter.active = True
        self.recipe.unlink()
        self.assertEqual(current(), lighter)

    def test_copied_recipe_is_not_in_use(self):
        copy = self.recipe.copy()
        self.assertFalse(copy.is_current_recipe)
        self.assertEqual(copy.bom_line_ids.mapped("product_qty"), [0.112, 0.0208, 0.015])
        self.assertEqual(self.profile.linear_weight, 147.8)

    def test_each_company_has_its_recipe(self):
        other = self.env["res.company"].create({"name": "Filial Cantoneiras"})
        self.recipe.company_id = self.company
        lighter = self.make_recipe(self.profile, layers={self.paper_core: 2})
        lighter.company_id = other
        self.paper_core.with_company(other).standard_price = 20
        here, there = (
            self.profile.product_tmpl_id.with_company(company) for company in (self.company, other)
        )
        self.assertTrue(self.recipe.is_current_recipe and lighter.is_current_recipe)
        self.assertEqual((here.recipe_cost_exact, there.recipe_cost_exact), (2.002, 1.12))
        self.assertEqual((here._current_recipe(), there._current_recipe()), (self.recipe, lighter))
        self.assertEqual((here.standard_price, there.standard_price), (2.002, 1.12))
        self.assertEqual(self.profile.linear_weight, 147.8)
        needs = self.env["product.product"]._material_needs({self.profile: 10}, other)
        self.assertEqual(needs, {self.paper_core: 0.56})

    # ------------------------------------------------------------------ cost
    def test_recipe_cost(self):
        """A material's new cost reaches standard costs, whoever brings it."""
        self.assertEqual(self.profile.standard_price, 2.002)
        receipt = self.make_receipt(self.paper_core, 10)
        receipt.with_user(self.stock_user).button_validate()
        self.assertEqual(self.profile.standard_price, 2.002)
        receipt.move_ids.value_manual = 180
        self.assertEqual(self.paper_core.standard_price, 18)
        self.assertEqual(self.profile.standard_price, 2.674)
        self.assertEqual(self.profile.recipe_cost_per_metre, 2.67)

    def test_cost_of_the_paper_does_not_touch_what_is_not_standard(self):
        self.category_profiles.property_cost_method = "average"
        self.profile.standard_price = 5
        self.paper_core.standard_price = 20
        self.assertEqual(self.profile.standard_price, 5)

    def test_closing_an_order_leaves_the_cost_alone(self):
        """The waste of one order is not the price of the next quotation."""
        order = self.make_order()
        order.action_start()
        order.pieces_producing = 10
        self.raw(order, self.paper_core).quantity = 3
        order.with_context(skip_consumption=True).button_mark_done()
        self.assertEqual(self.profile.standard_price, 2.002)
        self.assertEqual(self.profile.total_value, 50.05)

    def test_cron_refreshes_every_company(self):
        self.profile.with_context(disable_auto_revaluation=True).standard_price = 1
        self.env.ref("cantoneira_mrp.ir_cron_refresh_costs").ir_actions_server_id.run()
        self.assertEqual(self.profile.standard_price, 2.002)

    # ------------------------------------------------------------- still used
    def test_used_paper(self):
        """Neither archived nor deleted; the sentence names the recipes."""
        for what in (self.paper_core, self.paper_core.product_tmpl_id):
            with self.assert_refused("Kraft 400g.*recipes of Cantoneira 50x50x3mm"):
                what.with_user(self.stock_user).action_archive()
            with self.assert_refused("recipes of Cantoneira 50x50x3mm"):
                what.with_user(self.stock_user).unlink()
        self.recipe.active = False
        spare = self.make_paper("Bobina parada", 100, 100)
        spare.action_archive()
        self.assertFalse(spare.active)

    def test_storekeeper_corrects_a_paper(self):
        """May not touch recipes or orders; they follow all the same."""
        order = self.make_order()
        with self.assertRaises(AccessError):
            self.recipe.with_user(self.stock_user).bom_line_ids[0].layer_count = 3
        self.paper_core.with_user(self.stock_user).grammage = 420
        self.assertEqual(self.profile.linear_weight, 153.4)
        self.assertTrue(order.is_outdated_bom)
