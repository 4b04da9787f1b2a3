"""The order board: fixed columns, one rule for material, a cost that does not grow."""

from ast import literal_eval
from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CantoneiraSaleCase

COLUMNS = ["quotation", "approved", "production", "finished", "delivered"]


class BoardCase(CantoneiraSaleCase):
    def orders(self, user=None):
        return self.env["sale.order"].with_user(user or self.sales_user)

    def found(self, *states):
        return self.orders().search(
            [("material_state", "in", states), ("partner_id", "=", self.customer.id)]
        )


@tagged("post_install", "-at_install")
class TestMaterialState(BoardCase):
    def test_first_promised_first_served(self):
        """5 kg of glue are there: two orders take 1.875 kg each, the third does not fit."""
        self.company.shortage_policy = "warn"
        first, second, third = (
            self.make_order(self.composite(50, 2500), confirm=True) for _number in range(3)
        )
        quotation = self.make_order(self.composite(50, 2500))
        self.assertEqual(
            (first | second | third | quotation).mapped("material_state"),
            ["ready", "ready", "waiting", False],
        )
        self.assertEqual(self.found("waiting"), third)
        self.assertEqual(self.found("ready"), first | second)
        self.assertIn(quotation, self.found(False))
        self.assertNotIn(third, self.found(False))
        self.assertEqual(self.found("waiting", "ready"), first | second | third)
        self.assertIn(
            quotation,
            self.orders().search([("material_state", "!=", "waiting")]),
        )

    def test_arrived_or_given_back(self):
        self.company.shortage_policy = "warn"
        first = self.make_order(self.composite(100, 2500), confirm=True)
        second = self.make_order(self.composite(100, 2500), confirm=True)
        self.assertEqual(self.found("waiting"), second)
        self.put_in_stock(self.glue, 2.5)
        self.assertFalse(self.found("waiting"))
        self.put_in_stock(self.glue, -2.5)
        self.assertEqual(self.found("waiting"), second)
        first.action_cancel()
        self.assertFalse(self.found("waiting"))

    def test_what_is_made_waits_no_more(self):
        order = self.make_order(self.composite(10, 2500), confirm=True)
        self.assertEqual(order.material_state, "ready")
        self.produce(order.sudo().order_line.production_ids)
        order.invalidate_recordset(["material_state"])
        self.assertFalse(order.material_state)

    def test_resale_goods_that_are_not_there(self):
        self.company.shortage_policy = "warn"
        order = self.make_order(self.resale(200), confirm=True)
        self.assertEqual(order.material_state, "waiting")
        self.put_in_stock(self.tape, 50)
        order.invalidate_recordset(["material_state"])
        self.assertEqual(order.material_state, "ready")

    def test_another_warehouse_covers_nothing(self):
        self.company.shortage_policy = "warn"
        other = self.env["stock.warehouse"].create({"name": "Filial", "code": "FIL"})
        self.put_in_stock(self.tape, 500, warehouse=other)
        order = self.make_order(self.resale(200), confirm=True)
        self.assertEqual(order.material_state, "waiting")

    def test_filters_of_the_search_view(self):
        """Each filter finds what it says, typed as the web client sends it."""
        now = fields.Datetime.now()
        this_week = self.make_order(self.resale(1), commitment_date=now, confirm=True)
        later = self.make_order(
            self.resale(1), commitment_date=now + timedelta(days=8), confirm=True
        )
        sent = self.make_order(self.resale(1))
        sent.state = "sent"
        expired = self.make_order(self.resale(1), validity_date=now - timedelta(days=2))
        expired.state = "sent"
        arch = self.orders().get_view(
            self.env.ref("cantoneira_sale.sale_order_view_search").id, "search"
        )["arch"]
        for name, inside, outside in [
            ("this_week", this_week, later),
            ("to_confirm", sent, expired),
            ("on_the_board", this_week | later | sent, self.env["sale.order"]),
        ]:
            with self.subTest(name):
                found = self.orders().search(self.domain_of(arch, name))
                self.assertLessEqual(inside, found)
                self.assertFalse(outside & found)

    def domain_of(self, arch, name):
        (node,) = etree.fromstring(arch).iterfind(f".//filter[@name='{name}']")
        return literal_eval(node.get("domain"))


