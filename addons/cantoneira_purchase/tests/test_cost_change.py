from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CantoneiraPurchaseCase


@tagged("post_install", "-at_install")
class TestCostChange(CantoneiraPurchaseCase):
    """A receipt at another price: recipes listed, and a sales manager decides."""

    def setUp(self):
        """The 150 kg of core paper come from a receipt, at the cost they have: nobody is asked."""
        super().setUp()
        self.put_in_stock(self.paper_core, -150)
        self.assertFalse(self.receive(12))

    def receive(self, price, quantity=150):
        """Buy and receive core paper; gives the list, if one was made."""
        order = (
            self.env["purchase.order"]
            .with_user(self.buyer)
            .create(
                {
                    "partner_id": self.vendor.id,
                    "order_line": [
                        (
                            0,
                            0,
                            {
                                "product_id": self.paper_core.id,
                                "product_qty": quantity,
                                "price_unit": price,
                                "tax_ids": False,
                            },
                        )
                    ],
                }
            )
        )
        order.button_confirm()
        before = self.env["cantoneira.cost.change"].search([])
        picking = order.sudo().picking_ids.with_user(self.stock_user)
        for move in picking.move_ids:
            move.quantity = move.product_uom_qty
            move.picked = True
        picking.button_validate()
        return self.env["cantoneira.cost.change"].search([]) - before

    def test_list_and_proposal(self):
        """150 kg at 12 and 150 kg at 18 cost 15: 2.002 becomes 2.338 per metre."""
        change = self.receive(18)
        self.assertEqual(self.paper_core.standard_price, 15)
        self.assertEqual((len(change), change.state), (1, "open"))
        material = change.material_ids
        self.assertEqual(
            (material.product_id, material.cost_before, material.cost_after, material.percent),
            (self.paper_core, 12, 15, 25),
        )
        own = change.profile_ids.filtered(
            lambda line: line.product_tmpl_id == self.profile.product_tmpl_id
        )
        self.assertEqual((own.cost_before, own.cost_after), (2.002, 2.338))
        self.assertEqual((own.markup_before, own.markup_after), (299.6, 242.2))
        self.assertEqual((own.margin_before, own.margin_after), (75.0, 70.8))
        self.assertEqual(own.proposed_price, 9.34)
        self.assertTrue(change.activity_ids)

        change.with_user(self.sales_manager).action_raise_prices()
        self.assertEqual((self.profile.list_price, change.state), (9.34, "raised"))
        with self.assert_refused("already decided"):
            change.with_user(self.sales_manager).action_keep()

    def test_quotations(self):
        """Open ones take the new cost when told to; confirmed ones never."""
        quoted = self.make_order(self.composite(10, 2500))
        ordered = self.make_order(self.composite(10, 2500), confirm=True)
        self.company.minimum_margin_percent = 73
        change = self.receive(18).with_user(self.sales_manager)
        self.assertIn(quoted, change.order_ids)
        self.assertIn(quoted, change.below_margin_ids)
        self.assertNotIn(ordered, change.order_ids)
        costs = [order.sudo().order_line.purchase_price for order in (quoted, ordered)]
        change.action_update_quotes()
        line = quoted.sudo().order_line
        self.assertAlmostEqual(line.purchase_price, 2.338, 3)
        self.assertNotEqual(line.purchase_price, costs[0])
        self.assertEqual(ordered.sudo().order_line.purchase_price, costs[1])
        self.assertEqual(change.state, "updated")

    def test_below_the_threshold(self):
        """150 kg at 12 and 150 at 12.10 are 0.42 % more: nobody is asked."""
        self.assertFalse(self.receive(12.10))
        self.company.cost_change_percent = 0.1
        self.assertTrue(self.receive(12.30))

    def test_roles(self):
        change = self.receive(18)
        for user in (self.sales_user, self.stock_user, self.buyer):
            with self.assertRaises(AccessError):
                change.with_user(user).action_keep()
        change.with_user(self.sales_manager).action_keep()
        self.assertEqual(change.state, "kept")
