from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import CantoneiraPurchaseCase


@tagged("post_install", "-at_install")
class TestPurchasePlan(CantoneiraPurchaseCase):
    """What to buy, for which orders, by when, from whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.shortage_policy = "warn"

    def test_numbers(self):
        """150 kg of core paper, 224 kg promised, minimum 50: 124 kg are missing."""
        self.set_levels(self.paper_core, 50, 20)
        order = self.make_order(self.composite(800, 2500), confirm=True)
        production = order.sudo().order_line.production_ids
        production.date_start = fields.Datetime.now() + timedelta(days=9)
        line = self.open_plan()[self.paper_core]
        self.assertEqual((line.on_hand, line.promised, line.free), (150, 224, -74))
        self.assertEqual((line.minimum, line.on_order, line.missing), (50, 0, 124))
        self.assertEqual((line.quantity, line.purchase_uom_id), (124, self.kg))
        self.assertEqual((line.partner_id, line.alert_level), (self.vendor, "critical"))
        self.assertEqual(line.orders, order.name)
        start = fields.Datetime.context_timestamp(line, production.date_start).date()
        self.assertEqual((line.need_date, line.order_by), (start, start - timedelta(days=5)))
        self.assertFalse(line.is_late)
        self.assertEqual(line.amount, 124 * 12)

    def test_which_day_it_runs_out(self):
        """The first order is covered; the second sets the day."""
        days = {}
        for name, pieces, day in (("first", 300, 3), ("second", 400, 12)):
            order = self.make_order(self.composite(pieces, 2500), confirm=True)
            production = order.sudo().order_line.production_ids
            production.date_start = fields.Datetime.now() + timedelta(days=day)
            days[name] = (order.name, production.date_start)
        line = self.open_plan()[self.paper_core]
        self.assertEqual(line.orders, f"{days['first'][0]}, {days['second'][0]}")
        day = fields.Datetime.context_timestamp(line, days["second"][1]).date()
        self.assertEqual(line.need_date, day)

    def test_what_is_made_is_not_bought(self):
        self.make_order(self.composite(10, 2500), confirm=True)
        self.assertNotIn(self.profile, self.open_plan())

    def test_request_once(self):
        """One draft per supplier; a second click, or a second screen, orders nothing more."""
        self.set_levels(self.paper_core, 200, 20)
        self.set_levels(self.paper_liner, 85, 20)
        lines, stale = self.open_plan(), self.open_plan()
        both = lines[self.paper_core] + lines[self.paper_liner]
        order = self.request(both)
        self.assertEqual(len(order), 1)
        self.assertEqual(
            (order.state, order.partner_id, order.user_id), ("draft", self.vendor, self.buyer)
        )
        self.assertEqual(
            {line.product_id: line.product_qty for line in order.order_line},
            {self.paper_core: 100, self.paper_liner: 50},
        )
        self.assertEqual(order.order_line.mapped("price_unit"), [12, 10])
        core = order.order_line.filtered(lambda line: line.product_id == self.paper_core)
        self.assertEqual(core.orderpoint_id.product_id, self.paper_core)

        with self.assert_refused("Nothing is left to request"):
            both.action_request()
        stale_lines = stale[self.paper_core] + stale[self.paper_liner]
        self.assertEqual(sum(stale_lines.mapped("quantity")), 150)
        with self.assert_refused("Nothing is left to request"):
            stale_lines.action_request()
        again = self.open_plan()[self.paper_core]
        self.assertEqual((again.on_order, again.missing, again.quantity), (100, 0, 0))

    def test_confirmed_purchase_is_on_order(self):
        self.set_levels(self.paper_core, 200, 20)
        order = self.request(self.open_plan()[self.paper_core])
        order.with_user(self.buyer).button_confirm()
        line = self.open_plan()[self.paper_core]
        self.assertEqual((line.on_order, line.missing), (100, 0))

    def test_late_receipt(self):
        """A purchase whose day has passed says since when, and is shown though it covers all."""
        self.set_levels(self.paper_core, 200, 20)
        self.set_levels(self.paper_liner, 85, 20)
        lines = self.open_plan()
        order = self.request(lines[self.paper_core] + lines[self.paper_liner])
        order.with_user(self.buyer).button_confirm()
        line = self.open_plan()[self.paper_core]
        self.assertEqual((line.late_days, line.late_text), (0, False))
        receipt = order.picking_ids
        moves = receipt.move_ids
        core = moves.filtered(lambda move: move.product_id == self.paper_core)
        core.date = fields.Datetime.now() - timedelta(days=3)
        lines = self.open_plan()
        line = lines[self.paper_core]
        self.assertEqual((line.late_days, line.missing), (3, 0))
        self.assertEqual(line.with_context(lang="en_US").late_text, f"{receipt.name}: 3 days")
        self.assertFalse(lines[self.paper_liner].late_days)

    def test_whole_screen_and_typed_quantity(self):
        """Without a choice all lines of the screen are requested, as typed."""
        self.set_levels(self.paper_core, 200, 20)
        lines = self.open_plan()
        for line in lines.values():
            line.quantity = 0
        lines[self.paper_core].quantity = 130
        nothing = lines[self.paper_core].browse()
        context = {"cantoneira_plan_id": lines[self.paper_core].plan_id.id}
        order = self.request(nothing.with_context(**context))
        self.assertEqual(order.order_line.mapped("product_qty"), [130])
        with self.assert_refused("cannot be ordered", ValidationError):
            lines[self.paper_core].quantity = -1

    def test_packs(self):
        """Tape in boxes of 12: 25 missing rolls are 3 boxes."""
        box = self.env["uom.uom"].create(
            {"name": "Caixa de 12", "relative_factor": 12, "relative_uom_id": self.unit.id}
        )
        self.make_offer(self.tape, price=60, min_qty=2, delay=2, product_uom_id=box.id)
        self.set_levels(self.tape, 175, 20)
        line = self.open_plan()[self.tape]
        self.assertEqual((line.missing, line.quantity, line.purchase_uom_id), (25, 3, box))
        order = self.request(line)
        self.assertEqual((order.order_line.product_qty, order.order_line.product_uom_id), (3, box))
        self.assertEqual(self.open_plan()[self.tape].on_order, 36)

    def test_no_supplier(self):
        self.set_levels(self.glue, 25, 10)
        line = self.open_plan()[self.glue]
        self.assertEqual((line.missing, bool(line.partner_id)), (20, False))
        with self.assert_refused("Cola PVA has no supplier"):
            line.action_request()

    def test_roles(self):
        """Buyers and nobody else; what one sees is not another's."""
        for user in (self.sales_user, self.stock_user, self.production_user):
            with self.assertRaises(AccessError):
                self.env["cantoneira.purchase.plan"].with_user(user).action_open()
        home = self.env["cantoneira.home"].with_user(self.buyer)._home_action()
        self.assertEqual(home["res_model"], "cantoneira.purchase.plan.line")

    def test_cost_does_not_grow(self):
        """As many queries for 50 materials as for 5."""

        def materials(count):
            for number in range(count):
                paper = self.make_paper(
                    f"Papel {number}", 200, 90, min_stock_qty=30, reorder_point_qty=10
                )
                self.make_offer(paper, price=9, min_qty=20, delay=4)
                self.make_delivery(paper, 5)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.open_plan()
            return self.cr.sql_log_count - before

        materials(5)
        queries()
        few = queries()
        materials(45)
        queries()
        self.assertEqual(queries(), few)
