from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CantoneiraPurchaseCase


@tagged("post_install", "-at_install")
class TestReports(CantoneiraPurchaseCase):
    """Stock, cover and consumption, from what really moved."""

    def test_consumption_and_cover(self):
        """25 m used 2.8 kg, 100 m of core paper; 147.2 kg last 4,731 days."""
        order = self.make_order(self.composite(10, 2500), confirm=True)
        self.produce(order.sudo().order_line.production_ids)
        self.env.flush_all()
        reports = self.env["cantoneira.consumption.report"].with_user(self.buyer)
        used = reports.search([("product_id", "=", self.paper_core.id)])
        self.assertAlmostEqual(sum(used.mapped("quantity")), 2.8, 6)
        self.assertAlmostEqual(sum(used.mapped("metres")), 100, 6)
        self.assertAlmostEqual(sum(used.mapped("amount")), 2.8 * 12, 6)
        self.assertFalse(reports.search([("product_id", "=", self.profile.id)]))

        cover = (
            self.env["cantoneira.cover.report"]
            .with_user(self.buyer)
            .search([("product_id", "=", self.paper_core.id)])
        )
        self.assertAlmostEqual(cover.on_hand, 147.2, 6)
        self.assertAlmostEqual(cover.metres, 147.2 * 1000 / 28, 1)
        self.assertAlmostEqual(cover.days_of_cover, 147.2 * 90 / 2.8, 1)
        self.assertAlmostEqual(cover.amount, 147.2 * 12, 2)

    def receive(self, ordered, weighed, noted=0, vendor=None, rest="later"):
        """Buy core paper, weigh what comes as the storekeeper, type the supplier's note."""
        self.paper_core.product_tmpl_id.tracking = "lot"
        order = self.env["purchase.order"].with_user(self.buyer)
        line = {"product_id": self.paper_core.id, "product_qty": ordered}
        order = order.create(
            {"partner_id": (vendor or self.vendor).id, "order_line": [Command.create(line)]}
        )
        order.button_confirm()
        receipt = order.picking_ids.with_user(self.stock_user)
        action = receipt.action_weigh_reels()
        wizard = self.env[action["res_model"]].with_user(self.stock_user)
        wizard = wizard.with_context(**action["context"]).create(
            {"typed": str(weighed), "rest": rest}
        )
        wizard.noted = noted
        wizard.action_receive()
        return receipt

    def test_weight_differences(self):
        """98 of 100 ordered; 300 noted of 400, 291 weighed, the rest comes; 60 noted by nobody."""
        other = self.vendor.copy({"name": "Outra papelaria"})
        first = self.receive(100, 98)
        self.receive(400, 291, noted=300)
        self.receive(100, 60, vendor=other)
        self.receive(200, 204, noted=200, vendor=other)
        self.env.flush_all()
        report = self.env["cantoneira.weight.report"].with_user(self.buyer)
        rows = report.search([("product_id", "=", self.paper_core.id)])
        told = sorted((row.noted, row.weighed, row.difference, row.percent) for row in rows)
        self.assertEqual(told, [(100, 98, -2, -2), (200, 204, 4, 2), (300, 291, -9, -3)])
        self.assertEqual(rows.filtered(lambda r: r.noted == 100).picking_id.id, first.id)
        groups = report._read_group(
            [("product_id", "=", self.paper_core.id)],
            ["partner_id"],
            ["difference:sum", "percent:avg"],
        )
        of = {partner: (kilos, percent) for partner, kilos, percent in groups}
        self.assertAlmostEqual(of[self.vendor][0], -11, 6)
        self.assertAlmostEqual(of[self.vendor][1], -2.75, 6)
        self.assertEqual(of[other], (4, 2))
        with self.assertRaises(AccessError):
            report.with_user(self.sales_user).search([])
