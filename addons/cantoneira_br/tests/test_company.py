"""What a Brazilian company finds, as the people who sell and bill."""

from odoo import Command, fields
from odoo.tests import new_test_user, tagged
from odoo.tools.misc import formatLang

from odoo.addons.cantoneira_sale.tests.common import CantoneiraSaleCase


@tagged("post_install", "-at_install")
class TestCompany(CantoneiraSaleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paulo = new_test_user(
            cls.env, login="paulo_br", groups="base.group_user,cantoneira_sale.group_sales"
        )
        cls.freight = cls.env["product.product"].create(
            {"name": "Frete", "type": "service", "invoice_policy": "order", "list_price": 50}
        )

    def quote(self):
        """10 × 2,500 mm and 10 rolls, taxes as they come."""
        lines = [self.composite(10, 2500), self.resale(10)]
        return (
            self.env["sale.order"]
            .with_user(self.sales_user)
            .create(
                {
                    "partner_id": self.customer.id,
                    "order_line": [Command.create(line) for line in lines],
                }
            )
        )

    def test_the_price_quoted_is_the_price_billed(self):
        """200.00 + 150.00 make 350.00: nothing is added on the way to the posted invoice."""
        order = self.quote()
        self.assertFalse(order.order_line.tax_ids)
        self.assertEqual((order.amount_tax, order.amount_total), (0, 350))
        order.action_confirm()
        self.produce(order.order_line.sudo().production_ids)
        self.deliver(order)
        self.assertEqual(order.production_state, "delivered")

        invoice = order.with_user(self.finance_user)._create_invoices()
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual((invoice.amount_tax, invoice.amount_total), (0, 350))
        self.assertEqual(sorted(invoice.invoice_line_ids.mapped("price_total")), [150, 200])
        self.assertEqual(invoice.currency_id.name, "BRL")
        self.assertNotIn("NFe", invoice.name)

    def test_freight_has_no_tax(self):
        order = self.quote()
        order.order_line = [Command.create({"product_id": self.freight.id})]
        self.assertEqual(order.amount_total, 400)

    def test_goods_bought_have_no_tax(self):
        self.assertFalse(self.tape.supplier_taxes_id)
        self.assertFalse(self.paper_core.supplier_taxes_id)

    def test_reais(self):
        order = self.quote()
        self.assertEqual(order.currency_id.name, "BRL")
        shown = formatLang(
            self.env(context={"lang": "pt_BR"}), order.amount_total, currency_obj=order.currency_id
        )
        self.assertEqual(shown.replace("\xa0", " "), "R$ 350,00")

    def test_one_currency_on_the_screens(self):
        """No dollar beside the real, and so no price list on every order."""
        for group in ("base.group_multi_currency", "product.group_product_pricelist"):
            self.assertFalse(self.paulo.has_group(group), group)
        self.assertFalse(self.quote().pricelist_id)

    def test_a_price_list_is_in_reais(self):
        self.env["res.config.settings"].create({"group_product_pricelist": True}).execute()
        price_lists = self.env["product.pricelist"].search([])
        self.assertTrue(price_lists)
        self.assertEqual(set(price_lists.currency_id.mapped("name")), {"BRL"})
        self.assertEqual(self.quote().currency_id.name, "BRL")

    def test_quotation_is_valid_five_days(self):
        order = self.quote()
        today = fields.Date.context_today(order)
        self.assertEqual((order.validity_date - today).days, 5)

    def test_people_work_in_portuguese_and_sao_paulo_time(self):
        someone = self.env["res.users"].create({"name": "Nova", "login": "nova_br"})
        self.assertEqual((someone.lang, someone.tz), ("pt_BR", "America/Sao_Paulo"))
        language = self.env["res.lang"]._lang_get("pt_BR")
        self.assertEqual(language.date_format, "%d/%m/%Y")
        self.assertEqual(self.company.partner_id.lang, "pt_BR")
        self.assertEqual(self.company.resource_calendar_id.tz, "America/Sao_Paulo")

    def test_company(self):
        self.assertEqual(self.company.chart_template, "br")
        self.assertEqual(self.company.country_id.code, "BR")
        self.assertEqual(self.company.paperformat_id.format, "A4")
        self.assertTrue(self.company.account_use_credit_limit)
        self.assertEqual(
            self.env["product.template"]._get_weight_uom_id_from_ir_config_parameter(),
            self.kg,
        )

    def test_places_have_portuguese_names(self):
        order = self.quote()
        order.action_confirm()
        delivery = order.sudo().picking_ids
        self.assertTrue(delivery.name.startswith("FAB/OUT/"), delivery.name)
        self.assertEqual(delivery.location_id.complete_name, "FAB/Estoque")
        self.assertEqual(delivery.location_dest_id.name, "Clientes")
        production = order.sudo().production_ids
        self.assertEqual(production.production_location_id.name, "Produção")
        self.assertTrue(production.name.startswith("OP-"), production.name)
        route = self.warehouse.with_context(lang="pt_BR").delivery_route_id
        self.assertRegex(route.name, r"^Fábrica: (?!Deliver )")
        self.assertFalse(self.env["stock.rule"].search([("name", "like", "Customers")]))

    def test_discounts_show_on_sales(self):
        self.assertTrue(self.paulo.has_group("sale.group_discount_per_so_line"))
        self.assertTrue(self.paulo.has_group("uom.group_uom"))
