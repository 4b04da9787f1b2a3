"""Nobody asks for kits where there are none, and the first one is found."""

from odoo import Command
from odoo.tests import tagged

from .common import CantoneiraMrpCase


@tagged("post_install", "-at_install")
class TestKits(CantoneiraMrpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mrp.bom"].with_context(active_test=False).search(
            [("type", "=", "phantom")]
        ).unlink()
        cls.env.registry.clear_cache()
        cls.parts = {
            "product_tmpl_id": cls.tape.product_tmpl_id.id,
            "product_qty": 1,
            "bom_line_ids": [Command.create({"product_id": cls.glue.id, "product_qty": 2})],
        }

    def kit_of(self, product):
        return self.env["mrp.bom"]._bom_find(product, bom_type="phantom")[product]

    def test_no_kits(self):
        self.assertFalse(self.kit_of(self.tape))
        with self.assertQueryCount(0):
            self.assertFalse(self.kit_of(self.tape))

    def test_first_kit(self):
        self.assertFalse(self.kit_of(self.tape))
        kit = self.env["mrp.bom"].create({**self.parts, "type": "phantom"})
        self.assertEqual(self.kit_of(self.tape), kit)

    def test_becomes_a_kit(self):
        recipe = self.env["mrp.bom"].create(self.parts)
        self.assertFalse(self.kit_of(self.tape))
        recipe.type = "phantom"
        self.assertEqual(self.kit_of(self.tape), recipe)
        recipe.active = False
        self.assertFalse(self.kit_of(self.tape))
        recipe.active = True
        self.assertEqual(self.kit_of(self.tape), recipe)
