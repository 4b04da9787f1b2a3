"""The geometry of bundles and pallets: examples, and what is always true of it."""

import doctest
import random
from decimal import Decimal

from odoo.tests import tagged
from odoo.tests.common import BaseCase

from .. import packing

PALLET = packing.Pallet(Decimal(1000), Decimal(1200), Decimal(150), Decimal(1200), Decimal(990))


@tagged("post_install", "-at_install")
class TestPacking(BaseCase):
    def test_examples(self):
        failed, tried = doctest.testmod(packing)
        self.assertTrue(tried)
        self.assertFalse(failed)

    def test_nothing_is_lost_and_nothing_is_too_much(self):
        """500 random orders: every piece on one pallet, none beyond its volume or weight."""
        dice = random.Random(7)
        for _order in range(500):
            items = [self.random_item(dice, key) for key in range(dice.randint(1, 6))]
            pallets = packing.fill(items)
            for item in items:
                packed = sum(pallet.get(item.key, 0) for pallet in pallets)
                self.assertEqual(packed, item.units)
            by_key = {item.key: item for item in items}
            for pallet in pallets:
                self.assertTrue(all(units > 0 for units in pallet.values()))
                used = sum(
                    Decimal(-(-units // by_key[key].per_bundle)) / by_key[key].bundles
                    for key, units in pallet.items()
                )
                self.assertLessEqual(used, Decimal("1.000001"))
                kilos = sum(units * self.weights[key] for key, units in pallet.items())
                self.assertLessEqual(kilos, PALLET.max_net_kg)

    weights = {}

    def random_item(self, dice, key):
        flange, thickness = dice.randint(30, 120), Decimal(dice.randint(10, 80)) / 10
        length, unit_kg = dice.randint(50, 6000), Decimal(dice.randint(1, 40000)) / 10000
        self.weights[key] = unit_kg
        per_bundle = packing.pieces_per_bundle(Decimal(flange), Decimal(flange), thickness)
        section = packing.bundle_section(per_bundle, Decimal(flange), Decimal(flange), thickness)
        bundles = packing.bundles_by_size(section, Decimal(length), PALLET)
        return packing.item(key, dice.randint(1, 20_000), unit_kg, per_bundle, bundles, PALLET)

    def test_too_heavy(self):
        with self.assertRaises(ValueError):
            packing.item("beam", 1, Decimal(1000), 1, 1, PALLET)
