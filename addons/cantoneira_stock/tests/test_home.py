from odoo.exceptions import AccessError
from odoo.tests import tagged

from .. import hooks
from .common import CantoneiraStockCase


@tagged("post_install", "-at_install")
class TestHome(CantoneiraStockCase):
    """The app as a plain storekeeper finds it."""

    def run_action(self, name, user=None):
        action = self.env.ref(f"cantoneira_stock.{name}")
        if action._name == "ir.actions.server":
            return action.with_user(user or self.stock_user).run()
        return action.with_user(user or self.stock_user).sudo().read()[0]

    def test_first_screen_is_the_alerts_when_there_are_any(self):
        watched = self.env["product.template"].search([("min_stock_qty", ">", 0)])
        watched.write({"reorder_point_qty": 0, "min_stock_qty": 0})
        materials = self.env.ref("cantoneira_stock.action_materials")
        self.assertEqual(self.run_action("action_home")["id"], materials.id)
        self.paper_core.min_stock_qty = 50
        alerts = self.env.ref("cantoneira_stock.action_stock_alerts")
        self.assertEqual(self.run_action("action_home")["id"], alerts.id)

    def test_a_storekeeper_sees_the_app_and_a_visitor_does_not(self):
        visitor = self.make_user("visita_teste", "base.group_user")
        menus = self.env["ir.ui.menu"]
        root = self.env.ref("cantoneira_stock.menu_root")
        stock = self.env.ref("cantoneira_stock.menu_stock")
        visible = menus.with_user(self.stock_user)._visible_menu_ids()
        self.assertIn(root.id, visible)
        self.assertTrue(set(stock.child_id.ids) <= set(visible))
        self.assertNotIn(self.env.ref("cantoneira_stock.menu_configuration").id, visible)
        self.assertNotIn(stock.id, menus.with_user(visitor)._visible_menu_ids())

    def test_counting_is_a_movement(self):
        action = self.run_action("action_counts")
        self.assertNotIn("search_default_my_count", action["context"])
        quants = self.env["stock.quant"].with_user(self.stock_user)
        quant = quants.with_context(**action["context"]).create(
            {
                "product_id": self.paper_core.id,
                "location_id": self.stock_location.id,
                "inventory_quantity": 150,
            }
        )
        quant.action_apply_inventory()
        self.assertEqual(self.paper_core.qty_available, 150)
        self.assertEqual(self.paper_core.stock_move_ids.filtered("is_inventory").quantity, 150)

    def test_a_receipt_raises_stock(self):
        receipt = self.make_receipt(self.tape, 10).with_user(self.stock_user)
        receipt.button_validate()
        self.assertEqual(self.tape.qty_available, 10)

    def test_a_visitor_changes_no_product(self):
        visitor = self.make_user("visita_teste", "base.group_user")
        with self.assertRaises(AccessError):
            self.paper_core.with_user(visitor).grammage = 1

    def test_costs_show_only_to_who_may_see_them(self):
        def shows_cost(user):
            form = (
                self.env["product.template"]
                .with_user(user)
                .get_view(self.env.ref("product.product_template_only_form_view").id, "form")
            )
            return 'name="standard_price"' in form["arch"]

        manager = self.make_user("gerente_teste", "cantoneira_stock.group_see_cost")
        self.assertFalse(shows_cost(self.stock_user))
        self.assertTrue(shows_cost(manager))

    def test_the_seeded_categories_speak_the_company_s_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        category = self.env.ref("cantoneira_stock.category_materials")
        for lang, name in (("pt_BR", "Papéis e insumos"), ("en_US", "Papers and supplies")):
            self.company.partner_id.lang = lang
            hooks.name_categories(self.env)
            self.assertEqual(category.name, name)
