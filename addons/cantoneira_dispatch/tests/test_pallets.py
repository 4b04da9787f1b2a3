"""Proposing pallets and adjusting them by hand, as those who pack."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import CantoneiraDispatchCase


@tagged("post_install", "-at_install")
class TestProposal(CantoneiraDispatchCase):
    def test_profile(self):
        """15 nested pieces of 50×50×3, and as many bundles as go on a pallet."""
        template = self.profile.product_tmpl_id
        self.assertEqual((template.pieces_per_bundle, template.bundles_per_pallet), (15, 0))
        template.default_piece_length_mm = 2500
        # 110 bundles by size; 1,650 × 0.3695 = 609.675 kg is no more than 1,000 kg.
        self.assertRegex(template.packing_proposal, r"110 bundles of 15 = 1,650 pieces, 609\.7 kg")
        template.bundles_per_pallet = 20
        self.assertRegex(template.packing_proposal, r"20 bundles of 15 = 300 pieces")
        with self.assert_refused("below zero", ValidationError):
            template.bundles_per_pallet = -1
        template.flange_a_mm = 30
        self.assertEqual(template.pieces_per_bundle, 10)
        self.assertEqual(self.tape.product_tmpl_id.pieces_per_bundle, 0)

    def test_full_pallets_and_a_shared_rest(self):
        """2 full ones of the long bars; what is left shares the third with the rest of the order."""
        self.profile.bundles_per_pallet = 10  # 150 pieces
        picking = self.packed(self.composite(320, 2500), self.composite(60, 1000), self.resale(10))
        self.assertEqual(picking.dispatch_state, "ready")
        numbers = picking.pallet_ids.sorted("pallet_number").mapped("pallet_number")
        self.assertEqual(numbers, [1, 2, 3])
        lines = [
            sorted(pallet.content_line_ids.mapped("pallet_content"))
            for pallet in picking.pallet_ids.sorted("pallet_number")
        ]
        self.assertEqual(lines[:2], [["150 pcs × 2,500 mm"], ["150 pcs × 2,500 mm"]])
        self.assertEqual(lines[2], ["10 Units", "20 pcs × 2,500 mm", "60 pcs × 1,000 mm"])
        pallet = picking.pallet_ids.sorted("pallet_number")[0]
        # 150 × 2.5 m × 147.8 g/m, and the company's 10 kg of wood.
        self.assertEqual((pallet.pallet_net_weight, pallet.tare_weight), (55.425, 10))
        self.assertEqual((pallet.gross_weight, pallet.pallet_piece_length_mm), (65.425, 2500))
        self.assert_reserved_once(picking)

    def test_weight_cuts(self):
        """What fits by volume does not leave too heavy."""
        self.company.pallet_max_kg = 100
        picking = self.packed(self.composite(600, 2500))
        # 100 kg net ÷ 0.3695 kg = 270 pieces = 18 bundles of 15.
        self.assertEqual(
            self.contents(picking), [{self.profile: 270}, {self.profile: 270}, {self.profile: 60}]
        )
        self.assertFalse(any(picking.pallet_ids.mapped("is_overweight")))
        self.assert_reserved_once(picking)

    def test_one_piece_too_heavy(self):
        self.company.pallet_max_kg = 0.3
        picking = self.made(self.composite(2, 2500))
        with self.assert_refused(r"Cantoneira 50x50x3mm.*single piece.*0\.3 kg"):
            picking.action_propose_pallets()
        self.assertFalse(picking.pallet_ids)

    def test_proposed_again(self):
        self.profile.bundles_per_pallet = 2
        picking = self.packed(self.composite(90, 2500))
        first = picking.pallet_ids
        self.assertEqual(len(first), 3)
        self.profile.bundles_per_pallet = 3
        picking.action_propose_pallets()
        self.assertEqual(self.contents(picking), [{self.profile: 45}, {self.profile: 45}])
        self.assertTrue(picking.pallet_ids < first)
        self.assert_reserved_once(picking)

    def test_nothing_to_pack(self):
        picking = self.make_order(self.composite(10, 2500), confirm=True).sudo().picking_ids
        picking = picking.with_user(self.dispatch_user)
        self.assertEqual(picking.dispatch_state, "waiting")
        with self.assert_refused("Nothing of .* is in stock yet"):
            picking.action_propose_pallets()
        receipt = self.make_receipt(self.tape, 5)
        self.assertFalse(receipt.dispatch_state)
        with self.assert_refused("is no delivery"):
            receipt.action_propose_pallets()

    def test_production_packs_too(self):
        picking = self.made(self.composite(10, 2500), user=self.production_user)
        picking.action_propose_pallets()
        self.assertEqual(self.contents(picking), [{self.profile: 10}])
        with self.assert_refused("may not let pallets out", AccessError):
            self.check_out(self.code(picking), self.production_user)

    def test_salespeople_do_not(self):
        picking = self.made(self.composite(10, 2500), user=self.sales_user)
        with self.assertRaises(AccessError):
            picking.action_propose_pallets()

    def test_queries_do_not_grow_with_each_pallet(self):
        """Cutting a line costs what a line costs; opening the pallets costs the same for all."""
        self.profile.bundles_per_pallet = 1
        counts = []
        for pallets in (5, 50):
            picking = self.packed(self.composite(15 * pallets, 500))
            self.env.flush_all()
            self.env.invalidate_all()
            # As a request finds it: alone, and not through what was read before.
            picking = picking.browse(picking.id)
            before = self.env.cr.sql_log_count
            picking.pallet_ids.mapped("gross_weight")
            picking.pallet_ids.mapped("pallet_label")
            picking.mapped("dispatch_gross_weight")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)


@tagged("post_install", "-at_install")
class TestByHand(CantoneiraDispatchCase):
    def setUp(self):
        super().setUp()
        self.profile.bundles_per_pallet = 4
        self.picking = self.packed(self.composite(100, 2500), user=self.stock_user)
        self.one, self.two = self.picking.pallet_ids.sorted("pallet_number")

    def move(self, line, quantity, target=None):
        form = Form(
            self.env["cantoneira.pallet.move"]
            .with_user(self.stock_user)
            .with_context(default_line_id=line.id)
        )
        form.quantity = quantity
        if target:
            form.target_id = target
        form.save().action_move()

    def test_move_some(self):
        self.assertEqual(self.contents(self.picking), [{self.profile: 60}, {self.profile: 40}])
        self.move(self.one.content_line_ids, 10, self.two)
        # One line on the label, not two.
        self.assertEqual(self.two.content_line_ids.mapped("pallet_pieces"), [50])
        self.move(self.one.content_line_ids, 20)
        self.assertEqual(len(self.picking.pallet_ids), 3)
        self.assertEqual(self.picking.pallet_ids.mapped("pallet_total"), [3, 3, 3])
        self.assertEqual(self.picking.dispatch_state, "ready")
        self.assert_reserved_once(self.picking)

    def test_move_all(self):
        """A pallet that became empty is none; what is left is numbered anew."""
        self.move(self.one.content_line_ids, 60, self.two)
        self.assertEqual(self.picking.pallet_ids, self.two)
        self.assertEqual((self.two.pallet_number, self.two.pallet_total), (1, 1))
        self.assert_reserved_once(self.picking)

    def test_what_is_not_there(self):
        for quantity in (0, -1, 61, 1.5):
            with (
                self.subTest(quantity=quantity),
                self.assert_refused("60 pcs × 2,500 mm lie there"),
            ):
                self.move(self.one.content_line_ids, quantity, self.two)

    def test_unpack_and_pack_the_rest(self):
        self.one.action_unpack_pallet()
        self.assertEqual(self.picking.dispatch_state, "to_pack")
        self.assertEqual(self.two.pallet_number, 1)
        self.picking.action_pack_rest()
        self.assertEqual(self.picking.dispatch_state, "ready")
        with self.assert_refused("on pallets already"):
            self.picking.action_pack_rest()

    def test_too_heavy_by_hand(self):
        self.company.pallet_max_kg = 30
        self.assertFalse(self.one.is_overweight)
        self.move(self.two.content_line_ids, 40, self.one)
        self.assertTrue(self.one.is_overweight)

    def test_leave_the_rest_for_later(self):
        """The pallets may go; the rest is a delivery of its own."""
        self.two.action_unpack_pallet()
        self.assertEqual(self.check_out(self.code(self.picking))["status"], "early")
        self.picking.action_split_unpacked()
        self.assertEqual(self.picking.dispatch_state, "ready")
        rest = self.picking.backorder_ids
        self.assertEqual(rest.move_ids.product_uom_qty, 100)
        self.assertEqual(self.picking.move_ids.product_uom_qty, 150)
        answer = self.check_out(self.code(self.picking))
        self.assertTrue(answer["delivered"])
        order = self.picking.sale_id
        self.assertNotEqual(order.production_state, "delivered")
        rest.action_assign()
        rest.action_propose_pallets()
        self.assertTrue(self.check_out(self.code(rest))["delivered"])
        self.assertEqual(order.production_state, "delivered")
        self.assertEqual(sum(order.order_line.mapped("qty_delivered")), 250)

    def test_forms_open(self):
        """As the web client reads them, for every role that packs."""
        for user in (self.stock_user, self.dispatch_user, self.production_user):
            for record, view in (
                (self.picking, "view_dispatch_form"),
                (self.one, "view_pallet_form"),
            ):
                with self.subTest(user=user.login, view=view):
                    record = record.with_user(user)
                    record.invalidate_recordset()
                    self.assertEqual(Form(record, f"cantoneira_dispatch.{view}").id, record.id)
        self.assertRaises(UserError, self.picking.action_split_unpacked)
