from odoo.tests import tagged

from .common import CantoneiraPurchaseCase


@tagged("post_install", "-at_install")
class TestOrderpoints(CantoneiraPurchaseCase):
    """Odoo's reordering rules say what the material's form says."""

    def rules(self, product):
        return self.env["stock.warehouse.orderpoint"].search([("product_id", "=", product.id)])

    def test_follow_the_material(self):
        """Made, changed and removed with the reorder point, by a plain storekeeper."""
        paper = self.paper_core.with_user(self.stock_user)
        paper.product_tmpl_id.write({"min_stock_qty": 50, "reorder_point_qty": 20})
        rule = self.rules(paper)
        self.assertEqual(len(rule), 1)
        self.assertEqual(
            (rule.product_min_qty, rule.product_max_qty, rule.trigger), (20, 50, "manual")
        )
        self.assertEqual(rule.location_id, self.warehouse.lot_stock_id)

        paper.write({"min_stock_qty": 80, "reorder_point_qty": 60})
        self.assertEqual(self.rules(paper), rule)
        self.assertEqual((rule.product_min_qty, rule.product_max_qty), (60, 80))

        paper.reorder_point_qty = 0
        self.assertFalse(self.rules(paper))

    def test_new_material(self):
        paper = self.make_paper(
            "Bobina 200g – 90mm", 200, 90, min_stock_qty=30, reorder_point_qty=10
        )
        self.assertEqual(self.rules(paper).product_min_qty, 10)

    def test_confirming_a_sale_makes_no_purchase(self):
        """A rule never fires inside a confirmation."""
        self.set_levels(self.paper_core, 150, 149)
        before = self.env["purchase.order"].search([])
        self.make_order(self.composite(100, 2500), confirm=True)
        self.assertEqual(self.env["purchase.order"].search([]), before)
