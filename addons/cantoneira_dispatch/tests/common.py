"""Deliveries ready to be packed, for the tests of this addon and those above it."""

from odoo.addons.cantoneira_sale.tests.common import CantoneiraSaleCase

from ..hooks import post_init_hook

DISPATCH_GROUPS = "cantoneira_dispatch.group_dispatch"


class CantoneiraDispatchCase(CantoneiraSaleCase):
    """The seed's maker with enough on the shelf, and ``dispatch_user``, a plain dispatcher."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What installation does; a test database may have been made before a change of it.
        post_init_hook(cls.env)
        cls.put_in_stock(cls.paper_core, 5_000)
        cls.put_in_stock(cls.paper_liner, 5_000)
        cls.put_in_stock(cls.glue, 5_000)
        cls.dispatch_user = cls.make_user("expedicao_teste", DISPATCH_GROUPS)

    def made(self, *lines, user=None, **values):
        """The delivery of an order of these lines, all of it in stock, as ``user`` sees it."""
        order = self.make_order(*lines, confirm=True, **values).sudo()
        for production in order.order_line.production_ids:
            self.produce(production)
        picking = order.picking_ids
        picking.action_assign()
        return picking.with_user(user or self.dispatch_user)

    def packed(self, *lines, **options):
        """The same, on the pallets that are proposed."""
        picking = self.made(*lines, **options)
        picking.action_propose_pallets()
        return picking

    def contents(self, picking):
        """``[{product: pieces}]`` of each pallet, by number; units of what has no length."""
        return [
            {
                line.product_id: line.pallet_pieces or line.quantity
                for line in pallet.content_line_ids
            }
            for pallet in picking.pallet_ids.sorted("pallet_number")
        ]

    def code(self, picking, number=1):
        pallet = picking.pallet_ids.filtered(lambda pallet: pallet.pallet_number == number)
        return pallet.gate_code

    def check_out(self, code, user=None):
        """What the gate says to ``code``."""
        return self.env["stock.package"].with_user(user or self.dispatch_user).check_out(code)

    def assert_reserved_once(self, picking):
        """What is reserved on the shelf is what the delivery's lines say."""
        for product in picking.move_ids.product_id:
            quants = self.env["stock.quant"].search(
                [("product_id", "=", product.id), ("location_id.usage", "=", "internal")]
            )
            lines = picking.move_line_ids.filtered(lambda line, p=product: line.product_id == p)
            self.assertAlmostEqual(
                sum(quants.mapped("reserved_quantity")),
                sum(lines.mapped("quantity_product_uom")),
                6,
            )
