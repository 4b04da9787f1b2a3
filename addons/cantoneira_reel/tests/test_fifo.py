"""Core's reservation takes what our arithmetic says, on random reels."""

import random
from datetime import timedelta
from decimal import Decimal

from odoo import fields
from odoo.tests import tagged

from ..reels import first_in_first_out
from .common import CantoneiraReelCase


@tagged("post_install", "-at_install")
class TestFifo(CantoneiraReelCase):
    def test_thirty_random_orders(self):
        """What is needed is reserved and consumed exactly, oldest first, and nothing is left over."""
        chance = random.Random(7)
        today = fields.Datetime.now()
        production = self.env["stock.location"].search([("usage", "=", "production")], limit=1)
        for case in range(30):
            paper = self.make_paper(f"Bobina {case}", 200, 100)
            paper.product_tmpl_id.tracking = "lot"
            weights = [Decimal(chance.randrange(1, 500_000)) / 1000 for _reel in range(6)]
            reels = self.env["stock.lot"].create([{"product_id": paper.id} for _kg in weights])
            days = chance.sample(range(60), len(weights))
            for reel, weight, day in zip(reels, weights, days, strict=True):
                self.env["stock.quant"]._update_available_quantity(
                    paper,
                    self.stock_location,
                    float(weight),
                    lot_id=reel,
                    in_date=today - timedelta(days=day),
                )
            whole = sum(weights)
            need = (
                whole if case % 3 == 0 else Decimal(chance.randrange(1, int(whole * 1000))) / 1000
            )
            oldest = sorted(range(6), key=lambda i: -days[i])
            expected, missing = first_in_first_out(((reels[i], weights[i]) for i in oldest), need)
            self.assertEqual(missing, 0)
            move = self.env["stock.move"].create(
                {
                    "product_id": paper.id,
                    "product_uom": self.kg.id,
                    "product_uom_qty": float(need),
                    "location_id": self.stock_location.id,
                    "location_dest_id": production.id,
                }
            )
            move._action_confirm()
            move._action_assign()
            self.assertEqual(move.state, "assigned", f"{need} of {whole}")
            reserved = {line.lot_id: line.quantity for line in move.move_line_ids}
            self.assertEqual(reserved, {lot: float(kg) for lot, kg in expected})
            move.picked = True
            move._action_done()
            left = sum(Decimal(str(kg)) for kg in reels.mapped("current_weight"))
            self.assertEqual(left, whole - need)
            self.assertFalse(
                self.env["stock.quant"].search(
                    [("product_id", "=", paper.id), ("location_id", "=", self.stock_location.id)]
                    + [("quantity", "<", 0)]
                )
            )
