"""The gate scanned twice at the same instant: real transactions, on rows that are committed."""

import threading

from odoo import Command, api
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CantoneiraDispatchCase


@tagged("post_install", "-at_install")
class TestGateTwice(CantoneiraDispatchCase):
    """Each test commits a delivery of resale goods, and takes it back as well as stock allows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, 1, {})
            cls.product_id = (
                env["product.product"]
                .create({"name": "Gate goods", "type": "consu", "is_storable": True})
                .id
            )

    def committed_delivery(self, pallets):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, 1, {})
            warehouse = env["stock.warehouse"].search(
                [("company_id", "=", env.company.id)], limit=1
            )
            product = env["product.product"].browse(self.product_id)
            env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, pallets)
            customers = env.ref("stock.stock_location_customers")
            picking = env["stock.picking"].create(
                {
                    "location_id": warehouse.lot_stock_id.id,
                    "location_dest_id": customers.id,
                    "picking_type_id": warehouse.out_type_id.id,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "product_uom_qty": pallets,
                                "location_id": warehouse.lot_stock_id.id,
                                "location_dest_id": customers.id,
                            }
                        )
                    ],
                }
            )
            picking.action_confirm()
            picking.action_assign()
            line = picking.move_line_ids
            for _pallet in range(1, pallets):
                line._cut(1).result_package_id = picking._new_pallets(1)
            line.result_package_id = picking._new_pallets(1)
            picking.pallet_ids._renumber()
            return picking.id, picking.pallet_ids.sorted("pallet_number").mapped("gate_code")

    def scan_together(self, codes):
        """What the gate answers to each, scanned at once in transactions of their own."""
        begin = threading.Barrier(len(codes))
        answers = [None] * len(codes)

        def scan(index, code):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, 2, {"lang": "en_US"})
                cr.execute("SELECT 1")  # the snapshot is taken here
                begin.wait()
                # As every request does: who collides runs again.
                answers[index] = retrying(lambda: env["stock.package"].check_out(code), env)

        threads = [
            threading.Thread(target=scan, args=(index, code)) for index, code in enumerate(codes)
        ]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        self.assertNotIn(None, answers)
        return answers

    def picking(self, picking_id):
        self.env.invalidate_all()
        return self.env["stock.picking"].browse(picking_id)

    def test_the_same_pallet(self):
        """One wins, the others read who won; it is delivered once."""
        picking_id, [code] = self.committed_delivery(1)
        answers = self.scan_together([code] * 3)
        self.assertEqual(sorted(a["status"] for a in answers), ["already", "already", "out"])
        for answer in answers:
            if answer["status"] == "already":
                self.assertIn("already left at", answer["message"])
        with self.registry.cursor() as cr:
            picking = api.Environment(cr, 1, {})["stock.picking"].browse(picking_id)
            self.assertEqual(picking.state, "done")
            self.assertEqual(picking.move_line_ids.mapped("quantity"), [1])

    def test_the_last_two_pallets(self):
        """Neither thinks that the other is still there: the delivery is done."""
        picking_id, codes = self.committed_delivery(2)
        answers = self.scan_together(codes)
        self.assertEqual([a["status"] for a in answers], ["out", "out"])
        self.assertEqual(sorted(a["delivered"] for a in answers), [False, True])
        with self.registry.cursor() as cr:
            picking = api.Environment(cr, 1, {})["stock.picking"].browse(picking_id)
            self.assertEqual((picking.state, picking.pallet_out_count), ("done", 2))
