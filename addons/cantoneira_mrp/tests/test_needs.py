from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import Command
from odoo.tests import tagged

from odoo.addons.cantoneira_stock import arithmetic

from .common import CantoneiraMrpCase

exactly = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@tagged("post_install", "-at_install")
class TestNeeds(CantoneiraMrpCase):
    """What is promised is what production asks for."""

    def needs(self, quantities):
        return self.env["product.product"]._material_needs(quantities, self.company)

    def test_seed(self):
        self.assertEqual(
            self.needs({self.profile: 25, self.tape: 10}),
            {self.paper_core: 2.8, self.paper_liner: 0.52, self.glue: 0.375, self.tape: 10},
        )

    def test_papers_are_summed_over_profiles_and_layers(self):
        other = self.make_profile("Cantoneira 40x40x3mm", (40, 40, 3))
        recipe = self.make_recipe(other, layers={self.paper_core: 2}, grams={self.glue: 5})
        recipe.bom_line_ids = [Command.create({"product_id": self.paper_core.id, "layer_count": 1})]
        self.assertEqual(
            self.needs({self.profile: 25, other: 10}),
            {self.paper_core: 3.64, self.paper_liner: 0.52, self.glue: 0.425},
        )

    def test_one_rounding_for_each_line(self):
        """Four lines of 1 × 1,237 mm are four orders, not one of 4.948 m."""
        self.fill_stock()
        orders = [self.make_order(1, 1237) for _each in range(4)]
        asked = sum(self.raw(order, self.paper_liner).product_uom_qty for order in orders)
        self.assertAlmostEqual(self.needs({self.profile: [1.237] * 4})[self.paper_liner], asked, 9)
        self.assertEqual(self.needs({self.profile: [1.237] * 4})[self.paper_liner], 0.10292)
        self.assertEqual(self.needs({self.profile: 4.948})[self.paper_liner], 0.102918)

    def test_without_recipe_needs_itself(self):
        other = self.make_profile("Cantoneira sem receita", (40, 40, 3))
        self.assertEqual(self.needs({other: 10}), {other: 10})

    def test_recipe_of_what_is_kept_on_the_shelf(self):
        """An ordinary product with a bill of materials is sold from stock."""
        box = self.make_resale("Caixa")
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": box.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": self.glue.id, "product_qty": 1})],
            }
        )
        self.assertEqual(self.needs({box: 3}), {box: 3})
        box.categ_id = self.category_profiles
        self.assertEqual(self.needs({box: 3}), {self.glue: 3})

    def test_kit_in_a_recipe(self):
        """Core explodes it further, and so does the promise."""
        kit = self.make_resale("Kit de fechamento")
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": self.tape.id, "product_qty": 2}),
                ],
            }
        )
        self.recipe.bom_line_ids = [Command.create({"product_id": kit.id, "product_qty": 0.1})]
        self.fill_stock()
        self.put_in_stock(self.tape, 100)
        order = self.make_order(10, 2500)
        needs = self.needs({self.profile: 25})
        self.assertEqual(needs[self.tape], 5)
        self.assertEqual(needs, {m.product_id: m.product_uom_qty for m in order.move_raw_ids})

    def test_queries_do_not_grow(self):
        profiles = self.profile
        for number in range(20):
            profile = self.make_profile(f"Cantoneira {number}", (40, 40, 3))
            self.make_recipe(profile, layers={self.paper_core: 3}, grams={self.glue: 5})
            profiles |= profile

        def count(products):
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.needs({product: [10, 20] for product in products})
            return self.env.cr.sql_log_count - before

        few, many = count(profiles[:2]), count(profiles)
        self.assertEqual(few, many)
        self.assertLessEqual(many, 14)

    def test_explosion(self):
        """Exploding is arithmetic, for any recipe and any order."""
        core, liner, glue = self.recipe.bom_line_ids

        @exactly
        @given(
            layers=st.integers(1, 12),
            grams=st.decimals("0.001", "90", places=3),
            pieces=st.integers(1, 5000),
            halves=st.integers(1, 40_000),
        )
        def check(layers, grams, pieces, halves):
            core.layer_count = layers
            glue.grams_per_metre = float(grams)
            length = arithmetic.exact(halves) / 2
            metres = arithmetic.round_half_up(arithmetic.metres(pieces, length), 6)
            _boms, lines = self.recipe.explode(self.profile, float(metres))
            exploded = {line: data["qty"] for line, data in lines}
            weights = {core: 28 * layers, liner: "20.8", glue: grams}
            for line, weight in weights.items():
                need = arithmetic.round_half_up(arithmetic.material_kg(metres, weight), 6)
                self.assertEqual(arithmetic.exact(exploded[line]), need.normalize())
            needs = self.needs({self.profile: float(metres)})
            self.assertEqual(needs, {line.product_id: qty for line, qty in exploded.items()})

        check()

    def test_recipe_of_three_metres(self):
        self.recipe.product_qty = 3
        self.assertEqual(
            self.needs({self.profile: 25}),
            {self.paper_core: 2.8, self.paper_liner: 0.52, self.glue: 0.375},
        )


