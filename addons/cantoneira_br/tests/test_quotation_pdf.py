"""The quotation as the customer gets it: a real PDF, printed by a salesperson."""

from odoo.tests import tagged

from odoo.addons.cantoneira_sale.tests.common import CantoneiraSaleCase
from odoo.addons.report_chromium.tests.common import read_pages

REPORT = "sale.action_report_saleorder"


@tagged("post_install", "-at_install")
class TestQuotationPdf(CantoneiraSaleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("report_chromium.engine", "chromium")
        cls.env["res.lang"]._activate_lang("pt_BR")
        cls.company.write({"vat": "99.999.990/0001-80", "street": "Rua do Exemplo, 100"})
        cls.company.company_details = False
        cls.customer.write({"lang": "pt_BR", "vat": "99.999.991/0001-25"})

    def texts(self, orders):
        """The text of each page, as a plain salesperson prints it."""
        report = (
            self.env["ir.actions.report"]
            .with_user(self.sales_user)
            .with_context(force_report_rendering=True, lang="pt_BR")
        )
        content, kind = report._render_qweb_pdf(REPORT, orders.ids)
        self.assertEqual(kind, "pdf")
        return [" ".join(page.extract_text().split()) for page in read_pages(content)]

    def charge(self, name, price, **values):
        """A line of freight or discount."""
        product = self.env["product.product"].create({"name": name, "type": "service"})
        return product, {"product_id": product.id, "price_unit": price, **values}

    def test_everything_the_customer_wants_to_know(self):
        _freight, freight = self.charge("Frete", 50, is_delivery=True)
        discount, less = self.charge("Desconto", -10)
        self.company.sale_discount_product_id = discount
        order = self.make_order(
            self.composite(10, 2500, price_unit=8),
            self.composite(3, 1237, price_basis="piece", basis_price=14.9),
            self.resale(10, price_unit=15),
            freight,
            less,
            commitment_date="2030-05-17 15:00:00",
            note="<p>Entrega no portão 2</p>",
            payment_term_id=self.env.ref("account.account_payment_term_30days").id,
        )
        self.assertAlmostEqual(order.amount_total, 434.7)
        (text,) = self.texts(order)
        for part in (
            order.name,
            "CPF/CNPJ: 99.999.990/0001-80",
            "CPF/CNPJ: 99.999.991/0001-25",
            "Rua do Exemplo, 100",
            "10 pç × 2.500 mm",
            "25,00 m",
            "3,695 kg",
            "por metro",
            "3 pç × 1.237 mm",
            "14,90 por peça",
            "Válida até",
            order.validity_date.strftime("%d/%m/%Y"),
            "17/05/2030",
            "13 pç · 28,71 m · 4,243 kg líquidos",
            "434,70",
            "Total por extenso: Quatrocentos e trinta e quatro reais e setenta centavos",
            "30",
            "Entrega no portão 2",
            "Página 1/1",
        ):
            self.assertIn(part, text)
        # Of freight and discount only the amount is said.
        self.assertRegex(text, r"Frete R\$ 50,00")
        self.assertRegex(text, r"Desconto R\$ ?-\s*10,00")

    def test_many_lines_and_two_orders_in_one_print(self):
        lines = [self.composite(100 + number, 1000) for number in range(120)]
        orders = self.make_order(*lines) | self.make_order(self.composite(1, 1237))
        texts = self.texts(orders)
        long, short = texts[:-1], texts[-1]
        self.assertGreaterEqual(len(long), 4)
        for number, text in enumerate(long, start=1):
            self.assertEqual(text.count(f"Página {number}/{len(long)}"), 1)
            self.assertIn(orders[0].name, text)
            self.assertNotIn(orders[1].name, text)
            self.assertEqual(text.count("CPF/CNPJ: 99.999.990/0001-80"), 1)
            self.assertEqual(text.count("Preço unitário"), 1, "the head of the table")
        seen = []
        for text in long:
            for pieces in range(100, 220):
                # Pieces are a row's first line, metres its second.
                label, metres = f"{pieces} pç × 1.000 mm", f" {pieces},00 m"
                self.assertEqual(label in text, metres in text, f"{label} is cut")
                seen += [pieces] if label in text else []
        self.assertEqual(seen, list(range(100, 220)))
        self.assertIn("Página 1/1", short)
        self.assertIn("1 pç × 1.237 mm", short)

    def test_in_english(self):
        self.customer.lang = "en_US"
        order = self.make_order(self.composite(10, 2500, price_unit=8))
        (text,) = self.texts(order)
        self.assertIn("Total in words: Two hundred reais", text)
        self.assertIn("10 pcs × 2,500 mm", text)
        self.assertIn("Page 1/1", text.replace(" / ", "/"))

    def test_own_block_of_the_company_stands_alone(self):
        self.company.company_details = "<p>Cantoneiras, CNPJ na porta</p>"
        order = self.make_order(self.composite(1, 1000))
        (text,) = self.texts(order)
        self.assertIn("CNPJ na porta", text)
        self.assertNotIn("99.999.990/0001-80", text)
