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
