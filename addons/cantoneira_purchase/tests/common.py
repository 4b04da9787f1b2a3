"""Suppliers of the seed's papers and a buyer, for the tests of this addon and those above it."""

from odoo.addons.cantoneira_sale.tests.common import CantoneiraSaleCase

BUYER_GROUPS = "cantoneira_purchase.group_buyer"


class CantoneiraPurchaseCase(CantoneiraSaleCase):
    """On top of the sale case: ``buyer``, and ``vendor`` who sells the seed's papers.

    ``paper_core`` comes in 5 days, at least 100 kg; ``paper_liner`` in 5 days, at least 50 kg.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.make_user("compras_teste", BUYER_GROUPS)
        cls.make_offer(cls.paper_core, price=12, min_qty=100, delay=5)
        cls.make_offer(cls.paper_liner, price=10, min_qty=50, delay=5)

    @classmethod
    def make_offer(cls, product, vendor=None, **values):
        """What a supplier asks for ``product``."""
        return cls.env["product.supplierinfo"].create(
            {
                "partner_id": (vendor or cls.vendor).id,
                "product_tmpl_id": product.product_tmpl_id.id,
                **values,
            }
        )

    @classmethod
    def set_levels(cls, product, minimum, reorder_point):
        product.write({"min_stock_qty": minimum, "reorder_point_qty": reorder_point})

    def open_plan(self, user=None):
        """What to buy, as the buyer sees it: ``{product: line}``."""
        plans = self.env["cantoneira.purchase.plan"].with_user(user or self.buyer)
        action = plans.action_open()
        lines = self.env[action["res_model"]].with_user(user or self.buyer).search(action["domain"])
        return {line.product_id: line for line in lines}

    def request(self, lines):
        """Make the requests of these lines; gives the purchase orders."""
        before = self.env["purchase.order"].search([])
        lines.action_request()
        return self.env["purchase.order"].search([]) - before
