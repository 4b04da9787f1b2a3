"""What the gate lets out, and what it says to everything else."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CantoneiraDispatchCase


class GateCase(CantoneiraDispatchCase):
    def setUp(self):
        super().setUp()
        self.profile.bundles_per_pallet = 2
        self.picking = self.packed(self.composite(60, 2500))
        self.order = self.picking.sale_id

    def assert_says(self, answer, status, pattern):
        self.assertEqual(answer["status"], status, answer["message"])
        self.assertRegex(answer["message"], pattern)
        self.assertEqual(answer["accepted"], status == "out")


@tagged("post_install", "-at_install")
class TestGate(GateCase):
    def test_one_after_the_other(self):
        """Progress, who and when; delivered with the last one."""
        answer = self.check_out(self.code(self.picking, 2))
        self.assert_says(answer, "out", f"{self.order.name}, pallet 2 of 2 may leave")
        progress = answer["progress"]
        self.assertEqual((progress["out"], progress["total"]), (1, 2))
        self.assertEqual([p["out"] for p in progress["pallets"]], [False, True])
        self.assertEqual(progress["pallets"][1]["who"], self.dispatch_user.name)
        self.assertEqual(self.picking.dispatch_state, "leaving")
        self.assertEqual(self.picking.pallet_progress, "1/2")
        self.assertEqual(self.order.production_state, "finished")
        answer = self.check_out(self.code(self.picking))
        self.assert_says(answer, "out", "last one.*is delivered")
        self.assertTrue(answer["delivered"])
        self.assertEqual((self.picking.state, self.picking.dispatch_state), ("done", "left"))
        self.assertEqual(self.order.production_state, "delivered")
        self.assertEqual(self.order.order_line.qty_delivered, 150)
        self.assertEqual(self.picking.pallet_ids.gate_user_id, self.dispatch_user)
        on_hand = self.env["stock.quant"]._get_available_quantity(
            self.profile, self.warehouse.lot_stock_id
        )
        self.assertEqual(on_hand, 0)

    def test_second_scan(self):
        code = self.code(self.picking)
        self.check_out(code)
        again = self.check_out(code, self.stock_user)
        self.assert_says(again, "already", r"already left at .*expedicao_teste")
        self.check_out(self.code(self.picking, 2))
        self.assert_says(self.check_out(code), "already", "already left")
        self.assertEqual(self.order.order_line.qty_delivered, 150)

    def test_codes(self):
        """However it is typed; and what is none."""
        code = self.code(self.picking)
        self.assertRegex(code, r"^([2-9A-HJ-NP-Z]{6}-){3}[2-9A-HJ-NP-Z]{6}$")
        self.assertNotEqual(code, self.code(self.picking, 2))
        for nonsense in ("", False, "PAL000001", "x" * 24, "../..", code[:-1], "é" * 24, "0" * 24):
            with self.subTest(code=nonsense):
                self.assert_says(self.check_out(nonsense), "unknown", "No pallet has this code")
        typed = f"  {code.lower().replace('-', ' ')} "
        self.assert_says(self.check_out(typed), "out", "may leave")
        url = self.picking.pallet_ids.sorted("pallet_number")[1].gate_url
        self.assertIn("/cantoneira/pallet/", url)
        self.assert_says(self.check_out(url), "out", "last one")

    def test_label_of_before(self):
        """Who packs anew prints anew; the same proposal once more changes no label."""
        one, two = self.picking.pallet_ids.sorted("pallet_number")
        codes = [self.code(self.picking, number) for number in (1, 2)]
        self.picking.with_user(self.stock_user).action_propose_pallets()
        self.assertEqual([self.code(self.picking, number) for number in (1, 2)], codes)
        wizard = self.env["cantoneira.pallet.move"].with_user(self.stock_user)
        wizard = wizard.create({"line_id": one.content_line_ids.id, "quantity": 1})
        wizard.target_id = two
        wizard.action_move()
        for code in codes:
            self.assert_says(self.check_out(code), "unknown", "packed anew.*print it again")
        self.assert_says(self.check_out(self.code(self.picking)), "out", "may leave")

    def test_tampered(self):
        code = self.code(self.picking)
        other = "2" if code[-1] != "2" else "3"
        self.assert_says(self.check_out(code[:-1] + other), "tampered", "last characters")
        # The token of one pallet with the signature of another.
        swapped = code[:18] + self.code(self.picking, 2)[18:]
        self.assert_says(self.check_out(swapped), "tampered", "last characters")
        # Somebody with a hand in the table moves the day it expires.
        pallet = self.picking.pallet_ids.sorted("pallet_number")[0].sudo()
        pallet.gate_expiry += timedelta(days=100)
        self.assert_says(self.check_out(code), "tampered", "last characters")

    def test_expired(self):
        """A new label for it has a new code, and the old one is nobody's."""
        pallet = self.picking.pallet_ids.sorted("pallet_number")[0]
        days = pallet.gate_expiry - fields.Datetime.now()
        self.assertAlmostEqual(days.total_seconds() / 86400, 90, 1)
        pallet.sudo().gate_expiry = fields.Datetime.now() - timedelta(minutes=1)
        pallet.invalidate_recordset(["gate_code"])
        code = pallet.gate_code
        self.assert_says(self.check_out(code), "expired", "Print a new label")
        pallet.action_print_labels_roll()
        self.assert_says(self.check_out(code), "unknown", "No pallet has this code")
        self.assert_says(self.check_out(pallet.gate_code), "out", "may leave")

    def test_too_early(self):
        """Not all is packed, or not all is made: what is missing is said."""
        pallet = self.picking.pallet_ids.sorted("pallet_number")[0]
        pallet.action_unpack_pallet()
        answer = self.check_out(self.code(self.picking))
        self.assert_says(
            answer, "early", "30 pcs × 2,500 mm of Cantoneira 50x50x3mm lie on no pallet"
        )
        order = self.make_order(self.composite(10, 2500), self.resale(10), confirm=True).sudo()
        picking = order.picking_ids.with_user(self.dispatch_user)
        picking.action_assign()
        picking.action_propose_pallets()
        self.assertEqual(picking.dispatch_state, "waiting")
        answer = self.check_out(self.code(picking))
        self.assert_says(answer, "early", r"Cantoneira.*10 pcs × 2,500 mm.* not wholly made")
        self.assertFalse(picking.pallet_ids.gate_date)

    def test_cancelled(self):
        code = self.code(self.picking)
        self.picking.sudo().action_cancel()
        self.assert_says(self.check_out(code), "cancelled", "may not leave")

    def test_delivered_without_the_gate(self):
        code = self.code(self.picking)
        self.picking.button_validate()
        self.assertEqual(self.picking.state, "done")
        self.assert_says(self.check_out(code), "already", "without a check at the gate")

    def test_past_the_gate(self):
        """Where the company requires the gate, nothing is delivered by hand."""
        self.company.gate_required = True
        with self.assert_refused(r"leaves through the gate.*\(0 of 2 so far\)"):
            self.picking.button_validate()
        self.check_out(self.code(self.picking))
        with self.assert_refused(r"\(1 of 2 so far\)"):
            self.picking.with_user(self.stock_user).button_validate()
        self.assertTrue(self.check_out(self.code(self.picking, 2))["delivered"])
        # What is no sale, as a return to a vendor, is no matter of this gate.
        delivery = self.make_delivery(self.tape, 1)
        delivery.action_assign()
        delivery.button_validate()
        self.assertEqual(delivery.state, "done")

    def test_only_the_gate_writes_it(self):
        """Who packs may write packages, and yet lets nothing out, or back in, by writing."""
        one = self.picking.pallet_ids.sorted("pallet_number")[0]
        now = fields.Datetime.now()
        for user in (self.production_user, self.stock_user, self.dispatch_user):
            pallet = one.with_user(user)
            for values in ({"gate_date": now}, {"gate_user_id": 1}, {"gate_expiry": now}):
                with self.assert_refused("noted by the gate, not typed", AccessError):
                    pallet.write(values)
            with self.assert_refused("noted by the gate", AccessError):
                pallet.create({"dispatch_picking_id": self.picking.id, "gate_date": now})
        self.check_out(self.code(self.picking))
        back = self.env["cantoneira.pallet.return"].with_user(self.production_user)
        with self.assert_refused("may not let pallets out", AccessError):
            back.create({"package_id": one.id, "reason": "Voltou"}).action_return()
        self.assertTrue(one.gate_date)
        # Nor does saying that one is at the gate lead past it.
        self.company.gate_required = True
        passing = self.picking.with_user(self.stock_user).with_context(
            dispatch_gate=self.picking.id
        )
        with self.assert_refused(r"leaves through the gate.*\(1 of 2 so far\)"):
            passing.button_validate()

    def test_number_on_the_label_stays(self):
        """What is out keeps its number when the others are packed again."""
        self.assertTrue(self.check_out(self.code(self.picking, 2))["accepted"])
        out = self.picking.pallet_ids.filtered("gate_date")
        self.picking.action_propose_pallets()
        self.assertEqual((out.pallet_number, out.pallet_total), (2, 2))
        (self.picking.pallet_ids - out).action_unpack_pallet()
        self.assertEqual((out.pallet_number, out.pallet_total), (1, 1))
        self.picking.action_pack_rest()
        self.assertEqual(sorted(self.picking.pallet_ids.mapped("pallet_number")), [1, 2])

    def test_rest_stays_when_the_others_are_out(self):
        """With the rest left for later, all its pallets are out: it is delivered."""
        self.company.gate_required = True
        self.check_out(self.code(self.picking))
        self.picking.pallet_ids.filtered(lambda pallet: not pallet.gate_date).action_unpack_pallet()
        self.assertEqual(self.picking.dispatch_state, "leaving")
        self.picking.action_split_unpacked()
        self.assertEqual((self.picking.state, self.picking.dispatch_state), ("done", "left"))
        self.assertNotIn(self.picking.backorder_ids.state, ("done", "cancel"))

    def test_days_of_a_code(self):
        for days in (0, 3651):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.company.gate_code_days = days
                self.company.flush_recordset()

    def test_other_company(self):
        """A code of another company is told apart, and does nothing."""
        other = self.env["res.company"].create({"name": "Filial Sul"})
        stranger = self.make_user("filial", "cantoneira_dispatch.group_dispatch")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        answer = self.check_out(self.code(self.picking), stranger)
        self.assert_says(answer, "company", self.company.name)
        self.assertFalse(answer["progress"])
        self.assertEqual(self.picking.pallet_out_count, 0)
        self.assertFalse(
            self.env["stock.package"]
            .with_user(stranger)
            .search([("id", "in", self.picking.pallet_ids.ids)])
        )

    def test_out_is_out(self):
        """What left cannot be changed, and comes back with a reason only."""
        self.check_out(self.code(self.picking))
        pallet = self.picking.pallet_ids.filtered("gate_date")
        with self.assert_refused("pallet 1 of 2 left at"):
            pallet.content_line_ids.quantity = 5
        with self.assert_refused("left at"):
            self.picking.do_unreserve()
        with self.assert_refused("left at .* cannot be changed"):
            pallet.action_unpack_pallet()
        self.picking.action_propose_pallets()
        self.assertTrue(pallet.gate_date)
        self.assertEqual(pallet.content_line_ids.pallet_pieces, 30)
        wizard = self.env["cantoneira.pallet.return"].with_user(self.dispatch_user)
        with self.assert_refused("Say why"):
            wizard.create({"package_id": pallet.id, "reason": "  "}).action_return()
        wizard.create({"package_id": pallet.id, "reason": "Caminhão errado"}).action_return()
        self.assertFalse(pallet.gate_date)
        self.assertIn("Caminhão errado", self.picking.message_ids[0].body)
        self.assertEqual(self.picking.dispatch_state, "ready")
        self.check_out(self.code(self.picking))
        self.check_out(self.code(self.picking, 2))
        self.assertEqual(self.picking.state, "done")
        with self.assert_refused("is a return"):
            wizard.create({"package_id": pallet.id, "reason": "?"}).action_return()

    def test_what_happened_is_kept(self):
        """Every scan leaves a row that nobody writes by hand."""
        code = self.code(self.picking)
        for text in ("nada", code, code):
            self.check_out(text)
        checks = self.env["cantoneira.gate.check"].with_user(self.dispatch_user).search([], limit=3)
        self.assertEqual(checks.mapped("status"), ["already", "out", "unknown"])
        self.assertEqual(checks.user_id, self.dispatch_user)
        for operation in ("write", "create", "unlink"):
            self.assertFalse(checks.has_access(operation))

    def test_token_is_nobodys_to_read(self):
        fields_of = self.env["stock.package"].with_user(self.stock_user).fields_get()
        self.assertNotIn("gate_token", fields_of)
        self.assertNotIn(
            "gate_code", self.env["stock.package"].with_user(self.sales_user).fields_get()
        )
        with self.assertRaises(AccessError):
            self.picking.pallet_ids.with_user(self.sales_user).read(["gate_code"])

    def test_home(self):
        """Who only dispatches begins with what is to leave."""
        home = self.env["cantoneira.home"]
        self.assertEqual(
            home.with_user(self.dispatch_user)._home_action()["res_model"], "stock.picking"
        )
        self.assertEqual(
            home.with_user(self.stock_user)._home_action()["res_model"], "product.template"
        )
