"""The trace through surplus: from an order served from it to the reels, and from a bad reel to it."""

from odoo.tests import tagged

from .common import CantoneiraResultsCase


@tagged("post_install", "-at_install")
class TestTraceSurplus(CantoneiraResultsCase):
    def made_over(self, pieces=13):
        """10 ordered, more made; the rest lies in surplus."""
        order, production = self.make_sold()
        production.action_start()
        production.pieces_producing = pieces
        production.with_context(skip_consumption=True).button_mark_done()
        self.assertEqual(production.surplus_piece_qty, pieces - 10)
        return order, production.sudo()

    def take(self, pieces, surplus):
        line = self.composite(pieces, 2500, surplus_piece_qty=surplus)
        return self.make_order(line, confirm=True)

    def uses(self, record, user):
        record = record.with_user(user)
        press = record.action_trace_orders if record._name == "stock.lot" else None
        action = (press or record.action_trace_reels)()
        uses = self.env["cantoneira.reel.use"].with_user(user)
        uses.invalidate_model()
        return uses.search(action["domain"]), record.trace_count

    def test_order_to_reels(self):
        """Two clicks: the later order's button, a row."""
        _order, production = self.made_over()
        later = self.take(2, 2)
        rows, count = self.uses(later, self.sales_user)
        self.assertEqual(count, 2)
        self.assertEqual(rows.lot_id, self.core_reel | self.liner_reel)
        self.assertEqual(
            (rows.production_id.ids, set(rows.mapped("path"))), ([production.id], {"surplus"})
        )
        core = rows.filtered(lambda row: row.lot_id == self.core_reel)
        # 2 × 2.5 m × 112 g.
        self.assertAlmostEqual(core.kg, 0.56)
        self.assertEqual((core.piece_qty, core.sale_order_id), (2, later))
        target = core.with_context(trace_to="reel").with_user(self.stock_user).action_open()
        self.assertEqual((target["res_model"], target["res_id"]), ("stock.lot", self.core_reel.id))

    def test_part_of_an_order(self):
        """An order of which a part is made: reels of both ways."""
        self.made_over()
        later = self.take(10, 3)
        made = later.sudo().order_line.production_ids
        made.machine_id = self.machine
        self.finish(made.with_user(self.production_user))
        rows, _count = self.uses(later, self.sales_user)
        core = rows.filtered(lambda row: row.lot_id == self.core_reel)
        self.assertEqual(
            {row.path: (row.piece_qty, round(row.kg, 6)) for row in core},
            {"made": (7, 1.96), "surplus": (3, 0.84)},
        )

    def test_reel_to_orders(self):
        """The bad reel leads to who ordered, to who got of the surplus, and to what lies there."""
        first, production = self.made_over()
        later = self.take(2, 2)
        rows, count = self.uses(self.core_reel, self.stock_user)
        found = {row.path: (row.sale_order_id, row.piece_qty, round(row.kg, 6)) for row in rows}
        nobody = first.browse()
        self.assertEqual(
            found,
            {
                "made": (first.with_user(self.stock_user), 10, 2.8),
                "surplus": (later.with_user(self.stock_user), 2, 0.56),
                "rack": (nobody, 1, 0.28),
            },
        )
        self.assertEqual(count, 3)
        self.assertEqual(rows.partner_id, self.customer.with_user(self.stock_user))
        row = rows.filtered(lambda row: row.path == "surplus")
        action = row.with_user(self.sales_user).with_context(trace_to="order").action_open()
        self.assertEqual((action["res_model"], action["res_id"]), ("sale.order", later.id))
        self.assertAlmostEqual(
            sum(rows.mapped("kg")), self.core_reel.initial_weight - self.core_reel.current_weight
        )
        # Delivered, it is told with its delivery.
        delivery = self.deliver(later)
        rows, _count = self.uses(self.core_reel, self.stock_user)
        row = rows.filtered(lambda row: row.path == "surplus")
        self.assertEqual((row.delivery_names, row.order_state), (delivery.name, "delivered"))
        self.assertEqual(len(rows.production_id), 1)
        self.assertEqual(production.trace_count, 2)

    def test_of_several(self):
        """Pieces of two lay there: both orders' reels are told, as a perhaps."""
        _one, first = self.made_over()
        self.core_reel._block("Rasgada")
        other = self.make_reel(self.paper_core, 100)
        _two, second = self.made_over()
        later = self.take(2, 2)
        rows, _count = self.uses(later, self.sales_user)
        self.assertEqual(set(rows.mapped("path")), {"maybe"})
        self.assertEqual(set(rows.production_id.ids), {first.id, second.id})
        for reel in (self.core_reel, other):
            rows, _count = self.uses(reel, self.stock_user)
            self.assertIn(later.id, rows.sale_order_id.ids)

    def test_cancelled_order(self):
        """What was made for an order that was cancelled went to whom took it."""
        order, production = self.make_sold()
        self.finish(production)
        order._action_cancel()
        later = self.take(10, 10)
        rows, _count = self.uses(self.core_reel, self.stock_user)
        self.assertEqual(
            [(row.sale_order_id.id, row.path) for row in rows], [(later.id, "surplus")]
        )
        self.assertAlmostEqual(rows.kg, 2.8)

    def test_printed(self):
        self.made_over()
        self.take(2, 2)
        report = "cantoneira_results.report_trace_lot"
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.stock_user)
            ._render_qweb_html(report, self.core_reel.ids)
        )
        for text in ("From surplus", "Lies in surplus"):
            self.assertIn(text, html.decode())

    def test_queries(self):
        """An order from surplus costs the same whether one or five went there before."""

        def ask():
            return self.uses(later, self.sales_user)[1]

        self.made_over()
        later = self.take(1, 1)
        few = self.queries(ask)
        for _number in range(4):
            self.made_over()
        later = self.take(6, 6)
        self.assertEqual(ask(), 2)
        self.assertLessEqual(self.queries(ask), few)
