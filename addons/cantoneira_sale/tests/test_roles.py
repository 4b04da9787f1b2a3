"""What each role may do, and what it may not."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import CantoneiraSaleCase


@tagged("post_install", "-at_install")
class TestRoles(CantoneiraSaleCase):
    def visible_menus(self, user):
        menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        names = self.env["ir.model.data"].search(
            [("model", "=", "ir.ui.menu"), ("module", "=like", "cantoneira_%")]
        )
        return {data.name for data in names if data.res_id in menus}

    def test_salesperson_sees_no_cost(self):
        order = self.make_order(self.composite(10, 2500))
        line = order.order_line
        for record, field in [
            (line, "purchase_price"),
            (line, "margin"),
            (line, "markup_percent"),
            (order, "margin"),
            (self.profile.with_user(self.sales_user), "recipe_cost_per_metre"),
            (self.profile.with_user(self.sales_user), "standard_price"),
            (self.paper_core.product_tmpl_id.with_user(self.sales_user), "standard_price"),
        ]:
            with self.subTest(field), self.assertRaises(AccessError):
                record.read([field])

    def test_salesperson_sees_cost_where_the_company_shows_it(self):
        self.env["res.config.settings"].create({"group_sales_see_cost": True}).execute()
        line = self.make_order(self.composite(10, 2500)).order_line
        self.assertAlmostEqual(line.read(["purchase_price"])[0]["purchase_price"], 2.002, 6)

    def test_manager_sees_cost_markup_and_margin(self):
        order = self.make_order(self.composite(10, 2500)).with_user(self.sales_manager)
        line = order.order_line
        self.assertAlmostEqual(line.purchase_price, 2.002, 6)
        self.assertAlmostEqual(line.margin, 200 - 50.05, 2)
        self.assertEqual(line.markup_percent, 299.6)
        self.assertEqual(round(order.margin_percent * 100, 1), 75.0)

    def test_salesperson_opens_form_and_confirms(self):
        form = Form(self.env["sale.order"].with_user(self.sales_user))
        form.partner_id = self.customer
        with form.order_line.new() as line:
            line.product_id = self.profile
            line.piece_qty = 10
            line.piece_length_mm = 2500
        form.save().action_confirm()

    def test_salesperson_changes_no_production_and_no_stock(self):
        order = self.make_order(self.composite(10, 2500), confirm=True)
        production = order.order_line.sudo().production_ids.with_user(self.sales_user)
        for change in (
            lambda: production.write({"piece_qty": 1}),
            lambda: production.action_cancel(),
            lambda: (
                self.env["stock.quant"]
                .with_user(self.sales_user)
                .create({"product_id": self.tape.id, "location_id": self.stock_location.id})
            ),
            lambda: (
                self.env["cantoneira.promise.gate"].with_user(self.sales_user).search([]).unlink()
            ),
            lambda: (
                self.env["cantoneira.confirm.override"]
                .with_user(self.sales_user)
                .create({"order_id": order.id, "reason": "x"})
            ),
            lambda: self.env["cantoneira.request.key"].with_user(self.sales_user).search([]),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_operator_and_storekeeper_sell_nothing(self):
        order = self.make_order(self.composite(10, 2500))
        for user in (self.production_user, self.stock_user, self.finance_user):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    order.with_user(user).action_confirm()
                with self.assertRaises(AccessError):
                    self.make_order(self.composite(10, 2500), user=user)

    def test_menus(self):
        sales = self.visible_menus(self.sales_user)
        self.assertLessEqual({"menu_root", "menu_sales", "menu_quotations"}, sales)
        self.assertFalse({"menu_stock", "menu_finance", "menu_settings"} & sales)
        finance = self.visible_menus(self.finance_user)
        self.assertLessEqual({"menu_root", "menu_finance", "menu_invoices"}, finance)
        self.assertFalse({"menu_sales", "menu_stock"} & finance)
        stock = self.visible_menus(self.stock_user)
        self.assertFalse({"menu_sales", "menu_finance"} & stock)

    def test_first_screen_serves_the_role(self):
        home = self.env["cantoneira.home"]
        for user, model in [
            (self.sales_user, "sale.order"),
            (self.finance_user, "sale.order"),
            (self.stock_user, "product.template"),
        ]:
            with self.subTest(user.login):
                self.assertEqual(home.with_user(user)._home_action()["res_model"], model)
