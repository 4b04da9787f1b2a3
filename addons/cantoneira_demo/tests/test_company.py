"""What a newcomer finds."""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.cantoneira_br import document
from odoo.addons.cantoneira_sale.models.sale_order_state import PRODUCTION_STATES

from .common import LOGINS, DemoCase


@tagged("post_install", "-at_install")
class TestCompany(DemoCase):
    def test_the_seeds_papers(self):
        core = self.demo("paper_400_70", "estoque")
        liner = self.demo("paper_130_160", "estoque")
        self.assertEqual((core.linear_weight, liner.linear_weight), (28, 20.8))
        self.assertEqual((core.min_stock_qty, core.qty_available), (50, 150))
        self.assertEqual(liner.qty_available, 80)
        self.assertGreaterEqual(self.demo("glue", "estoque").free_to_promise_qty, 5)
        self.assertEqual(self.demo("tape", "estoque").qty_available, 150)

    def test_what_was_paid_is_what_things_cost(self):
        """No cost is typed: it came with the receipts."""
        costs = {"paper_400_70": 12, "paper_130_160": 10, "glue": 30, "tape": 6.2}
        for name, cost in costs.items():
            self.assertAlmostEqual(self.demo(name, "gerente").standard_price, cost, 6)

    def test_the_seeds_profile(self):
        profile = self.demo("profile_50", "gerente").product_tmpl_id
        lines = profile.recipe_line_ids
        self.assertEqual(sorted(lines.mapped("grams_per_metre")), [15, 20.8, 112])
        self.assertEqual(profile.linear_weight, 147.8)
        self.assertEqual(profile.list_price, 8)
        self.assertEqual((profile.recipe_cost_exact, profile.recipe_cost_per_metre), (2.002, 2))
        self.assertEqual((profile.markup_percent, profile.margin_percent), (300, 75))
        self.assertEqual(profile.margin_amount, 6)

    def test_orders_in_every_state(self):
        env = self.env_of("vendas")
        found = env["sale.order"]._read_group([], ["production_state"], ["__count"])
        self.assertEqual({state for state, _count in found}, {s for s, _name in PRODUCTION_STATES})

    def test_the_seeds_order(self):
        """10 × 2,500 mm, 10 rolls and freight: 400.00, delivered, invoiced and paid."""
        order = self.env_of("vendas")["sale.order"].search([], order="date_order", limit=1)
        self.assertEqual(order.order_line.mapped("price_subtotal"), [200, 150, 50])
        self.assertEqual((order.amount_tax, order.amount_total), (0, 400))
        self.assertEqual(order.order_line[0].composite_label, "10 pç × 2.500 mm")
        self.assertEqual(order.order_line[0].composite_weight, 3.695)
        self.assertEqual(order.production_state, "delivered")
        invoice = order.sudo().invoice_ids
        self.assertEqual((invoice.amount_total, invoice.payment_state), (400, "paid"))
        self.assertEqual(invoice.invoice_line_ids[0].composite_label, "10 pç × 2.500 mm")

    def test_the_big_order(self):
        """2,000 × 3,500 mm of 40×40: 7,000 m, about 1.03 t, being made."""
        env = self.env_of("producao")
        order = env["mrp.production"].search([("state", "=", "progress")])
        self.assertEqual((order.piece_qty, order.piece_length_mm), (2000, 3500))
        self.assertEqual(order.product_qty, 7000)
        self.assertAlmostEqual(order.composite_weight, 1034.25, 6)
        self.assertEqual(order.pieces_producing, 450)

    def test_surplus(self):
        """Three pieces of 2,200 mm lie since some days, offered to a quotation that is open."""
        row = self.env_of("vendas")["cantoneira.surplus"].search([])
        self.assertEqual(row.product_id, self.demo("profile_40", "vendas"))
        self.assertEqual((row.piece_length_mm, row.pieces, row.free_pieces), (2200, 3, 3))
        self.assertGreaterEqual(row.age_days, 5)
        offered = self.env_of("vendas")["sale.order"].search([("state", "in", ("draft", "sent"))])
        [hint] = [order.surplus_hint for order in offered if order.surplus_hint]
        self.assertIn("3 pç × 2.200 mm", hint)

    def test_ready_for_the_gate(self):
        """One delivery is packed, measured and waits for the dispatcher."""
        picking = self.env_of("expedicao")["stock.picking"].search(
            [("dispatch_state", "=", "ready")]
        )
        self.assertEqual((len(picking), picking.pallet_progress), (1, "0/2"))
        self.assertFalse(picking.dispatch_hold)
        self.assertEqual(picking.pallet_ids.mapped("pallet_net_weight"), [38.610, 12.870])
        report = picking.sale_id.production_ids.sudo().quality_report_ids
        self.assertEqual((report.state, report.verdict), ("done", "approved"))

    def test_alerts(self):
        """Yellow and red, in papers and in goods."""
        templates = self.env_of("estoque")["product.template"]
        for level in ("warning", "critical"):
            kinds = templates.search([("alert_level", "=", level)]).mapped("product_kind")
            self.assertEqual(set(kinds), {"material", "resale"}, level)
        self.assertEqual(self.demo("paper_400_70", "estoque").alert_level, "ok")

    def test_time_passed(self):
        """Some weeks of the past, some days of the future, in working days only."""
        orders = self.env_of("vendas")["sale.order"].search([])
        today = fields.Datetime.now()
        days = sorted((order.date_order - today).days for order in orders)
        self.assertLess(days[0], -20)
        promised = [order.commitment_date for order in orders if order.commitment_date]
        self.assertGreater(max(promised), today)
        self.assertFalse([day for day in promised if day.weekday() >= 5])
        receipts = self.env["stock.picking"].search(
            [("picking_type_code", "=", "incoming"), ("state", "=", "done")]
        )
        made = self.env["mrp.production"].search([("state", "=", "done")])
        self.assertLess(min(receipts.mapped("date_done")), min(made.mapped("date_finished")))

    def test_every_kilogram_has_a_document(self):
        """Stock is what receipts, production, deliveries and counts with a reason left."""
        for name in ("paper_400_70", "paper_360_75", "glue", "tape"):
            product = self.demo(name)
            moves = self.env["stock.move"].search(
                [("product_id", "=", product.id), ("state", "=", "done")]
            )
            came = sum(m.quantity for m in moves if m.location_dest_id.usage == "internal")
            left = sum(m.quantity for m in moves if m.location_id.usage == "internal")
            self.assertAlmostEqual(product.qty_available, came - left, 6)
            for move in moves.filtered("is_inventory"):
                self.assertIn("Contagem semanal:", move.reference)

    def test_the_line_runs(self):
        """The order in the making has a reel for each layer on the line, a loss and a pause."""
        running = self.env["mrp.production"].search([("state", "=", "progress")])
        self.assertEqual((len(running), running.pieces_producing), (1, 450))
        mounted = running.machine_id.unwinder_ids.mount_id
        papers = self.demo("paper_360_75") | self.demo("paper_150_165")
        self.assertEqual(mounted.product_id, papers)
        self.assertEqual((len(mounted), running.reel_run_ids.mount_id), (5, mounted))
        for mount in mounted:
            self.assertEqual(mount.weight_in, mount.lot_id.current_weight)
            self.assertEqual(mount.lot_id.reel_state, "on_machine")
        self.assertEqual((running.loss_ids.weight, len(running.stop_ids)), (3.2, 1))
        self.assertEqual(running.floor_state, "running")

    def test_nobody_is_real(self):
        names = self.env["ir.model.data"].search(
            [("module", "=", "cantoneira_demo"), ("model", "=", "res.partner")]
        )
        partners = self.env["res.partner"].browse(names.mapped("res_id"))
        self.assertGreaterEqual(len(partners), 14)
        for email in partners.mapped("email"):
            self.assertTrue(email.endswith(".example.com"), email)
        traders = partners.filtered(lambda p: p.customer_rank or p.supplier_rank)
        self.assertGreaterEqual(len(traders), 9)
        for number in traders.mapped("vat") + [self.env.ref("base.main_company").vat]:
            self.assertIsNone(document.problem(number), number)


