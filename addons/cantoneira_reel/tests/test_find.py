"""One box on the storekeeper's phone: what it answers, what its buttons do."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CantoneiraReelCase


@tagged("post_install", "-at_install")
class TestFind(CantoneiraReelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # No other has such names, whatever else the database has.
        cls.paper_core.name = "Xerém Kraft 400g"
        cls.tape.name = "Xerém adesivo 48mm"

    def find(self, text, user=None):
        return self.env["cantoneira.find"].with_user(user or self.stock_user).find(text)

    def names(self, text):
        return [thing["name"] for thing in self.find(text)["things"]]

    def buy(self, product, quantity):
        line = {"product_id": product.id, "product_qty": quantity}
        order = self.env["purchase.order"].create(
            {"partner_id": self.vendor.id, "order_line": [Command.create(line)]}
        )
        order.button_confirm()
        return order.picking_ids

    def test_bad_input(self):
        self.make_reel(self.paper_core, 28, name="K-77")
        for text in ("K\\", "K-7%", "K-7_", "K-77\x00", "x" * 5000, None, 7, True, ["K-77"]):
            with self.subTest(text=text):
                self.assertFalse(self.find(text)["things"])

    def test_reel(self):
        """By number, in whatever case, or by the supplier's batch: that reel and no other."""
        reel = self.make_reel(self.paper_core, 28, name="K-77")
        self.make_reel(self.paper_core, 56, name="K-78")
        reel.supplier_batch = "LOTE 9"
        for text in ("K-77", " k-77 ", "lote 9"):
            (thing,) = self.find(text)["things"]
            self.assertEqual((thing["on_hand"], thing["free"]), (84, 84))
            (place,) = thing["places"]
            self.assertEqual((place["lot"], place["quantity"], place["metres"]), ("K-77", 28, 1000))
            self.assertEqual(place["place"], self.stock_location.display_name)
        self.assertEqual(self.names("%"), [])

    def test_item(self):
        """By code, by the code of a pack, by words of the name in any order."""
        box = self.env["uom.uom"].create(
            {"name": "Caixa 12", "relative_factor": 12, "relative_uom_id": self.unit.id}
        )
        self.tape.write({"barcode": "789001", "default_code": "FITA48", "uom_ids": box.ids})
        self.env["product.uom"].create(
            {"product_id": self.tape.id, "uom_id": box.id, "barcode": "789012"}
        )
        for text in ("789001", "fita48", "789012", "48mm xerém"):
            self.assertEqual(self.names(text), [self.tape.display_name], text)
        (thing,) = self.find("fita48")["things"]
        self.assertEqual((thing["places"], thing["on_hand"], thing["expected"]), ([], 0, 0))
        self.assertEqual(self.find("  "), {"things": [], "more": False})

    def test_first_in_front(self):
        """The reel that came first stands first; the eleventh is only counted."""
        for number in range(12):
            self.make_reel(
                self.paper_core,
                10,
                name=f"K-{number:02}",
                date=f"2026-01-{20 - number:02} 10:00:00",
            )
        (thing,) = self.find("xerém kraft")["things"]
        lots = [place["lot"] for place in thing["places"]]
        self.assertEqual((lots[0], len(lots), thing["hidden"]), ("K-11", 10, 2))

    def test_receive(self):
        """One receipt of a paper is weighed; of several the list; of none a sentence."""
        receive = self.env["cantoneira.find"].with_user(self.stock_user).receive
        with self.assert_refused("No receipt of Xerém Kraft 400g is expected"):
            receive(self.paper_core.id)
        self.buy(self.paper_core, 100)
        self.assertEqual(self.find("xerém kraft")["things"][0]["expected"], 1)
        self.assertEqual(receive(self.paper_core.id)["res_model"], "cantoneira.reel.receipt")
        receipt = self.buy(self.glue, 10)
        self.assertEqual(receive(self.glue.id)["res_id"], receipt.id)
        more = self.buy(self.glue, 5)
        self.assertEqual(receive(self.glue.id)["domain"], [("id", "in", (receipt | more).ids)])

    def test_who(self):
        visitor = self.make_user("visita_teste", "base.group_user")
        with self.assertRaises(AccessError):
            self.find("K", visitor)

    def test_cost_does_not_grow(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(self.find("Papel da busca")["things"])
            return self.env.cr.sql_log_count - before

        def papers(count):
            for _number in range(count):
                paper = self.make_paper("Papel da busca", 200, 90, tracking="lot")
                for _reel in range(2):
                    self.make_reel(paper, 5)
                self.buy(paper, 10)

        papers(1)
        queries()
        few = queries()
        papers(5)
        queries()
        self.assertLessEqual(queries(), few)


@tagged("post_install", "-at_install")
class TestWeighBack(CantoneiraReelCase):
    """A part-reel comes back from the machine, by its weight."""

    def weigh(self, reel, kilos, **values):
        action = reel.with_user(self.stock_user).action_weigh_back()
        wizard = self.env[action["res_model"]].with_user(self.stock_user)
        wizard = wizard.with_context(**action["context"]).create({"weight": kilos, **values})
        wizard.action_weigh()
        return wizard

    def test_into_the_order(self):
        """The order that holds the reel is proposed, and consumes what is missing."""
        self.fill_stock(core=0)
        reel = self.make_reel(self.paper_core, 10)
        self.make_reel(self.paper_liner, 10)
        order = self.make_order(10, 2500)
        order.action_start()
        wizard = self.weigh(reel, 7.1)
        self.assertEqual((wizard.production_id.id, wizard.consumed), (order.id, 2.9))
        order.pieces_producing = 10
        self.close(order)
        self.assertEqual((order.state, reel.current_weight), ("done", 7.1))

    def test_into_the_stock(self):
        reel = self.make_reel(self.paper_core, 10)
        self.weigh(reel, 9.5, reason="Aparas")
        self.assertEqual((reel.current_weight, reel.reel_state), (9.5, "opened"))
        with self.assert_refused("held 9.5 kg, so it cannot weigh 12 kg"):
            self.weigh(reel, 12)
