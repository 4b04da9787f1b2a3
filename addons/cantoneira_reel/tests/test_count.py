"""Counting a place: blind or not, with reasons, approved above a limit."""

from lxml.html import fromstring

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CantoneiraReelCase


@tagged("post_install", "-at_install")
class TestCount(CantoneiraReelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = cls.make_place("Prateleira A")
        cls.reels = cls.env["stock.lot"].concat(
            *[cls.make_reel(cls.paper_core, kg, location=cls.place) for kg in (300, 200, 100)]
        )
        cls.env["stock.quant"]._update_available_quantity(cls.tape, cls.place, 40)

    def begin(self, user=None, **values):
        count = (
            self.env["cantoneira.count"]
            .with_user(user or self.stock_user)
            .create({"location_id": self.place.id, **values})
        )
        count.action_start()
        return count

    def line(self, count, what):
        field = "lot_id" if what._name == "stock.lot" else "product_id"
        return count.line_ids.filtered(lambda line: line[field] == what)

    def test_what_is_expected(self):
        count = self.begin()
        self.assertRegex(count.name, r"^C\d{4}$")
        self.assertEqual(sorted(count.line_ids.mapped("expected_qty")), [40, 100, 200, 300])
        self.assertFalse(count.shows_expected, "blind")
        self.assertTrue(self.begin(blind=False).shows_expected)
        self.assertEqual(self.begin(scope="reels").line_ids.lot_id, self.reels)
        with self.assert_refused("nothing was counted"):
            count.action_finish()

    def test_scanned(self):
        first, second, third = self.reels
        count = self.begin(reason="Contagem semanal")
        scan = self.env["cantoneira.count.scan"].with_user(self.stock_user)
        action = count.action_scan()
        for code, kg in ((first.name, 300), (second.name.lower(), 195), (third.name, 100)):
            wizard = scan.with_context(**action["context"]).create({"code": code, "quantity": kg})
            action = wizard.action_next()
        self.assertIn(third.name, action["context"]["default_last"])
        self.assertEqual((count.counted_count, count.line_count), (3, 4))
        count.action_finish()
        self.assertEqual(count.state, "done")
        self.assertEqual(self.reels.mapped("current_weight"), [300, 195, 100])
        moves = self.env["stock.move"].search(
            [("product_id", "=", self.paper_core.id), ("is_inventory", "=", True)]
        )
        self.assertEqual(moves.reference, f"{count.name}: Contagem semanal")
        self.assertEqual((moves.quantity, self.tape.qty_available), (5, 40))
        with self.assert_refused("is not being counted"):
            count.line_ids[0].counted_qty = 1

    def test_codes_nobody_knows(self):
        count = self.begin()
        with self.assert_refused("no reel and no product with the code X"):
            count._count_code("X", 3)
        self.make_reel(self.paper_core, 7, name="Q-77")
        for code in ("Q-7_", "Q%", "Q-77\\", "Q-77\x00", ""):
            with self.subTest(code=code), self.assert_refused("no reel and no product"):
                count._count_code(code, 3)
        elsewhere = self.make_reel(self.paper_core, 50)
        with self.assert_refused("Move it here first"):
            count._count_code(elsewhere.name, 50)
        gone = self.make_reel(self.paper_core, 9)
        gone._set_weight(0, "Fim")
        line = count._count_code(gone.name, 4, "Estava atrás da máquina")
        self.assertEqual(line.difference, 4)
        count.action_finish()
        self.assertEqual((gone.current_weight, gone.location_id), (4, self.place))

    def test_reasons(self):
        count = self.begin()
        line = self.line(count, self.reels[0])
        line.counted_qty = 299
        with self.assert_refused(f"Say why these differ: .*{self.reels[0].name}"):
            count.action_finish()
        line.reason = "Aparas"
        count.action_finish()
        self.assertEqual(self.reels[0].current_weight, 299)

    def test_approval(self):
        count = self.begin(reason="Sumiu")
        self.line(count, self.reels[0]).counted_qty = 270
        self.line(count, self.reels[1]).action_zero()
        self.assertTrue(self.line(count, self.reels[0]).beyond_limit)
        count.action_finish()
        self.assertEqual(count.state, "approval")
        self.assertEqual(self.reels[0].current_weight, 300, "nothing yet")
        with self.assert_refused("Only someone with the right"):
            count.action_approve()
        count.with_user(self.approver).action_approve()
        self.assertEqual((count.state, count.approved_by_id), ("done", self.approver))
        self.assertEqual(self.reels.mapped("current_weight"), [270, 0, 100])
        self.assertEqual(self.reels[1].reel_state, "finished")

    def test_limit_in_money(self):
        self.company.count_limit_kg = 0
        # 15 kg at R$ 12 are R$ 180.
        count = self.begin(reason="Aparas")
        line = self.line(count, self.reels[0])
        line.counted_qty = 285
        self.assertFalse(line.beyond_limit)
        self.company.count_limit_value = 179
        line.invalidate_recordset(["beyond_limit"])
        self.assertTrue(line.beyond_limit)

    def test_limit_everywhere(self):
        """Core's own list of counts and the card on the phone obey it too."""
        reel = self.reels[0]
        quant = reel.quant_ids.filtered(lambda q: q.location_id == self.place)
        wizard = self.env["cantoneira.quick.count"].with_user(self.stock_user)
        values = {"quant_id": quant.id, "reason": "Aparas"}
        with self.assert_refused("a difference of -30 kg has to be approved"):
            wizard.create({**values, "quantity": 270}).action_count()
        wizard.create({**values, "quantity": 290}).action_count()
        self.assertEqual(reel.current_weight, 290)
        counted = quant.with_user(self.stock_user).with_context(inventory_mode=True)
        counted.inventory_quantity = 100
        with self.assert_refused("has to be approved"):
            counted.action_apply_inventory()

    def test_moved_meanwhile(self):
        count = self.begin(reason="Aparas")
        self.line(count, self.reels[0]).counted_qty = 299
        self.reels[0]._set_weight(298, "Outra contagem")
        with self.assert_refused("counted when 300 kg were on hand, now there are 298"):
            count.action_finish()
        self.line(count, self.reels[0]).counted_qty = 297
        count.action_finish()
        self.assertEqual(self.reels[0].current_weight, 297)

    def test_not_there(self):
        self.company.write({"count_limit_kg": 0, "count_limit_value": 0})
        count = self.begin(reason="Inventário anual")
        count._count_code(self.reels[0].name, 300)
        count.action_rest_is_zero()
        count.action_finish()
        self.assertEqual(self.reels.mapped("current_weight"), [300, 0, 0])
        self.assertEqual(self.tape.qty_available, 0)

    def test_sheet(self):
        count = self.begin()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "cantoneira_reel.report_count_sheet", count.ids
        )
        text = html.decode()
        for reel in self.reels:
            self.assertIn(reel.name, text)
        self.assertNotRegex(text, "300[.,]000", "blind")
        # Goods without a reel have as many cells, or the columns would move.
        self.assertIn(self.tape, count.line_ids.product_id)
        table = fromstring(text).find(".//table")
        widths = {len(row) for row in table.iter("tr")}
        self.assertEqual(len(widths), 1, widths)

    def test_history_and_roles(self):
        count = self.begin()
        with self.assert_refused("it stays"):
            count.unlink()
        count.action_cancel()
        self.assertEqual(count.state, "cancelled")
        visitor = self.make_user("visita_teste", "base.group_user")
        with self.assertRaises(AccessError):
            count.with_user(visitor).read(["name"])
        with self.assertRaises(AccessError):
            count.line_ids[0].with_user(self.stock_user).read(["difference_value"])

    def test_beginning_asks_the_same_for_many_reels(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.begin()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for _reel in range(12):
            self.make_reel(self.paper_core, 5, location=self.place)
        queries()
        self.assertLessEqual(queries(), few + 1)
