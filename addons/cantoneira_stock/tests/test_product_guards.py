"""What may not happen to a product that something still needs."""

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import CantoneiraStockCase


@tagged("post_install", "-at_install")
class TestUnits(CantoneiraStockCase):
    def test_a_unit_may_change_until_stock_moves(self):
        glue = self.glue.with_user(self.stock_user)
        glue.uom_id = self.env.ref("uom.product_uom_litre")
        self.assertEqual(self.glue.uom_id.name, "L")

    def test_not_after_an_open_move(self):
        self.make_receipt(self.glue, 10)
        with self.assert_refused("Cola PVA already has stock moves in kg.*become m"):
            self.glue.with_user(self.stock_user).uom_id = self.metre
        self.assertEqual(self.glue.uom_id, self.kg)

    def test_not_after_a_done_move_nor_over_the_template(self):
        self.make_receipt(self.glue, 10).button_validate()
        with self.assert_refused("already has stock moves"):
            self.glue.product_tmpl_id.write({"uom_id": self.unit.id})

    def test_a_cancelled_move_hinders_nothing(self):
        self.make_receipt(self.glue, 10).action_cancel()
        self.glue.uom_id = self.env.ref("uom.product_uom_litre")
        self.assertEqual(self.glue.uom_id.name, "L")

    def test_a_profile_is_in_metres(self):
        with self.assert_refused("Cantoneira 50x50x3mm.*in m, not in kg", ValidationError):
            self.profile.uom_id = self.kg
        with self.assert_refused("Cola PVA.*in m, not in kg", ValidationError):
            self.glue.composite_length = True

    def test_a_paper_is_in_kilograms(self):
        with self.assert_refused("Bobina Y.*in kg, not in Units", ValidationError):
            self.make_paper("Bobina Y", 400, 70, uom_id=self.unit.id)
        ton = self.env.ref("uom.product_uom_ton")
        self.assertEqual(self.make_paper("Bobina Y", 400, 70, uom_id=ton.id).uom_id, ton)

    def test_a_vendor_sells_in_a_unit_of_the_same_kind(self):
        offer = {"partner_id": self.vendor.id, "price": 12}
        ton = self.env.ref("uom.product_uom_ton")
        self.paper_core.seller_ids = [Command.create({**offer, "product_uom_id": ton.id})]
        self.assertEqual(self.paper_core.seller_ids.product_uom_id, ton)
        with self.assert_refused("Papelaria Serra Azul.*in m.*stocked in kg", ValidationError):
            self.paper_core.seller_ids = [
                Command.create({**offer, "product_uom_id": self.metre.id})
            ]

    def test_a_packaging_of_another_kind_is_refused(self):
        with self.assert_refused("stocked in kg, which the packaging m ", ValidationError):
            self.paper_core.uom_ids = [Command.link(self.metre.id)]
        reel = self.env["uom.uom"].create(
            {"name": "Bobina de 280 kg", "relative_uom_id": self.kg.id, "relative_factor": 280}
        )
        self.paper_core.uom_ids = [Command.link(reel.id)]
        self.assertEqual(self.paper_core.uom_ids, reel)


@tagged("post_install", "-at_install")
class TestArchiveAndDelete(CantoneiraStockCase):
    def test_an_unused_product_is_archived_and_deleted(self):
        tape = self.tape.with_user(self.stock_user)
        tape.action_archive()
        self.assertFalse(self.tape.active)
        tape.unlink()
        self.assertFalse(self.tape.exists())

    def test_open_moves_refuse_every_way_of_archiving(self):
        delivery = self.make_delivery(self.tape, 1)
        tape = self.tape.with_user(self.stock_user)
        ways = (
            lambda: tape.action_archive(),
            lambda: tape.write({"active": False}),
            lambda: tape.product_tmpl_id.action_archive(),
            lambda: tape.product_tmpl_id.write({"active": False}),
        )
        for way in ways:
            with self.subTest(way=way), self.assertRaises(UserError) as refusal:
                way()
            self.assertIn(self.tape.display_name, str(refusal.exception))
            self.assertIn(delivery.name, str(refusal.exception))
        self.assertTrue(self.tape.active)

    def test_open_moves_refuse_every_way_of_deleting(self):
        receipt = self.make_receipt(self.glue, 1)
        glue = self.glue.with_user(self.stock_user)
        for record in (glue, glue.product_tmpl_id):
            with self.subTest(record=record), self.assert_refused(receipt.name):
                record.unlink()
        self.assertTrue(self.glue.exists())

    def test_history_refuses_deletion_but_not_archiving(self):
        self.make_receipt(self.glue, 1).button_validate()
        with self.assert_refused(r"history has stock moves \(1\); archive it instead"):
            self.glue.product_tmpl_id.unlink()
        self.glue.action_archive()
        self.assertFalse(self.glue.product_tmpl_id.active)

    def test_what_the_app_does_not_know_stays_as_odoo_has_it(self):
        product = self.make_product("Cadeira do escritório")
        self.make_delivery(product, 1)
        product.action_archive()
        self.assertFalse(product.active)

    def test_many_documents_are_counted_not_listed(self):
        for _index in range(7):
            self.make_delivery(self.tape, 1)
        with self.assert_refused("and 2 more"):
            self.tape.action_archive()

    def test_each_product_gets_its_own_sentence(self):
        self.make_transfer("outgoing", {self.tape: 1, self.glue: 1})
        with self.assertRaises(UserError) as refusal:
            (self.tape | self.glue | self.profile).action_archive()
        sentences = str(refusal.exception).split("\n")
        self.assertEqual(len(sentences), 2)
        self.assertTrue(all("cannot be archived" in sentence for sentence in sentences))