@tagged("post_install", "-at_install")
class TestManufactureProblem(CantoneiraMrpCase):
    """Odoo delivers from nothing without a word when routes make nothing."""

    def problem(self, product=None):
        return (product or self.profile)._manufacture_problem(self.warehouse)

    def test_seed_is_made(self):
        self.assertFalse(self.problem())

    def test_resale_is_no_problem(self):
        self.assertFalse(self.problem(self.tape))

    def test_no_recipe(self):
        self.recipe.active = False
        self.assertRegex(self.problem(), "Cantoneira 50x50x3mm has no recipe")
        self.recipe.active = True
        self.assertFalse(self.problem())
        self.recipe.bom_line_ids.unlink()
        self.assertRegex(self.problem(), "Cantoneira 50x50x3mm has no recipe")

    def test_route_archived(self):
        self.env.ref("stock.route_warehouse0_mto").active = False
        self.assertRegex(self.problem(), r"MTO\)?” is archived")

    def test_route_missing(self):
        resale = self.env.ref("cantoneira_stock.category_resale")
        self.profile.categ_id = resale
        self.assertRegex(self.problem(), f"nor its category “{resale.name}” has the route")
        self.profile.route_ids = self.env.ref("stock.route_warehouse0_mto")
        self.assertFalse(self.problem())

    def test_no_manufacture(self):
        self.warehouse.manufacture_to_resupply = False
        self.assertRegex(self.problem(), "no rule of the warehouse")

    def test_other_delivery_steps(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        self.warehouse.manufacture_steps = "pbm_sam"
        self.assertFalse(self.problem())

    def test_batched(self):
        profiles = self.profile
        for number in range(10):
            profile = self.make_profile(
                f"Cantoneira {number}", (40, 40, 3), categ_id=self.category_profiles.id
            )
            self.make_recipe(profile, layers={self.paper_core: 3})
            profiles |= profile
        bare = self.make_profile("Sem receita", (1, 1, 1), categ_id=self.category_profiles.id)
        problems = (profiles | bare | self.tape)._manufacture_problems(self.warehouse)
        self.assertEqual(list(problems), [bare])

        def count(products):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            products._manufacture_problems(self.warehouse)
            return self.env.cr.sql_log_count - before

        self.assertEqual(count(profiles[:2]), count(profiles))


@tagged("post_install", "-at_install")
class TestSetUp(CantoneiraMrpCase):
    """Categories, warehouses and companies that come later are right too."""

    def test_category_kind(self):
        mto = self.env.ref("stock.route_warehouse0_mto")
        category = self.env["product.category"].create(
            {"name": "Cantoneiras especiais", "product_kind": "manufactured"}
        )
        self.assertIn(mto, category.route_ids)
        self.assertEqual(category.property_cost_method, "standard")
        category.product_kind = "material"
        self.assertNotIn(mto, category.route_ids)
        self.assertEqual(category.property_cost_method, "average")
        child = self.env["product.category"].create(
            {"name": "Filha", "parent_id": self.category_profiles.id}
        )
        self.assertEqual(child.product_kind, "manufactured")
        self.assertEqual(child.property_cost_method, "standard")
        self.assertEqual(self.paper_core.cost_method, "average")
        self.assertEqual(self.profile.cost_method, "standard")

    def test_new_company(self):
        company = self.env["res.company"].create({"name": "Filial Cantoneiras"})
        self.assertEqual(self.paper_core.with_company(company).cost_method, "average")
        self.assertEqual(self.profile.with_company(company).cost_method, "standard")
        self.assertEqual(company.consumption_tolerance_percent, 10)
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)])
        self.assertEqual(warehouse.manu_type_id.sequence_id.prefix, "OP-")

    def test_warehouse(self):
        """Orders of two warehouses of one company never have one name."""
        main = self.warehouse.manu_type_id
        self.assertEqual(main.reservation_method, "manual")
        self.assertEqual(main.sequence_id.prefix, "OP-")
        other = self.env["stock.warehouse"].create({"name": "Filial", "code": "FIL"})
        self.assertEqual(other.manu_type_id.reservation_method, "manual")
        self.assertEqual(other.manu_type_id.sequence_id.prefix, "OP-FIL-")
        self.warehouse.code = "MAT"
        self.assertEqual(main.sequence_id.prefix, "OP-")

    def test_warehouse_follows(self):
        """A company that chose otherwise for its first warehouse has it so in the next one."""
        main = self.warehouse.manu_type_id
        main.reservation_method = "at_confirm"
        main.sequence_id.prefix = "ORD-"
        other = self.env["stock.warehouse"].create({"name": "Filial", "code": "FIL"})
        self.assertEqual(other.manu_type_id.reservation_method, "at_confirm")
        self.assertEqual(other.manu_type_id.sequence_id.prefix, "FIL/MO/")

    def test_home(self):
        home = self.env["cantoneira.home"]
        everything = self.env.ref("cantoneira_mrp.action_production_orders").id
        self.assertEqual(home.with_user(self.production_manager)._home_action()["id"], everything)
        # An addon above may have a better screen for operators than the shop floor's list.
        self.assertNotEqual(home.with_user(self.production_user)._home_action()["id"], everything)

    def test_menus(self):
        def seen(user):
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            return self.env.ref("cantoneira_mrp.menu_production").id in visible

        self.assertTrue(seen(self.production_user))
        self.assertTrue(seen(self.production_manager))
        self.assertFalse(seen(self.stock_user))