@tagged("post_install", "-at_install")
class TestPeople(DemoCase):
    def test_password_is_the_login(self):
        for login in LOGINS:
            env = self.env_of(login)
            env.user._check_credentials(
                {"type": "password", "login": login, "password": login}, {"interactive": True}
            )
            self.assertEqual((env.user.lang, env.user.tz), ("pt_BR", "America/Sao_Paulo"))

    def test_everybody_has_a_first_screen(self):
        models = {
            "vendas": "sale.order",
            "gerente": "sale.order",
            "producao": "cantoneira_floor.operator",
            "estoque": "product.template",
            "expedicao": "stock.picking",
            "financeiro": "sale.order",
        }
        for login, model in models.items():
            action = self.env_of(login)["cantoneira.home"]._home_action()
            self.assertEqual(action.get("res_model") or action["tag"], model, login)

    def test_plain_roles(self):
        """Nobody may more than their role says."""
        with self.assertRaises(AccessError):
            self.demo("profile_50", "vendas").read(["standard_price"])
        with self.assertRaises(AccessError):
            self.demo("recipe_50", "estoque").write({"product_qty": 2})
        with self.assertRaises(AccessError):
            self.env_of("producao")["sale.order"].create(
                {"partner_id": self.demo("customer_ceramica").id}
            )
        for login in LOGINS:
            self.assertFalse(self.env_of(login).user.has_group("base.group_system"), login)
