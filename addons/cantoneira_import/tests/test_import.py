"""The four sheets, as the plain people who use them."""

import time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ImportCase

PAPER = {
    "default_code": "BK300",
    "name": "Bobina Kraft 300g – 80mm",
    "material_type": "Papel",
    "grammage": "300",
    "reel_width_mm": 80,
    "min_stock_qty": "50,5",
    "reorder_point_qty": 20,
    "standard_price": "12,50",
}
GLUE = {"default_code": "C1", "name": "Cola forte", "material_type": "Cola", "standard_price": 30}
PROFILE = [
    {
        "default_code": "CT60",
        "name": "Cantoneira 60x60x4mm",
        "flange_a_mm": 60,
        "flange_b_mm": 60,
        "thickness_mm": "4,5",
        "metres_per_hour": 900,
        "default_piece_length_mm": 2500,
        "material": "BK300",
        "layer_count": 5,
    },
    {"material": "papel CAPA de Teste", "layer_count": 1},
    {"material": "C1", "grams_per_metre": "15,25"},
]
CUSTOMER = {
    "vat": "TE.STE.000/0001-61",
    "name": "Empacota Ltda.",
    "trade_name": "Empacota",
    "street": "Rua das Flores 100",
    "city": "Criciúma",
    "state_id": "sc",
    "zip": 88800000,
    "phone": "(48) 5550-0111",
    "email": "compras@empacota.example.com",
}


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    def test_papers(self):
        outcome = self.imported("paper", PAPER, GLUE)
        self.assertEqual(self.counts(outcome), (2, 0, 0))
        paper = self.env["product.product"].search([("default_code", "=", "BK300")])
        self.assertEqual(
            (paper.name, paper.linear_weight, paper.min_stock_qty, paper.standard_price),
            ("Bobina Kraft 300g – 80mm", 24, 50.5, 12.5),
        )
        self.assertEqual((paper.uom_id, paper.is_storable, paper.sale_ok), (self.kg, True, False))
        self.assertEqual(paper.categ_id, self.env.ref("cantoneira_stock.category_materials"))
        self.assertEqual(paper.create_uid, self.production_manager)

    def test_profile_with_recipe(self):
        self.imported("paper", PAPER, GLUE)
        outcome = self.imported("profile", *PROFILE)
        self.assertEqual(self.counts(outcome), (1, 0, 0))
        profile = self.env["product.product"].search([("default_code", "=", "CT60")])
        self.assertTrue(profile.composite_length)
        self.assertEqual(profile.uom_id, self.metre)
        self.assertEqual((profile.thickness_mm, profile.metres_per_hour), (4.5, 900))
        # 5 × 24 + 20.8 + 15.25
        self.assertEqual(profile.linear_weight, 156.05)
        self.assertEqual(profile.product_tmpl_id._current_recipe().linear_weight, 156.05)

    def test_recipe_is_replaced_as_a_whole(self):
        self.imported("paper", PAPER, GLUE)
        self.imported("profile", *PROFILE)
        profile = self.env["product.product"].search([("default_code", "=", "CT60")])
        recipe = profile.product_tmpl_id._current_recipe()
        outcome = self.imported("profile", {**PROFILE[0], "layer_count": 6}, PROFILE[2])
        self.assertEqual(self.counts(outcome), (0, 1, 0))
        self.assertEqual(profile.product_tmpl_id._current_recipe(), recipe)
        self.assertEqual(recipe.bom_line_ids.mapped("layer_count"), [6, 0])
        self.assertEqual(profile.linear_weight, 159.25)

    def test_measures_alone_leave_the_recipe(self):
        weight = self.profile.linear_weight
        outcome = self.imported("profile", {"name": self.profile.name, "metres_per_hour": 700})
        self.assertEqual(self.counts(outcome), (0, 1, 0))
        self.assertEqual((self.profile.metres_per_hour, self.profile.linear_weight), (700, weight))

    def test_customers(self):
        terms = self.env.ref("account.account_payment_term_30days")
        outcome = self.imported(
            "customer",
            {**CUSTOMER, "property_payment_term_id": terms.with_user(self.sales_user).name},
            {"name": "Bia", "vat": 88888888101, "rank": "Ambos"},
        )
        self.assertEqual(self.counts(outcome), (2, 0, 0))
        company, person = self.env["res.partner"].search(
            [("create_uid", "=", self.sales_user.id)], order="id"
        )
        self.assertEqual((company.vat, company.is_company), ("TE.STE.000/0001-61", True))
        self.assertEqual((company.zip, company.state_id.code), ("88800-000", "SC"))
        self.assertEqual((company.customer_rank, company.supplier_rank), (1, 0))
        self.assertEqual(company.property_payment_term_id, terms)
        self.assertEqual((person.vat, person.is_company), ("888.888.881-01", False))
        self.assertEqual((person.customer_rank, person.supplier_rank), (1, 1))

    def test_prices(self):
        # Nobody can set up a price list without the setting.
        listed = self.env["product.pricelist"].create({"name": "Atacado de teste"})
        self.tape.default_code = "FITA-T"
        lines = (
            {"name": self.profile.name, "price": "8,75"},
            {"default_code": "FITA-T", "price": 16},
            {
                "name": self.profile.name,
                "price": 8.1,
                "pricelist": "atacado DE teste",
                "min_quantity": 1000,
            },
            {
                "name": self.profile.name,
                "price": 7.9,
                "pricelist": "Atacado de teste",
                "min_quantity": 5000,
            },
        )
        self.assertEqual(self.counts(self.imported("price", *lines)), (2, 2, 0))
        self.assertEqual((self.profile.list_price, self.tape.list_price), (8.75, 16))
        self.assertEqual(listed.item_ids.sorted("min_quantity").mapped("fixed_price"), [8.1, 7.9])
        self.assertEqual(listed._get_product_price(self.profile, 6000), 7.9)
        self.assertEqual(self.counts(self.imported("price", *lines)), (0, 0, 4))
        dearer = {**lines[3], "price": 8}
        self.assertEqual(self.counts(self.imported("price", dearer)), (0, 1, 0))
        self.assertEqual(len(listed.item_ids), 2)

    # -------------------------------------------------------------- once, whole
    def test_twice_is_once(self):
        for kind, lines in (
            ("paper", [PAPER, GLUE]),
            ("profile", PROFILE),
            ("customer", [CUSTOMER, {"name": "Sem número"}]),
        ):
            first = self.imported(kind, *lines)
            self.assertTrue(first.created)
            again = self.imported(kind, *lines)
            self.assertEqual((again.created, again.updated), (0, 0), kind)
            self.assertEqual(again.unchanged, first.created, kind)

    def test_empty_cells_change_nothing(self):
        self.imported("customer", CUSTOMER)
        outcome = self.imported("customer", {"vat": CUSTOMER["vat"], "name": "Empacota S.A."})
        self.assertEqual(self.counts(outcome), (0, 1, 0))
        partner = self.env["res.partner"].search(
            [("vat", "=", CUSTOMER["vat"]), ("name", "=like", "Empacota%")]
        )
        self.assertEqual((partner.name, partner.city), ("Empacota S.A.", "Criciúma"))

    def test_code_is_given_to_what_had_none(self):
        """The code typed into an export is given, not a second product made."""
        self.imported("paper", {"default_code": "BK400", "name": self.paper_core.name})
        self.assertEqual(self.paper_core.default_code, "BK400")

    def test_nothing_is_written_when_one_row_is_wrong(self):
        before = self.env["product.product"].search_count([])
        outcome = self.run_sheet("paper", PAPER, {**GLUE, "standard_price": -1})
        self.assertEqual(len(outcome.problems), 1)
        self.assertEqual(self.env["product.product"].search_count([]), before)

    def test_checking_writes_nothing(self):
        before = self.env["product.product"].search_count([])
        outcome = self.run_sheet("paper", PAPER, GLUE, commit=False)
        self.assertEqual((outcome.problems, outcome.created), ([], 2))
        self.assertEqual(self.env["product.product"].search_count([]), before)

    def test_refusal_of_a_model_is_traced_to_its_row(self):
        """What only a constraint knows stands at the row that it refuses, all of them."""
        lines = [{**GLUE, "default_code": f"G{n}", "name": f"Cola {n}"} for n in range(20)]
        for wrong in (4, 11):
            lines[wrong] |= {"min_stock_qty": 5, "reorder_point_qty": 9}
        outcome = self.run_sheet("paper", *lines)
        self.assertEqual([problem.row for problem in outcome.problems], [6, 13])
        self.assertRegex(outcome.problems[0].message, "Cola 4.* reorder point .9. must be between")

    def test_cost_is_purchases_after_the_first_receipt(self):
        picking = self.make_transfer("incoming", {self.paper_core: 10})
        self.assertTrue(picking)
        outcome = self.run_sheet("paper", {"name": self.paper_core.name, "standard_price": 99})
        self.assertIn("cost comes from purchases", outcome.problems[0].message)

    # ---------------------------------------------------------------- round trip
    def test_export_edit_import(self):
        """What is exported is imported without a change; an edited cell is the only change."""
        self.imported("customer", CUSTOMER)
        for kind in self.users:
            content = self.kind(kind)._export()
            outcome = self.run_file(kind, content)
            self.assertEqual(outcome.problems, [], kind)
            self.assertEqual((outcome.created, outcome.updated), (0, 0), kind)
            self.assertTrue(outcome.unchanged, kind)
        lines = self.kind("price")._lines()
        line = next(line for line in lines if line["name"] == self.tape.name)
        line["price"] = 17
        outcome = self.imported("price", *lines)
        self.assertEqual((outcome.created, outcome.updated), (0, 1))
        self.assertEqual(self.tape.list_price, 17)

    def test_templates_can_be_imported(self):
        """In their order: papers, profiles that use them, prices of these."""
        for kind in ("paper", "profile", "customer"):
            outcome = self.run_file(kind, self.kind(kind)._template())
            self.assertEqual(outcome.problems, [], kind)
            self.assertTrue(outcome.created + outcome.updated, kind)
        headings = self.cells_of(self.kind("profile")._template())[0]
        self.assertEqual(headings[:4], ["Código", "Nome", "Aba A (mm)", "Aba B (mm)"])

    def test_text_stays_text(self):
        """A name that looks like a formula is none in the export."""
        self.customer.write({"name": "=HYPERLINK(0)", "customer_rank": 1})
        content = self.kind("customer")._export()
        names = [line[1] for line in self.cells_of(content)]
        self.assertIn("=HYPERLINK(0)", names)
        self.assertNotIn(b"<f>", content)

    # ------------------------------------------------------------------- access
    def test_roles(self):
        operator = self.production_user
        for kind, user in (
            ("customer", self.stock_user),
            ("paper", self.sales_user),
            ("profile", self.sales_manager),
            ("price", self.sales_user),
            ("price", self.production_manager),
            ("customer", operator),
        ):
            with self.assertRaises(AccessError):
                self.run_sheet(kind, {}, user=user)

    def test_kinds_by_role(self):
        wizard = self.env["cantoneira.import"]
        kinds = {
            self.sales_user: ["customer"],
            self.sales_manager: ["customer", "price"],
            self.production_manager: ["paper", "profile"],
        }
        for user, names in kinds.items():
            found = wizard.with_user(user)._kinds()
            self.assertEqual([kind for kind, _name in found], names)
            self.assertEqual(wizard.with_user(user).create({}).kind, names[0])

    # --------------------------------------------------------------------- cost
    def count(self, kind, make, size, start):
        lines = [make(start + n) for n in range(size)]
        content = self.sheet_of(kind, *lines)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        outcome = self.run_file(kind, content)
        self.assertEqual((outcome.problems, outcome.created), ([], size))
        return self.cr.sql_log_count - before

    def test_queries_do_not_grow_with_customers(self):
        def make(n):
            return {**CUSTOMER, "name": f"Cliente {n}", "vat": None, "email": None}

        self.count("customer", make, 2, 0)
        few, many = self.count("customer", make, 10, 100), self.count("customer", make, 60, 200)
        self.assertLessEqual(many, few + 50 * 2)

    def test_queries_do_not_grow_with_papers(self):
        def make(n):
            return {**PAPER, "default_code": f"P{n}", "name": f"Papel {n}"}

        self.count("paper", make, 2, 0)
        few, many = self.count("paper", make, 10, 100), self.count("paper", make, 60, 200)
        # About three of core's per product, and six per reordering rule with cantoneira_purchase.
        self.assertLess(many, few + 50 * 10)

    def test_two_thousand_rows(self):
        lines = [
            {**CUSTOMER, "name": f"Cliente {n}", "vat": None, "email": f"c{n}@x.example.com"}
            for n in range(2000)
        ]
        content = self.sheet_of("customer", *lines)
        begun = time.monotonic()
        outcome = self.run_file("customer", content)
        self.assertEqual((outcome.problems, outcome.created), ([], 2000))
        self.assertLess(time.monotonic() - begun, 60)
