from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import CantoneiraMrpCase


@tagged("post_install", "-at_install")
class TestRecipe(CantoneiraMrpCase):
    """Layers and grams fill ordinary quantities; weight, cost and margin follow."""

    def line(self, product):
        return self.recipe.bom_line_ids.filtered(lambda line: line.product_id == product)

    def test_new_profile_weighs_its_recipe_once(self):
        """With the profile's lines in the cache while its recipe is created."""
        profile = self.make_profile("Cantoneira nova", (30, 30, 2), price=5)
        self.assertFalse(profile.recipe_line_ids)
        self.make_recipe(profile, layers={self.paper_core: 4})
        self.assertEqual(profile.linear_weight, 112)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(profile.linear_weight, 112)

    def test_seed_numbers(self):
        self.assertEqual(self.line(self.paper_core).grams_per_metre, 112)
        self.assertEqual(self.line(self.paper_liner).grams_per_metre, 20.8)
        self.assertEqual(self.line(self.glue).grams_per_metre, 15)
        self.assertEqual(self.recipe.bom_line_ids.mapped("product_qty"), [0.112, 0.0208, 0.015])
        self.assertEqual(self.recipe.linear_weight, 147.8)
        self.assertEqual(self.profile.linear_weight, 147.8)

    def test_seed_money(self):
        costs = self.recipe.bom_line_ids.mapped("cost_per_metre")
        self.assertEqual(costs, [1.344, 0.208, 0.45])
        for record in (self.recipe, self.profile.product_tmpl_id):
            self.assertEqual(record.recipe_cost_exact, 2.002)
            self.assertEqual(record.recipe_cost_per_metre, 2.00)
            self.assertEqual(record.markup_percent, 300)
            self.assertEqual(record.margin_percent, 75)
            self.assertEqual(record.margin_amount, 6)

    def test_nothing_to_compare_without_recipe(self):
        other = self.make_profile("Cantoneira sem receita", (40, 40, 3), price=8)
        self.assertEqual(other.recipe_cost_per_metre, 0)
        self.assertEqual(other.markup_percent, 0)
        self.assertEqual(other.margin_percent, 0)
        self.assertEqual(other.margin_amount, 0)

    def test_typed_on_the_profile(self):
        """Flow 2 of the specification, as a plain production manager types it."""
        with Form(
            self.env["product.template"]
            .with_user(self.production_manager)
            .with_context(
                default_composite_length=True,
                default_is_storable=True,
                default_uom_id=self.metre.id,
                default_categ_id=self.category_profiles.id,
            ),
            view="product.product_template_only_form_view",
        ) as form:
            form.name = "Cantoneira 60x60x4mm"
            form.list_price = 8
            for material, layers, grams, weight in (
                (self.paper_core, 4, 112, 112),
                (self.paper_liner, 1, 20.8, 132.8),
            ):
                with form.recipe_line_ids.new() as line:
                    line.product_id = material
                    line.layer_count = layers
                    self.assertEqual(line.grams_per_metre, grams)
                self.assertEqual(form.linear_weight, weight)
            with form.recipe_line_ids.new() as line:
                line.product_id = self.glue
                line.grams_per_metre = 15
                self.assertEqual(line.cost_per_metre, 0.45)
            self.assertEqual(form.linear_weight, 147.8)
            self.assertEqual(form.recipe_cost_per_metre, 2)
            self.assertEqual(form.markup_percent, 300)
            self.assertEqual(form.margin_percent, 75)
            self.assertEqual(form.margin_amount, 6)
        profile = form.record
        recipe = profile.bom_ids
        self.assertEqual(len(recipe), 1)
        self.assertTrue(recipe.is_current_recipe)
        self.assertEqual(recipe.product_qty, 1)
        self.assertEqual(recipe.product_uom_id, self.metre)
        self.assertEqual(recipe.bom_line_ids.mapped("product_qty"), [0.112, 0.0208, 0.015])
        self.assertEqual(recipe.bom_line_ids.product_uom_id, self.kg)
        self.assertEqual(profile.linear_weight, 147.8)
        self.assertEqual(profile.standard_price, 2.002)

    def test_cost_of_a_profile_is_not_typed(self):
        form = Form(
            self.profile.product_tmpl_id.with_user(self.production_manager),
            view="product.product_template_only_form_view",
        )
        with self.assertRaisesRegex(AssertionError, "readonly"):
            form.standard_price = 5
        form.list_price = 10
        self.assertEqual(form.markup_percent, 400)
        self.assertEqual(form.margin_amount, 8)

    def test_edited_on_the_profile(self):
        with Form(
            self.profile.product_tmpl_id.with_user(self.production_manager),
            view="product.product_template_only_form_view",
        ) as form:
            with form.recipe_line_ids.edit(0) as line:
                line.layer_count = 5
            self.assertEqual(form.linear_weight, 175.8)
            form.recipe_line_ids.remove(2)
            self.assertEqual(form.linear_weight, 160.8)
        self.assertEqual(self.profile.linear_weight, 160.8)
        self.assertEqual(self.recipe.bom_line_ids.mapped("product_qty"), [0.14, 0.0208])

    def test_typed_in_the_bill_of_materials(self):
        profile = self.make_profile("Cantoneira 30x30x3mm", (30, 30, 3), price=8)
        with Form(self.env["mrp.bom"].with_user(self.production_manager)) as form:
            form.product_tmpl_id = profile.product_tmpl_id
            with form.bom_line_ids.new() as line:
                line.product_id = self.paper_core
                line.layer_count = 2
                self.assertEqual(line.grams_per_metre, 56)
                self.assertEqual(line.product_qty, 0.056)
            with form.bom_line_ids.new() as line:
                line.product_id = self.glue
                line.grams_per_metre = 7.25
                self.assertEqual(line.product_qty, 0.00725)
            self.assertEqual(form.linear_weight, 63.25)
        self.assertEqual(profile.linear_weight, 63.25)

    def test_ordinary_bills_are_untouched(self):
        table = self.make_resale("Mesa")
        leg, screw = self.make_resale("Perna"), self.make_resale("Parafuso")
        bom = self.env["mrp.bom"].create(
            {
                "product_tmpl_id": table.product_tmpl_id.id,
                "bom_line_ids": [
                    Command.create({"product_id": leg.id, "product_qty": 4}),
                    Command.create({"product_id": screw.id}),
                    Command.create({"product_id": self.glue.id, "product_qty": 0.5}),
                    Command.create({"product_id": self.paper_core.id, "product_qty": 0}),
                ],
            }
        )
        self.assertFalse(bom.is_recipe)
        self.assertEqual(bom.bom_line_ids.mapped("product_qty"), [4, 1, 0.5, 0])
        self.assertFalse(bom.bom_line_ids.recipe_tmpl_id)
        self.assertEqual(table.linear_weight, 0)
        self.paper_core.grammage = 420
        self.assertEqual(bom.bom_line_ids.mapped("product_qty"), [4, 1, 0.5, 0])

    def test_unit_bought_by_piece_in_a_recipe(self):
        label = self.make_material("Etiqueta", uom_id=self.unit.id, cost=0.1)
        self.recipe.bom_line_ids = [Command.create({"product_id": label.id, "product_qty": 0.5})]
        self.assertEqual(self.profile.linear_weight, 147.8)
        self.assertEqual(self.profile.recipe_cost_exact, 2.052)
        self.assertEqual(self.recipe.bom_line_ids.mapped("product_qty")[-1], 0.5)

    def test_recipe_in_grams_of_a_thousand_metres(self):
        """Another unit, another size: the grams per metre are the same."""
        gram = self.env.ref("uom.product_uom_gram")
        self.recipe.product_qty = 1000
        self.assertEqual(self.recipe.bom_line_ids.mapped("product_qty"), [112, 20.8, 15])
        self.line(self.glue).product_uom_id = gram
        self.assertEqual(self.line(self.glue).product_qty, 15000)
        self.assertEqual(self.profile.linear_weight, 147.8)
        self.assertEqual(self.profile.recipe_cost_exact, 2.002)

    def test_ordinary_bill_becomes_a_recipe(self):
        """What was typed in kg is read as layers and grams, or refused."""
        profile = self.make_resale("Cantoneira antiga", uom_id=self.metre.id)
        bom = self.env["mrp.bom"].create(
            {
                "product_tmpl_id": profile.product_tmpl_id.id,
                "product_qty": 100,
                "product_uom_id": self.metre.id,
                "bom_line_ids": [
                    Command.create({"product_id": self.paper_core.id, "product_qty": 11.3}),
                    Command.create({"product_id": self.glue.id, "product_qty": 1.5}),
                ],
            }
        )
        with self.assert_refused("113 g/m are no whole number of layers of 28", ValidationError):
            profile.composite_length = True
        self.assertEqual(bom.bom_line_ids.mapped("product_qty"), [11.3, 1.5])
        bom.bom_line_ids[0].product_qty = 11.2
        profile.composite_length = True
        self.assertEqual(bom.bom_line_ids.mapped("product_qty"), [11.2, 1.5])
        self.assertEqual(bom.bom_line_ids.mapped("layer_count"), [4, 0])
        self.assertEqual(profile.linear_weight, 127)
        self.assertEqual(profile.recipe_line_ids, bom.bom_line_ids)

    def test_a_longer_list_of_profiles_asks_no_more(self):
        profiles = self.profile.product_tmpl_id
        for number in range(10):
            profile = self.make_profile(f"Cantoneira {number}", (40, 40, 3), price=8)
            self.make_recipe(profile, layers={self.paper_core: 3}, grams={self.glue: 5})
            profiles |= profile.product_tmpl_id
        names = ["name", "linear_weight", "recipe_cost_per_metre", "margin_percent"]

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.read(names)
            return self.env.cr.sql_log_count - before

        count(profiles)
        self.assertEqual(count(profiles[:2]), count(profiles))

    def test_in_portuguese(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        recipe = self.recipe.with_context(lang="pt_BR")
        with self.assert_refused("digite quantas camadas, pelo menos 1", ValidationError):
            recipe.bom_line_ids[0].layer_count = 0
        arch = (
            self.env["product.template"]
            .with_context(lang="pt_BR")
            .get_view(self.env.ref("product.product_template_only_form_view").id, "form")["arch"]
        )
        self.assertIn("Receita", arch)
        self.assertNotIn('"Recipe"', arch)

    # ------------------------------------------------------------ what cannot be
    def refuse(self, values, *words):
        with self.assertRaises(ValidationError) as refused:
            self.recipe.bom_line_ids = [Command.create(values)]
        for word in words:
            self.assertIn(word, str(refused.exception))

    def test_paper_without_layers(self):
        self.refuse({"product_id": self.paper_core.id, "layer_count": -1}, "Kraft 400g", "-1")

    def test_glue_has_no_layers(self):
        self.refuse(
            {"product_id": self.glue.id, "layer_count": 2, "grams_per_metre": 1}, "Cola PVA", "2"
        )

    def test_glue_without_grams(self):
        self.refuse({"product_id": self.glue.id}, "Cola PVA", "grams")

    def test_paper_with_other_grams(self):
        values = {"product_id": self.paper_core.id, "layer_count": 4, "grams_per_metre": 100}
        self.refuse(values, "112", "100")

    def test_quantity_that_contradicts_the_grams(self):
        values = {"product_id": self.glue.id, "grams_per_metre": 15, "product_qty": 2}
        self.refuse(values, "0.015", "2")

    def test_unit_of_another_kind(self):
        """Odoo would take 1 m for 1 kg without a word."""
        values = {"product_id": self.tape.id, "product_uom_id": self.kg.id, "grams_per_metre": 1}
        self.refuse(values, "Fita", "kg")
        with self.assertRaisesRegex(ValidationError, "Cola PVA is counted in kg"):
            self.line(self.glue).product_uom_id = self.metre

    def test_recipe_for_kilos_of_profile(self):
        with self.assertRaisesRegex(ValidationError, "counted in m"):
            self.recipe.product_uom_id = self.kg

    def test_recipe_of_what_has_no_length(self):
        with self.assertRaisesRegex(ValidationError, "Fita"):
            self.tape.product_tmpl_id.recipe_line_ids = [
                Command.create({"product_id": self.glue.id, "grams_per_metre": 1})
            ]
