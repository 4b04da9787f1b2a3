"""Two people who want the same reel at the same instant: real transactions, on committed rows."""

import uuid
from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import api, fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.cantoneira_mrp.tests.common import commit_profile


@tagged("post_install", "-at_install")
class TestReelTwice(TransactionCase):
    """Commits an order of 2.8 kg, an older and a younger reel of 5 kg; takes away what it can."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            self.commit(api.Environment(cr, 1, {"tracking_disable": True}))
        self.addCleanup(self.forget)

    def commit(self, env):
        # What stays may share its name with nothing: other tests look things up by name.
        own = uuid.uuid4()
        warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
        paper = env["product.product"].create(
            {
                "name": f"Bobina {own}",
                "is_storable": True,
                "uom_id": env.ref("uom.product_uom_kgm").id,
                "material_type": "kraft_paper",
                "grammage": 400,
                "reel_width_mm": 70,
                "tracking": "lot",
            }
        )
        reels = env["stock.lot"].create([{"product_id": paper.id} for _reel in range(2)])
        for reel, days in zip(reels, (9, 1), strict=True):
            env["stock.quant"]._update_available_quantity(
                paper,
                warehouse.lot_stock_id,
                5,
                lot_id=reel,
                in_date=fields.Datetime.now() - timedelta(days=days),
            )
        profile = commit_profile(env, f"Cantoneira {own}", paper, layer_count=4)
        lines = env["mrp.workcenter"].create([{"name": f"Linha {n} {own}"} for n in (1, 2)])
        order = env["mrp.production"].create(
            {
                "product_id": profile.id,
                "piece_qty": 10,
                "piece_length_mm": 2500,
                "machine_id": lines[0].id,
            }
        )
        order.action_confirm()
        groups = "base.group_user,cantoneira_mrp.group_production"
        self.operator_id = new_test_user(env, login=str(own), groups=groups).id
        (self.older_id, self.younger_id), self.line_ids = reels.ids, lines.ids
        self.order_id = order.id

    def forget(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, 1, {"tracking_disable": True})
            env["stock.lot"].browse(self.older_id)._open_on(env["mrp.workcenter"])
            env["mrp.production"].browse(self.order_id).action_cancel()
            env["mrp.workcenter"].browse(self.line_ids).active = False
            env["res.users"].browse(self.operator_id).active = False

    # ---------------------------------------------------------------- two operators
    def begin(self):
        """An operator's transaction, whose snapshot is of now."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SELECT 1")
        return api.Environment(cr, self.operator_id, {"lang": "en_US"})

    def start(self, env):
        """The order, of line 1."""
        env["mrp.production"].browse(self.order_id).action_start()

    def mount(self, env):
        """The older reel, on line 2."""
        line = env["mrp.workcenter"].browse(self.line_ids[1])
        env["stock.lot"].browse(self.older_id)._open_on(line)

    def take(self, env):
        """4 kg of the older reel leave the stock."""
        reel = env["stock.lot"].sudo().browse(self.older_id)
        move = env["stock.move"].sudo()
        move = move.create(
            {
                "product_id": reel.product_id.id,
                "product_uom": reel.product_uom_id.id,
                "product_uom_qty": 4,
                "location_id": reel.location_id.id,
                "location_dest_id": reel.product_id.property_stock_production.id,
            }
        )
        move._action_confirm()
        values = {**move._prepare_move_line_vals(), "quantity": 4, "lot_id": reel.id}
        env["stock.move.line"].sudo().create({**values, "picked": True})
        move._action_done()

    def collide(self, first, second):
        """``first`` is done while ``second`` has begun; who is second runs again, as over HTTP."""
        one, other = self.begin(), self.begin()
        first(one)
        one.cr.commit()
        with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
            second(other)
        other.cr.rollback()
        other.invalidate_all()
        second(other)
        other.cr.commit()

    def reserved(self):
        """``{reel id: kg}`` of the order."""
        env = self.begin()
        lines = env["mrp.production"].browse(self.order_id).move_raw_ids.move_line_ids
        return {line.lot_id.id: line.quantity for line in lines}

    # ---------------------------------------------------------------- what happens
    def test_started_while_mounted(self):
        self.collide(self.mount, self.start)
        self.assertEqual(self.reserved(), {self.younger_id: 2.8})

    def test_mounted_while_started(self):
        self.collide(self.start, self.mount)
        self.assertEqual(self.reserved(), {self.younger_id: 2.8})

    def test_one_after_the_other(self):
        with self.assertRaisesRegex(UserError, "holds 1 kg, so 4 kg cannot"):
            self.collide(self.take, self.take)
        reel = self.begin()["stock.lot"].browse(self.older_id)
        self.assertEqual(reel.current_weight, 1)
