import ast

from lxml import etree

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import CantoneiraStockCase


@tagged("post_install", "-at_install")
class TestMaterials(CantoneiraStockCase):
    def new_material_form(self):
        """What the storekeeper sees after *Papers and supplies* > *New*."""
        action = self.env["ir.actions.actions"]._for_xml_id("cantoneira_stock.action_materials")
        context = ast.literal_eval(action["context"])
        return Form(
            self.env["product.template"].with_user(self.stock_user).with_context(**context),
            view="product.product_template_only_form_view",
        )

    def test_a_storekeeper_creates_a_paper_and_sees_its_weight_while_typing(self):
        form = self.new_material_form()
        form.name = "Bobina Kraft 400g – 70mm"
        self.assertEqual(form.material_type, "kraft_paper")
        form.grammage = 400
        form.reel_width_mm = 70
        self.assertEqual(form.linear_weight, 28)
        form.grammage = 130
        form.reel_width_mm = 160
        self.assertEqual(form.linear_weight, 20.8)
        form.min_stock_qty = 50
        paper = form.save()
        self.assertEqual(paper.linear_weight, 20.8)
        self.assertEqual(paper.uom_id, self.kg)
        self.assertTrue(paper.is_storable)
        self.assertFalse(paper.sale_ok)
        self.assertEqual(paper.product_kind, "material")
        self.assertEqual(paper.alert_level, "critical")

    def test_glue_has_no_weight_per_metre(self):
        form = self.new_material_form()
        form.name = "Cola PVA extra"
        form.grammage = 400
        form.reel_width_mm = 70
        form.material_type = "pva_glue"
        self.assertEqual(form.linear_weight, 0)
        self.assertEqual(form.save().linear_weight, 0)

    def test_a_changed_grammage_reaches_the_weight(self):
        self.assertEqual(self.paper_core.linear_weight, 28)
        self.paper_core.grammage = 420
        self.assertEqual(self.paper_core.linear_weight, 29.4)

    def test_a_milligram_per_metre_is_kept(self):
        paper = self.make_paper("Fina", 17.35, 12.5)
        self.assertEqual(paper.linear_weight, 0.216875)

    def test_a_paper_without_measures_is_refused_in_words(self):
        with self.assert_refused("Bobina X.*0 g/m² and 70 mm", ValidationError):
            self.make_paper("Bobina X", 0, 70)
        with self.assert_refused("Bobina X.*400 g/m² and -70 mm", ValidationError):
            self.make_paper("Bobina X", 400, -70)

    def test_a_negative_flange_is_refused_in_words(self):
        with self.assert_refused(r"Flange B \(mm\) is -1", ValidationError):
            self.profile.flange_b_mm = -1

    def test_the_reorder_point_stays_within_the_minimum(self):
        self.paper_core.write({"min_stock_qty": 50, "reorder_point_qty": 50})
        with self.assert_refused(r"reorder point \(51\).*minimum stock \(50\)", ValidationError):
            self.paper_core.reorder_point_qty = 51
        with self.assert_refused(r"reorder point \(-1\)", ValidationError):
            self.paper_core.reorder_point_qty = -1

    def test_stock_is_not_typed_into_the_form(self):
        """Not even by who administers stock: no place of the form lets it be typed."""
        manager = self.make_user("gerente_teste", "stock.group_stock_manager")
        view = self.env.ref("product.product_template_only_form_view")
        arch = self.env["product.template"].with_user(manager).get_view(view.id, "form")["arch"]
        typed = etree.fromstring(arch).xpath(
            "//page[@name='general_information']//field[@name='qty_available']"
        )
        self.assertTrue(typed)
        for field in typed:
            self.assertIn(
                field.get("readonly"), ("True", "material_type or composite_length or product_kind")
            )

    def test_a_cost_is_typed_only_until_the_first_receipt(self):
        manager = self.make_user(
            "gerente_teste", "stock.group_stock_manager,product.group_product_manager"
        )
        form = Form(self.paper_core.product_tmpl_id.with_user(manager))
        form.standard_price = 13
        form.save()
        self.assertEqual(self.paper_core.standard_price, 13)
        self.make_receipt(self.paper_core, 5)
        form = Form(self.paper_core.product_tmpl_id.with_user(manager))
        with self.assertRaises(AssertionError):
            form.standard_price = 14

    def test_typing_a_quantity_elsewhere_is_not_overwritten(self):
        """Odoo's own form of a product that is none of ours still takes a quantity."""
        product = self.make_product("Cadeira do escritório")
        form = Form(product)
        form.qty_available = 10
        form.save()
        self.assertEqual(product.qty_available, 10)

    def test_a_subcategory_takes_the_kind_of_its_parent(self):
        parent = self.env.ref("cantoneira_stock.category_materials")
        inks = self.env["product.category"].create({"name": "Tintas", "parent_id": parent.id})
        self.assertEqual(inks.product_kind, "material")
        inks.product_kind = "resale"
        self.assertEqual(inks.product_kind, "resale")
        self.paper_core.categ_id = inks
        self.assertEqual(self.paper_core.product_kind, "resale")


