"""What to buy in a real browser, as a plain buyer."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import CantoneiraPurchaseCase


@tagged("post_install", "-at_install")
class TestPurchaseTours(CantoneiraPurchaseCase, HttpCase):
    browser_size = "1366x768"

    def test_request(self):
        """One click makes the request of what is missing; what is late stands there in red."""
        self.buyer.lang = "en_US"
        self.paper_core.name = "Bobina do passeio"
        self.set_levels(self.paper_core, 300, 20)
        # Ordered, and three days late.
        self.paper_liner.name = "Bobina atrasada"
        self.set_levels(self.paper_liner, 85, 20)
        late = self.request(self.open_plan()[self.paper_liner])
        late.with_user(self.buyer).button_confirm()
        late.picking_ids.move_ids.date = fields.Datetime.now() - timedelta(days=3)
        self.start_tour(
            "/odoo/cantoneira-to-buy", "cantoneira_purchase_request", login=self.buyer.login
        )
        order = self.env["purchase.order"].search([("partner_id", "=", self.vendor.id)]) - late
        self.assertEqual((order.state, order.create_uid), ("draft", self.buyer))
        self.assertEqual(order.order_line.mapped("product_qty"), [150])


@tagged("post_install", "-at_install")
class TestPurchaseToursOnPhone(TestPurchaseTours):
    browser_size = "390x844"
    touch_enabled = True
