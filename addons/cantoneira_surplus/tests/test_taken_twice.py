"""Two orders confirmed at the same instant: real transactions, on rows that are committed."""

import threading

from odoo import Command, api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.cantoneira_mrp.tests.common import commit_profile

from .test_surplus import SurplusCase


@tagged("post_install", "-at_install")
class TestTakenTwice(SurplusCase):
    """Commits a profile, its recipe, its surplus and two quotations; takes away what it can."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls.forget)
        with cls.registry.cursor() as cr:
            cls.commit(api.Environment(cr, 1, {"tracking_disable": True}))

    @classmethod
    def commit(cls, env):
        """7 pieces on the rack, and two quotations that want 5 of them each and nothing else."""
        warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
        cls.warehouse_id = warehouse.id
        glue = env["product.product"].create(
            {
                "name": "Cola de duas vezes",
                "is_storable": True,
                "material_type": "pva_glue",
                "uom_id": env.ref("uom.product_uom_kgm").id,
            }
        )
        size = {"flange_a_mm": 50, "flange_b_mm": 50, "thickness_mm": 3}
        profile = commit_profile(env, "Cantoneira de duas vezes", glue, size, grams_per_metre=15)
        partner = env["res.partner"].create({"name": "Cliente de duas vezes"})
        place = warehouse._surplus_place(2500)
        env["stock.quant"]._update_available_quantity(profile, place, 17.5)
        orders = env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "warehouse_id": warehouse.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": profile.id,
                                "piece_qty": 5,
                                "piece_length_mm": 2500,
                                "surplus_piece_qty": 5,
                                "tax_ids": False,
                            }
                        )
                    ],
                }
                for _order in range(2)
            ]
        )
        cls.order_ids, cls.profile_id = orders.ids, profile.id

    @classmethod
    def forget(cls):
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, 1, {"tracking_disable": True})
            orders = env["sale.order"].browse(cls.order_ids)
            orders.filtered(lambda order: order.state == "sale")._action_cancel()
            place = env["stock.warehouse"].browse(cls.warehouse_id)._surplus_place(2500)
            profile = env["product.product"].browse(cls.profile_id)
            env["stock.quant"]._update_available_quantity(profile, place, -17.5)

    def confirm_together(self):
        """What each of both answers, confirmed at once in transactions of their own."""
        begin = threading.Barrier(2)
        answers = {}

        def confirm(order_id):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, 2, {"lang": "en_US"})
                cr.execute("SELECT 1")  # the snapshot is taken here
                begin.wait()
                try:
                    # As every request does: who collides runs again.
                    retrying(env["sale.order"].browse(order_id).action_confirm, env)
                    answers[order_id] = "confirmed"
                except UserError as refusal:
                    cr.rollback()
                    answers[order_id] = str(refusal)

        threads = [threading.Thread(target=confirm, args=(order,)) for order in self.order_ids]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(90)
        return sorted(answers.values())

    def test_one_wins(self):
        refused, confirmed = self.confirm_together()
        self.assertEqual(confirmed, "confirmed")
        self.assertIn("5 pieces were to be taken from surplus, 2 are free", refused)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, 1, {})
            row = env["cantoneira.surplus"].search([("product_id", "=", self.profile_id)])
            self.assertEqual((row.pieces, row.promised_pieces, row.free_pieces), (7, 5, 2))
            quants = env["stock.quant"].search(
                [("product_id", "=", self.profile_id), ("location_id.usage", "=", "internal")]
            )
            self.assertEqual(quants.mapped("reserved_quantity"), [12.5])
            states = env["sale.order"].browse(self.order_ids).mapped("state")
            self.assertEqual(sorted(states), ["draft", "sale"])