@tagged("post_install", "-at_install")
class TestBoard(BoardCase):
    #: What the kanban asks of each card.
    CARD = {
        name: {}
        for name in (
            *("name", "amount_total", "total_pieces", "total_metres", "commitment_date"),
            *("is_late", "production_state", "material_state", "currency_id", "invoice_status"),
        )
    } | {"partner_id": {"fields": {"display_name": {}}}}

    def open_board(self):
        return (
            self.orders()
            .with_context(read_group_expand=True)
            .web_read_group(
                [("partner_id", "=", self.customer.id)],
                ["production_state"],
                ["amount_total:sum"],
                auto_unfold=True,
                unfold_read_specification=self.CARD,
                unfold_read_default_limit=40,
            )["groups"]
        )

    def test_columns_in_fixed_order(self):
        self.assertEqual([group["production_state"] for group in self.open_board()], COLUMNS)
        order = self.make_order(self.composite(10, 2500), confirm=True)
        gone = self.make_order(self.composite(10, 2500))
        gone._action_cancel()
        groups = {group["production_state"]: group for group in self.open_board()}
        self.assertEqual(list(groups), [*COLUMNS, "cancelled"])
        (card,) = groups["approved"]["__records"]
        self.assertEqual((card["id"], card["material_state"]), (order.id, "ready"))
        self.assertEqual((card["total_pieces"], card["total_metres"]), (10, 25))

    def test_nothing_is_dragged_between_columns(self):
        view = self.env.ref("cantoneira_sale.sale_order_view_board")
        for name in ("records_draggable", "groups_draggable", "group_create", "quick_create"):
            self.assertIn(f'{name}="0"', view.arch)

    def test_cost_does_not_grow(self):
        """As many queries with 600 orders as with 60."""

        def fill(count):
            line = self.composite(2, 1000, tax_ids=False)
            self.env["sale.order"].create(
                [
                    {"partner_id": self.customer.id, "order_line": [(0, 0, line)]}
                    for _number in range(count)
                ]
            )
            self.env.flush_all()
            # Spread over the board without making each of them.
            self.env.cr.execute(
                """
                UPDATE sale_order SET production_state = (%s::varchar[])[1 + id %% 5],
                       state = CASE WHEN id %% 5 = 0 THEN 'draft' ELSE 'sale' END
                 WHERE partner_id = %s
                """,
                [COLUMNS, self.customer.id],
            )

        def queries():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.open_board()
            return self.env.cr.sql_log_count - before

        self.make_order(self.composite(10, 2500), confirm=True)
        fill(60)
        queries()
        few = queries()
        fill(540)
        self.assertEqual(queries(), few)
        self.assertLess(few, 60)


@tagged("post_install", "-at_install")
class TestSalesAnalysis(BoardCase):
    def test_pieces_metres_and_kg_by_product(self):
        self.make_order(self.composite(10, 2500), self.composite(4, 1000), self.resale(10))
        self.env.flush_all()
        rows = (
            self.env["sale.report"]
            .with_user(self.sales_user)
            ._read_group(
                [("partner_id", "=", self.customer.id)],
                ["product_id"],
                ["piece_qty:sum", "metres:sum", "net_weight:sum", "price_subtotal:sum"],
            )
        )
        found = {product: sums for product, *sums in rows}
        pieces, metres, kg, amount = found[self.profile]
        self.assertEqual((pieces, metres, amount), (14, 29, 232))
        self.assertAlmostEqual(kg, 29 * 0.1478, 3)
        self.assertEqual(found[self.tape], [0, 0, 0, 150])

    def test_margin_only_for_those_allowed(self):
        self.make_order(self.composite(10, 2500))
        self.env.flush_all()
        report = self.env["sale.report"]
        domain = [("partner_id", "=", self.customer.id)]
        for field in ("margin", "cost"):
            with self.subTest(field), self.assertRaises(AccessError):
                report.with_user(self.sales_user)._read_group(domain, [], [f"{field}:sum"])
        [(cost, margin)] = report.with_user(self.sales_manager)._read_group(
            domain, [], ["cost:sum", "margin:sum"]
        )
        self.assertAlmostEqual(cost, 50.05, 2)
        self.assertAlmostEqual(margin, 149.95, 2)
        for user, shown in ((self.sales_user, False), (self.sales_manager, True)):
            arch = report.with_user(user).get_view(
                self.env.ref("cantoneira_sale.sale_report_view_list").id, "list"
            )["arch"]
            self.assertEqual('name="margin"' in arch, shown)
