"""What the screens and documents rest on: every role opens its own, in Portuguese too."""

from ast import literal_eval
from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tests import Form, tagged

from .common import CantoneiraSaleCase


@tagged("post_install", "-at_install")
class TestScreens(CantoneiraSaleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "sales": cls.sales_user,
            "manager": cls.sales_manager,
            "finance": cls.finance_user,
            "production": cls.production_user,
            "stock": cls.stock_user,
        }

    def test_every_role_opens_its_documents(self):
        """Core's own rights leave holes in plain roles: each form is read as the web client does."""
        order = self.make_order(self.composite(10, 2500), self.resale(10), confirm=True)
        production = order.sudo().order_line.production_ids
        self.produce(production)
        picking = self.deliver(order)
        invoice = order.with_user(self.finance_user)._create_invoices()
        for record, roles in [
            (order, "sales manager finance"),
            (production, "production"),
            (picking, "stock"),
            (invoice, "sales manager finance"),
            (self.profile.product_tmpl_id, "sales manager finance production stock"),
            (self.paper_core.product_tmpl_id, "production stock"),
            (self.customer, "sales manager finance"),
        ]:
            for role in roles.split():
                with self.subTest(role=role, record=record):
                    opened = record.with_user(self.users[role])
                    opened.invalidate_recordset()
                    self.assertEqual(Form(opened).id, opened.id)

    def test_no_form_names_a_field_its_reader_has_not(self):
        """The web client stops at such a field; a server test alone would not see it."""
        for role, user in self.users.items():
            for model in ("product.template", "product.product", "sale.order"):
                with self.subTest(role=role, model=model):
                    answer = self.env[model].with_user(user).get_views([(False, "form")])
                    arch = etree.fromstring(answer["views"]["form"]["arch"])
                    self.assertEqual(list(self.unknown_fields(arch, model, answer["models"])), [])

    def unknown_fields(self, node, model, models):
        known = models.get(model, {}).get("fields", {})
        for child in node:
            comodel = model
            if child.tag == "field":
                if child.get("name") not in known:
                    yield f"{model}.{child.get('name')}"
                    continue
                comodel = known[child.get("name")].get("relation") or model
            yield from self.unknown_fields(child, comodel, models)

    def test_salesperson_adds_a_customer(self):
        action = self.env.ref("cantoneira_sale.action_customers").sudo()
        customers = self.env["res.partner"].with_user(self.sales_user)
        customer = customers.with_context(**literal_eval(action.context)).create(
            {"name": "Transportes Rio Claro"}
        )
        listed = customers.search(literal_eval(action.domain))
        self.assertIn(customer, listed)
        self.assertNotIn(self.vendor, listed)

    # ------------------------------------------------------------------ orders
    def test_no_forecast_for_profiles(self):
        """Core's icon says "replenished on demand" of them, whatever is asked."""
        order = self.make_order(self.composite(10, 2500), self.resale(10))
        profile, tape = order.order_line
        for state in ("draft", "sale"):
            with self.subTest(state=state):
                self.assertEqual(order.state, state)
                self.assertFalse(profile.display_qty_widget)
                # Other programs read core's forecast of what is resold, also on a quotation.
                self.assertTrue(tape.display_qty_widget)
                self.assertEqual(tape.qty_available_today, 150 if state == "draft" else 10)
            if state == "draft":
                order.action_confirm()

    def test_price_column_only_where_a_price_is_said(self):
        form = Form(self.make_order(self.composite(10, 2500)))
        self.assertFalse(form.has_basis_price)
        with form.order_line.edit(0) as line:
            line.price_basis = "piece"
        self.assertTrue(form.has_basis_price)

    def needs_of(self, order):
        action = order.action_show_needs()
        wizard = self.env[action["res_model"]].with_user(self.sales_user).browse(action["res_id"])
        return wizard, {
            line.product_id: (line.needed, line.free, line.missing) for line in wizard.line_ids
        }

    def test_needs_of_a_quotation(self):
        """Flow 3: each material needed, free and missing, papers summed over the lines."""
        other = self.make_order(self.composite(10, 2500), confirm=True)
        order = self.make_order(self.composite(10, 2500), self.composite(10, 2500), self.resale(10))
        wizard, needs = self.needs_of(order)
        self.assertEqual(
            needs,
            {
                self.paper_core: (5.6, 147.2, 0),
                self.paper_liner: (1.04, 79.48, 0),
                self.glue: (0.75, 4.625, 0),
                self.tape: (10, 150, 0),
            },
        )
        self.assertFalse(wizard.is_missing)
        self.assertEqual(order.state, "draft")
        order.order_line[0].piece_qty = 400
        wizard, needs = self.needs_of(order)
        self.assertTrue(wizard.is_missing)
        self.assertEqual(wizard.line_ids[0].product_id, self.glue)
        self.assertEqual(needs[self.glue], (15.375, 4.625, 10.75))
        self.assertEqual(other.production_state, "approved")

    def test_needs_of_nothing_from_stock(self):
        order = self.make_order()
        wizard, needs = self.needs_of(order)
        self.assertEqual((needs, wizard.is_missing), ({}, False))

    def test_late(self):
        """What was promised for today is not late; what was delivered never is."""
        now = fields.Datetime.now()
        order = self.make_order(self.composite(10, 2500), commitment_date=now)
        orders = self.env["sale.order"].with_user(self.sales_user)
        quotation = order.copy({"commitment_date": now - timedelta(days=2)})
        order.action_confirm()
        self.assertFalse(order.is_late)
        self.assertNotIn(order, orders.search([("is_late", "=", True)]))
        order.commitment_date = now - timedelta(days=2)
        self.assertTrue(order.is_late)
        self.assertIn(order, orders.search([("is_late", "=", True)]))
        self.assertNotIn(order, orders.search([("is_late", "=", False)]))
        self.assertFalse(quotation.is_late)
        self.assertIn(quotation, orders.search([("is_late", "!=", True)]))
        self.produce(order.sudo().order_line.production_ids)
        self.deliver(order)
        self.assertFalse(order.is_late)
        self.assertNotIn(order, orders.search([("is_late", "=", True)]))

    def test_sales_grouped_in_pieces_metres_and_kg(self):
        order = self.make_order(self.composite(10, 2500), self.composite(2, 1000), self.resale(10))
        order.order_line[1].piece_qty = 4
        self.paper_core.product_tmpl_id.grammage = 420
        self.env.flush_all()
        sums = ["total_pieces:sum", "total_metres:sum", "net_weight:sum"]
        domain = [("partner_id", "=", self.customer.id)]
        [(_customer, pieces, metres, kg)] = self.env["sale.order"]._read_group(
            domain, ["partner_id"], sums
        )
        self.assertEqual((pieces, metres), (14, 29))
        self.assertAlmostEqual(kg, 29 * 0.1478, 3)


