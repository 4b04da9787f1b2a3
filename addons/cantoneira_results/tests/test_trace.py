"""From a customer's order to its reels, and from a bad reel to whom it went."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CantoneiraResultsCase


@tagged("post_install", "-at_install")
class TestTrace(CantoneiraResultsCase):
    def uses(self, record, user):
        """What the smart button of ``record`` shows to ``user``."""
        record = record.with_user(user)
        press = record.action_trace_orders if record._name == "stock.lot" else None
        action = (press or record.action_trace_reels)()
        return self.env[action["res_model"]].with_user(user).search(action["domain"])

    def test_order_to_reels(self):
        order, production = self.make_sold()
        self.assertEqual(order.trace_count, 0)
        self.finish(production, core=3)
        order.invalidate_recordset(["trace_count"])
        self.assertEqual(order.trace_count, 2)
        rows = {row.lot_id.id: row for row in self.uses(order, self.sales_user)}
        self.assertEqual(set(rows), {self.core_reel.id, self.liner_reel.id})
        core = rows[self.core_reel.id]
        self.assertEqual((core.kg, core.supplier_batch), (3, "LOTE-9"))
        self.assertEqual((core.vendor_id, core.production_id), (self.vendor, production.sudo()))
        self.assertEqual(core.material_id, self.paper_core)

    def test_reel_to_orders(self):
        """Three orders had some of it; one has left, with its delivery and the day."""
        orders = [self.make_sold() for _number in range(3)]
        for _order, production in orders[:2]:
            self.finish(production)
        first = orders[0][0]
        delivery = self.deliver(first)
        started = orders[2][1]
        started.action_start()
        started.pieces_producing = 5
        self.assertEqual(self.core_reel.with_user(self.stock_user).trace_count, 3)
        rows = self.uses(self.core_reel, self.stock_user)
        found = {row.sale_order_id.id: row for row in rows.sudo()}
        self.assertEqual(set(found), {order.id for order, _production in orders})
        delivered = found[first.id]
        self.assertEqual(
            (delivered.order_state, delivered.delivery_names), ("delivered", delivery.name)
        )
        self.assertEqual(delivered.delivered_date, delivery.date_done)
        self.assertEqual((delivered.piece_qty, delivered.piece_length_mm), (10, 2500))
        self.assertFalse(found[orders[1][0].id].delivered_date)
        being_made = found[orders[2][0].id]
        self.assertEqual((being_made.production_state, being_made.piece_qty), ("open", 5))
        self.assertAlmostEqual(being_made.kg, 1.4)
        # What left the reel is what its uses say.
        self.assertAlmostEqual(
            sum(row.kg for row in rows if row.production_state == "done"),
            self.core_reel.initial_weight - self.core_reel.current_weight,
        )

    def test_reserved_is_not_used(self):
        _order, production = self.make_sold()
        production.action_start()
        self.assertTrue(self.raw_of(production, "core").move_line_ids.lot_id)
        self.assertFalse(self.uses(self.core_reel, self.stock_user))

    def test_merged_order(self):
        """Two customers' orders made as one: the reel is in both, each with its share."""
        (one, first), (two, second) = self.make_sold(10), self.make_sold(30)
        action = (first | second).with_user(self.production_manager).action_merge()
        merged = self.env["mrp.production"].browse(action["res_id"])
        merged.machine_id = self.machine
        self.finish(merged.with_user(self.production_user))
        rows = {row.sale_order_id.id: row for row in self.uses(self.core_reel, self.stock_user)}
        self.assertEqual(set(rows), {one.id, two.id})
        self.assertAlmostEqual(rows[one.id].kg, 2.8)
        self.assertAlmostEqual(rows[two.id].kg, 8.4)
        self.assertEqual((rows[one.id].piece_qty, rows[two.id].piece_qty), (10, 30))
        self.assertIn(self.core_reel.id, self.uses(one, self.sales_user).lot_id.ids)
        self.assertEqual(self.uses(one, self.sales_user).sale_order_id, one)

    def test_rest_of_an_order(self):
        """What was made later from another reel is the order's too."""
        order, production = self.make_sold()
        production.action_start()
        production.pieces_producing = 6
        production.with_context(
            skip_consumption=True, skip_backorder=True, mo_ids_to_backorder=production.ids
        ).button_mark_done()
        later = order.sudo().order_line.production_ids - production.sudo()
        self.core_reel._block("Rasgada")
        other = self.make_reel(self.paper_core, 100)
        self.finish(later.with_user(self.production_user))
        lots = self.uses(order, self.sales_user).sudo().lot_id
        self.assertEqual(lots, self.core_reel | self.liner_reel | other)

    def test_where_a_row_leads(self):
        """To the reel and back; never to prices that its reader may not see."""
        order, production = self.make_sold()
        self.finish(production)

        def leads(user, to):
            row = self.uses(self.core_reel, user)
            action = row.with_context(trace_to=to).action_open()
            return action["res_model"], action["res_id"]

        lot, sale = ("stock.lot", self.core_reel.id), ("sale.order", order.id)
        made = ("mrp.production", production.id)
        self.assertEqual(leads(self.stock_user, "reel"), lot)
        self.assertEqual(leads(self.production_user, "reel"), lot)
        self.assertEqual(leads(self.sales_user, "reel")[0], "cantoneira.reel.use")
        self.assertEqual(leads(self.sales_user, "order"), sale)
        self.assertEqual(leads(self.stock_user, "order")[0], "cantoneira.reel.use")
        self.assertEqual(leads(self.production_user, "order"), made)

    def test_rights(self):
        order, production = self.make_sold()
        self.finish(production)
        own = self.make_user("proprias_teste", "sales_team.group_sale_salesman")
        rows = self.uses(self.core_reel, self.stock_user)
        self.assertFalse(self.env[rows._name].with_user(own).search([("id", "in", rows.ids)]))
        order.sudo().user_id = own
        self.env.flush_all()
        self.assertTrue(self.env[rows._name].with_user(own).search([("id", "in", rows.ids)]))
        with self.assertRaises(AccessError):
            rows.with_user(self.finance_user).read(["kg"])
        money = {"monetary"} & {field.type for field in rows._fields.values()}
        self.assertFalse(money, "no price, no cost")
        self.assertEqual(order.with_user(self.finance_user).trace_count, 0)
        # A storekeeper reads the number and the customer of the order as they stand in the list.
        (read,) = rows.web_read(
            {
                "sale_order_id": {"fields": {"display_name": {}}},
                "partner_id": {"fields": {"display_name": {}}},
            }
        )
        self.assertEqual(read["sale_order_id"]["display_name"], order.name)

    def test_another_company(self):
        _order, production = self.make_sold()
        self.finish(production)
        elsewhere = self.env["res.company"].create({"name": "Outra"})
        self.stock_user.write({"company_ids": elsewhere.ids, "company_id": elsewhere.id})
        rows = self.env["cantoneira.reel.use"].with_user(self.stock_user)
        self.assertFalse(rows.search([("lot_id", "=", self.core_reel.id)]))

    def test_printed(self):
        """The lists on paper, as the storekeeper and the salesperson print them."""
        order, production = self.make_sold()
        self.finish(production)
        for record, user, expected in (
            (self.core_reel, self.stock_user, [order.name, self.customer.name]),
            (order, self.sales_user, [self.core_reel.name, "LOTE-9", self.vendor.name]),
            (production, self.production_user, [self.core_reel.name, "LOTE-9"]),
        ):
            record = record.with_user(user)
            press = getattr(record, "action_trace_reels", None) or record.action_trace_orders
            context = press()["context"]
            uses = self.env["cantoneira.reel.use"].with_user(user).with_context(**context)
            report = uses.action_print()
            html, _kind = (
                self.env["ir.actions.report"]
                .with_user(user)
                ._render_qweb_html(report["report_name"], record.ids)
            )
            for text in expected:
                self.assertIn(text, html.decode())

    def test_queries(self):
        """A reel in 2 orders costs what a reel in 8 costs; so do the orders' buttons."""
        sold = [self.make_sold() for _number in range(8)]
        orders = self.env["sale.order"].browse([order.id for order, _production in sold])
        spec = {name: {} for name in self.env["cantoneira.reel.use"].fields_get()}

        def of_reel():
            uses = self.env["cantoneira.reel.use"].with_user(self.stock_user)
            domain = self.core_reel.with_user(self.stock_user)._trace_domain()
            found = uses.web_search_read(domain, spec)["records"]
            return len(found), self.core_reel.with_user(self.stock_user).trace_count

        def of_orders(count):
            return orders[:count].with_user(self.sales_user).mapped("trace_count")

        for _order, production in sold[:2]:
            self.finish(production)
        few = self.queries(of_reel)
        for _order, production in sold[2:]:
            self.finish(production)
        self.env.invalidate_all()
        self.assertEqual(of_reel(), (8, 8))
        self.assertLessEqual(self.queries(of_reel), few)
        self.assertLessEqual(self.queries(lambda: of_orders(8)), self.queries(lambda: of_orders(2)))