@tagged("post_install", "-at_install")
class TestAlertLevel(CantoneiraStockCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper_core.write({"min_stock_qty": 50, "reorder_point_qty": 20})

    def assert_level(self, product, level):
        product.invalidate_recordset()
        product.product_tmpl_id.invalidate_recordset()
        self.assertEqual(product.with_user(self.stock_user).alert_level, level)
        self.assert_search_agrees()

    def assert_search_agrees(self):
        """Whatever is asked, the search finds what the field says."""
        templates = self.env["product.template"].with_context(active_test=False)
        everything = templates.search([])
        levels = [("ok",), ("warning",), ("critical",), ("warning", "critical"), ("ok", "critical")]
        for wanted in levels:
            expected = everything.filtered(lambda t, wanted=wanted: t.alert_level in wanted)
            self.assertEqual(templates.search([("alert_level", "in", wanted)]), expected)
            self.assertEqual(
                templates.search([("alert_level", "not in", wanted)]), everything - expected
            )
        for level in ("ok", "warning", "critical"):
            expected = everything.filtered(lambda t, level=level: t.alert_level == level)
            self.assertEqual(templates.search([("alert_level", "=", level)]), expected)
            self.assertEqual(
                templates.search([("alert_level", "!=", level)]), everything - expected
            )
        self.assertFalse(templates.search([("alert_level", "=", False)]))

    def test_yellow_at_the_minimum_red_at_the_reorder_point(self):
        self.assert_level(self.paper_core, "critical")
        self.put_in_stock(self.paper_core, 50.001)
        self.assert_level(self.paper_core, "ok")
        self.put_in_stock(self.paper_core, -0.001)
        self.assert_level(self.paper_core, "warning")
        self.put_in_stock(self.paper_core, -30)
        self.assert_level(self.paper_core, "critical")

    def test_what_is_promised_already_colours_the_row(self):
        self.put_in_stock(self.paper_core, 60)
        self.assert_level(self.paper_core, "ok")
        delivery = self.make_delivery(self.paper_core, 15)
        self.assert_level(self.paper_core, "warning")
        self.make_delivery(self.paper_core, 100)
        self.assert_level(self.paper_core, "critical")
        self.assertEqual(self.paper_core.free_to_promise_qty, -55)
        delivery.action_cancel()
        self.paper_core.invalidate_recordset()
        self.assertEqual(self.paper_core.free_to_promise_qty, -40)

    def test_what_is_expected_does_not_calm_it(self):
        self.make_receipt(self.paper_core, 1000)
        self.assert_level(self.paper_core, "critical")

    def test_no_minimum_no_alert(self):
        self.make_delivery(self.tape, 5)
        self.assert_level(self.tape, "ok")

    def test_a_salesperson_without_stock_rights_sees_the_same(self):
        seller = self.make_user("vendas_teste", "base.group_user")
        self.put_in_stock(self.paper_core, 30)
        self.assertEqual(self.paper_core.with_user(seller).alert_level, "warning")
        found = (
            self.env["product.template"].with_user(seller).search([("alert_level", "=", "warning")])
        )
        self.assertIn(self.paper_core.product_tmpl_id, found)

    def test_searching_costs_the_same_for_many(self):
        self.make_watched(5)
        few = self.count_queries()
        self.make_watched(60)
        self.assertEqual(self.count_queries(), few)

    def make_watched(self, number):
        for index in range(number):
            paper = self.make_paper(f"Bobina {number}/{index}", 400, 70, min_stock_qty=5)
            self.put_in_stock(paper, index)

    def count_queries(self):
        """Queries of one search once the caches of the registry are filled."""
        templates = self.env["product.template"]
        for _time in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(templates.search([("alert_level", "!=", "ok")]))
        return self.env.cr.sql_log_count - before