@tagged("post_install", "-at_install")
class TestPortuguese(CantoneiraSaleCase):
    """The words of the trade, on screen and on paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pt_BR")
        addons = ["cantoneira_stock", "cantoneira_mrp", "cantoneira_sale"]
        cls.env["ir.module.module"]._load_module_terms(addons, ["pt_BR"])
        cls.customer.lang = "pt_BR"
        cls.sales_user.lang = "pt_BR"
        cls.env.user.lang = "pt_BR"

    def text(self, report, record):
        html = self.env["ir.actions.report"]._render_qweb_html(report, record.ids)[0]
        root = etree.fromstring(html, etree.HTMLParser(encoding="utf-8"))
        return " ".join(" ".join(root.itertext()).replace("\xa0", " ").split())

    def test_words(self):
        order = self.env["sale.order"].with_context(lang="pt_BR")
        described = order.fields_get(["production_state"])["production_state"]
        self.assertEqual(described["string"], "Situação")
        self.assertEqual(
            [label for _value, label in described["selection"]],
            ["Orçamento", "Aprovado", "Em produção", "Finalizado", "Entregue", "Cancelado"],
        )
        described = order.order_line.fields_get(["piece_qty", "piece_length_mm", "price_basis"])
        self.assertEqual(described["piece_qty"]["string"], "Peças")
        self.assertEqual(described["piece_length_mm"]["string"], "Comprimento (mm)")
        self.assertEqual(described["price_basis"]["string"], "Base do preço")
        self.assertEqual(
            [label for _value, label in described["price_basis"]["selection"]],
            ["por metro", "por peça", "por kg"],
        )

    def test_quotation(self):
        order = self.make_order(
            self.composite(10, 2500),
            self.composite(3, 1237.5, price_basis="piece", basis_price=9.99),
        )
        text = self.text("sale.report_saleorder", order)
        self.assertRegex(text, r"10 pç × 2\.500 mm 25,00 m · 3,695 kg 8,00 por metro")
        self.assertRegex(text, r"3 pç × 1\.237,5 mm 3,7125 m · 0,549 kg .*9,99.* por peça")

    def test_delivery_slip(self):
        order = self.make_order(self.composite(10, 2500), confirm=True)
        picking = order.sudo().picking_ids.with_context(lang="pt_BR")
        self.assertIn("10 pç × 2.500 mm", self.text("stock.report_deliveryslip", picking))

    def test_invoice(self):
        """A price quoted per piece is billed per piece, whatever a metre costs."""
        line = self.composite(7, 1237.5, price_basis="piece", basis_price=9.99)
        order = self.make_order(self.composite(10, 2500), line, confirm=True)
        text = self.text("account.report_invoice", order.sudo()._create_invoices())
        self.assertIn("10 pç × 2.500 mm 25,00 m 8,00", text)
        self.assertRegex(text, r"7 pç × 1\.237,5 mm 8,6625 m .*9,99.* por peça .*69,93")

    def test_another_price_on_the_invoice(self):
        line = self.composite(7, 1237.5, price_basis="piece", basis_price=9.99)
        invoice = self.make_order(line, confirm=True).sudo()._create_invoices()
        line = invoice.with_context(lang="pt_BR").invoice_line_ids
        self.assertIn("por peça", line.basis_price_label)
        line.price_unit = 8
        self.assertFalse(line.basis_price_label)
