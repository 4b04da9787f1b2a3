"""A reel from its receipt to its end, as plain users."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.cantoneira_stock.models.availability import ShortageError

from .common import CantoneiraReelCase


@tagged("post_install", "-at_install")
class TestReel(CantoneiraReelCase):
    def setUp(self):
        super().setUp()
        self.put_in_stock(self.glue, 50)

    # ------------------------------------------------------------------ measures
    def test_first_weight(self):
        reel = self.make_reel(self.paper_core, 312.5)
        self.assertTrue(reel.is_reel)
        self.assertEqual((reel.initial_weight, reel.current_weight), (312.5, 312.5))
        self.assertEqual(reel.reel_state, "full")
        # 312.5 kg at 28 g/m.
        self.assertAlmostEqual(float(reel._metres_left()), 11160.714286, 6)
        self.assertAlmostEqual(reel.metres_left, 11160.7, 1)
        self.assertEqual(reel.location_id, self.stock_location)
        self.assertTrue(reel.received_date)
        self.assertEqual(reel.vendor_id, self.vendor)

    def test_numbers(self):
        reels = self.env["stock.lot"].create([{"product_id": self.paper_core.id}] * 3)
        self.assertEqual(len(set(reels.mapped("name"))), 3)
        for name in reels.mapped("name"):
            self.assertRegex(name, r"^B\d{5}$")
        named = self.env["stock.lot"].create({"product_id": self.paper_core.id, "name": "K-7"})
        self.assertEqual(named.name, "K-7")

    def test_measures(self):
        reel = self.make_reel(self.paper_core, 100).with_user(self.stock_user)
        reel.write({"measured_width_mm": 72, "measured_grammage": 420})
        self.assertFalse(reel.measure_off)
        self.assertFalse(reel.measure_warning)
        self.assertAlmostEqual(reel.metres_left, 100_000 / (420 * 72 / 1000), 1)
        reel.write({"measured_width_mm": 73, "measured_grammage": 421})
        self.assertTrue(reel.measure_off)
        self.assertIn("measures 73 mm, its paper 70 mm", reel.measure_warning)
        self.assertIn("has 421 g/m², its paper 400 g/m²", reel.measure_warning)
        with self.assert_refused("cannot be below zero", ValidationError):
            reel.measured_width_mm = -1

    def test_state_follows_the_stock(self):
        reel = self.make_reel(self.paper_core, 10)
        reel._set_weight(4, "Aparas")
        self.assertEqual(
            (reel.reel_state, reel.current_weight, reel.initial_weight), ("opened", 4, 10)
        )
        self.assertEqual(reel.location_id, self.stock_location)
        reel._set_weight(0, "Fim")
        self.assertEqual((reel.reel_state, reel.metres_left), ("finished", 0))
        self.assertFalse(reel.location_id)
        found = self.env["stock.lot"].search([("reel_state", "=", "finished")])
        self.assertIn(reel, found)

    # ------------------------------------------------------------------- tracking
    def test_company_setting(self):
        self.env.company.track_reels = False
        loose = self.make_paper("Bobina solta", 200, 100)
        self.assertEqual(loose.tracking, "none")
        self.env.company.track_reels = True
        self.assertEqual(loose.tracking, "lot")
        self.assertEqual(self.make_paper("Bobina nova", 200, 100).tracking, "lot")
        self.assertEqual(
            self.make_paper("Bobina solta", 200, 100, tracking="none").tracking, "none"
        )
        with Form(
            self.env["product.template"]
            .with_user(self.stock_user)
            .with_context(default_material_type="kraft_paper", default_is_storable=True)
        ) as form:
            form.name = "Bobina digitada"
            form.uom_id = self.kg
            form.grammage, form.reel_width_mm = 200, 100
        self.assertEqual(form.record.tracking, "lot")
        self.assertEqual(self.glue.tracking, "none")

    def test_stock_becomes_reels(self):
        paper = self.make_paper("Bobina antiga", 200, 100, cost=9)
        self.put_in_stock(paper, 80)
        place = self.make_place("Mezanino")
        self.env["stock.quant"]._update_available_quantity(paper, place, 20)
        delivery = self.make_delivery(paper, 30)
        delivery.action_assign()
        self.assertEqual(delivery.move_ids.quantity, 30)
        before = paper.total_value
        paper.product_tmpl_id.tracking = "lot"
        reels = self.env["stock.lot"].search([("product_id", "=", paper.id)])
        self.assertEqual(sorted(reels.mapped("current_weight")), [20, 80])
        self.assertEqual(set(reels.mapped("reel_state")), {"full"})
        self.assertEqual(reels.location_id, place | self.stock_location)
        paper.invalidate_recordset()
        self.assertEqual((paper.qty_available, paper.total_value), (100, before))
        self.assertFalse(
            self.env["stock.quant"].search(
                [("product_id", "=", paper.id), ("lot_id", "=", False), ("quantity", "!=", 0)]
            )
        )
        self.assertEqual(delivery.move_ids.quantity, 30, "still reserved, now from the reels")
        self.assertTrue(all(delivery.move_line_ids.mapped("lot_id")))

    def test_tracking_stays(self):
        self.make_reel(self.paper_core, 10)
        with self.assert_refused("has reels in stock .*stays tracked by reel"):
            self.paper_core.product_tmpl_id.tracking = "none"
        self.paper_liner.product_tmpl_id.tracking = "none"

    # -------------------------------------------------------------------- blocked
    def free(self, product=None):
        [line] = self.env["cantoneira.availability"]._report(
            {product or self.paper_core: 0}, self.warehouse
        )
        return line.free

    def test_blocked(self):
        first = self.make_reel(self.paper_core, 5)
        self.make_reel(self.paper_liner, 100)
        self.assertEqual(self.free(), 5)
        with self.assert_refused("Say why"):
            first._block(" ")
        first.with_user(self.stock_user)._block("molhada")
        self.assertEqual(first.reel_state, "blocked")
        self.assertEqual(self.free(), 0)
        self.assertEqual(self.paper_core.product_tmpl_id.free_to_promise_qty, 0)
        self.assertEqual(self.paper_core.qty_available, 5, "it is there all the same")
        # Never promised.
        with self.assert_refused("need 2.8 kg, free 0 kg, missing 2.8 kg", ShortageError):
            self.make_order()
        second = self.make_reel(self.paper_core, 3)
        # Never reserved.
        order = self.make_order()
        order.action_start()
        core = self.raw(order, self.paper_core)
        self.assertEqual(core.move_line_ids.lot_id, second)
        # Nor does it cover anybody on the board.
        service = self.env["cantoneira.availability"]
        self.env.cr.execute(service._cover_query())
        covered = dict(self.env.cr.fetchall())
        self.assertTrue(covered[core.id])
        second._block("rasgada")
        self.env.cr.execute(service._cover_query())
        self.assertFalse(dict(self.env.cr.fetchall())[core.id])
        second._unblock()
        order.action_assign()
        # Never consumed, even when somebody writes its number.
        order.pieces_producing = 10
        core.move_line_ids.lot_id = first
        with self.assert_refused(r"reel .* is blocked \(molhada\)"):
            self.close(order)
        first.with_user(self.stock_user).action_unblock()
        self.assertEqual(self.free(), 5.2)
        self.close(order)
        self.assertEqual(first.current_weight, 2.2)

    def test_other_line(self):
        here, there = self.env["mrp.workcenter"].create([{"name": "Linha 1"}, {"name": "Linha 2"}])
        long_ago = fields.Datetime.now() - timedelta(days=9)
        first = self.make_reel(self.paper_core, 5, name="R-1", date=long_ago)
        self.make_reel(self.paper_liner, 100)
        self.put_in_stock(self.glue, 60)
        order = self.make_order(pieces=10)
        order.machine_id = there
        order.action_start()
        core = self.raw(order, self.paper_core)
        self.assertEqual(core.move_line_ids.lot_id, first)
        # Mounted on another line, it is that line's; there is no other reel yet.
        first._open_on(here)
        self.assertFalse(core.move_line_ids)
        order.pieces_producing = 10
        with self.assert_refused(r"On machines: R-1 \(Linha 1\)\. Weigh the reel back"):
            self.close(order)
        # A younger reel of the shelf comes before an older one of another line.
        second = self.make_reel(self.paper_core, 5)
        own = self.make_order(pieces=10)
        own.machine_id = here
        own.action_start()
        self.assertEqual(self.raw(own, self.paper_core).move_line_ids.lot_id, first)
        self.close(order)
        self.assertEqual((first.current_weight, second.current_weight), (5, 2.2))

    def test_moved_to_another_line(self):
        here, there = self.env["mrp.workcenter"].create([{"name": "Linha 1"}, {"name": "Linha 2"}])
        long_ago = fields.Datetime.now() - timedelta(days=9)
        first = self.make_reel(self.paper_core, 5, date=long_ago)
        second = self.make_reel(self.paper_core, 5)
        self.make_reel(self.paper_liner, 100)
        order = self.make_order(pieces=10)
        order.machine_id = here
        order.action_start()
        liner = self.raw(order, self.paper_liner).move_line_ids
        first._open_on(here)
        core = self.raw(order, self.paper_core)
        self.assertEqual(core.move_line_ids.lot_id, first)
        order.with_user(self.production_manager).machine_id = there
        self.assertEqual((core.move_line_ids.lot_id, core.quantity), (second, 2.8))
        self.assertTrue(liner.exists(), "what is on the shelf stays reserved")
        # It does not matter on which line it runs when nobody says so.
        second._open_on(there)
        order.machine_id = False
        self.assertEqual(core.move_line_ids.lot_id, second)

    def test_own_line_keeps_its_reservation(self):
        line = self.env["mrp.workcenter"].create({"name": "Linha 1"})
        reel = self.make_reel(self.paper_core, 5)
        self.make_reel(self.paper_liner, 100)
        order = self.make_order()
        order.machine_id = line
        order.action_start()
        reserved = self.raw(order, self.paper_core).move_line_ids
        reel._open_on(line)
        self.assertEqual(reserved.exists().lot_id, reel)
        # Without a line nobody knows where it runs.
        reel._open_on(self.env["mrp.workcenter"])
        order.machine_id = False
        reel._open_on(line)
        self.assertEqual(reserved.exists().lot_id, reel)

    def test_blocking_gives_reservations_back(self):
        first = self.make_reel(self.paper_core, 5, date=fields.Datetime.now() - timedelta(days=9))
        second = self.make_reel(self.paper_core, 5)
        self.make_reel(self.paper_liner, 100)
        order = self.make_order()
        order.action_start()
        core = self.raw(order, self.paper_core)
        self.assertEqual(core.move_line_ids.lot_id, first)
        first.with_user(self.stock_user)._block("rasgada")
        self.assertEqual(core.move_line_ids.lot_id, second)
        self.assertEqual(core.quantity, 2.8)
        self.assertEqual(sum(first.quant_ids.mapped("reserved_quantity")), 0)
        self.assertFalse(order.activity_ids, "nobody lost anything")

    def test_lost_cover(self):
        self.make_reel(self.paper_liner, 100)
        reel = self.make_reel(self.paper_core, 5)
        kept = self.make_order()
        loser = self.make_order(pieces=7)
        reel._set_weight(4.9, "Ponta estragada")
        self.assertFalse(kept.activity_ids)
        self.assertFalse(loser.activity_ids)
        reel._set_weight(3, "Ponta estragada")
        self.assertFalse(kept.activity_ids)
        self.assertEqual(len(loser.activity_ids), 1)
        # 3 − 2.8 leaves 0.2 of the 1.96 that were promised.
        self.assertIn("1.76 kg", loser.message_ids[0].body)
        reel.with_user(self.stock_user)._block("molhada")
        self.assertEqual(len(kept.activity_ids), 1)
        self.assertIn("2.8 kg", kept.message_ids[0].body)

    # -------------------------------------------------------------------- machine
    def test_weighed_back(self):
        self.make_reel(self.paper_liner, 100)
        old = self.make_reel(self.paper_core, 5, date=fields.Datetime.now() - timedelta(days=9))
        reel = self.make_reel(self.paper_core, 5)
        machine = self.env["mrp.workcenter"].create({"name": "Linha 1"})
        order = self.make_order()
        order.action_start()
        mounted = reel.with_user(self.operator)
        mounted._open_on(machine)
        self.assertEqual(reel.reel_state, "on_machine")
        other = self.env["mrp.workcenter"].create({"name": "Linha 2"})
        with self.assert_refused("is on Linha 1"):
            mounted._open_on(other)
        with self.assert_refused("held 5 kg, so it cannot weigh 6 kg"):
            mounted._weigh_back(6, order)
        order.pieces_producing = 10
        self.assertAlmostEqual(mounted._weigh_back(2.1, order), 2.9, 6)
        core = self.raw(order, self.paper_core)
        self.assertEqual(core.move_line_ids.mapped("lot_id"), reel)
        self.assertEqual(core.quantity, 2.9)
        self.close(order)
        self.assertEqual(order.state, "done")
        self.assertEqual((reel.current_weight, old.current_weight), (2.1, 5))
        self.assertEqual(reel.reel_state, "opened")
        self.assertAlmostEqual(core.consumption_difference_qty, 0.1, 6)

    def test_two_reels_weighed_for_one_order(self):
        self.make_reel(self.paper_liner, 100)
        first, second = self.make_reel(self.paper_core, 2), self.make_reel(self.paper_core, 5)
        order = self.make_order()
        order.action_start()
        order.pieces_producing = 10
        first.with_user(self.operator)._weigh_back(0, order)
        second.with_user(self.operator)._weigh_back(4.1, order)
        self.close(order)
        self.assertEqual((first.current_weight, second.current_weight), (0, 4.1))
        self.assertEqual(first.reel_state, "finished")

    def test_weighed_back_to_a_shelf(self):
        """What a reel gave comes from where it stands, not from the stock around."""
        self.make_reel(self.paper_liner, 100)
        reel = self.make_reel(self.paper_core, 5, location=self.make_place("Prateleira A"))
        order = self.make_order()
        order.action_start()
        order.pieces_producing = 10
        reel.with_user(self.operator)._weigh_back(2.1, order)
        self.close(order)
        self.assertEqual((order.state, reel.current_weight), ("done", 2.1))

    def test_weighed_back_without_order(self):
        reel = self.make_reel(self.paper_core, 5)
        reel.with_user(self.stock_user)._weigh_back(4.5, reason="Amostra")
        self.assertEqual(reel.current_weight, 4.5)
        move = self.env["stock.move"].search(
            [("product_id", "=", self.paper_core.id)], order="id desc"
        )[0]
        self.assertEqual(move.reference, "Amostra")

    # --------------------------------------------------------------------- guards
    def test_no_negative(self):
        reel = self.make_reel(self.paper_core, 5)
        delivery = self.make_delivery(self.paper_core, 6)
        line = self.env["stock.move.line"].create(
            {
                **delivery.move_ids._prepare_move_line_vals(quantity=0),
                "lot_id": reel.id,
                "quantity": 6,
                "picked": True,
            }
        )
        with self.assert_refused("holds 5 kg, so 6 kg cannot have come from it"):
            delivery.with_user(self.stock_user).button_validate()
        self.company.forbid_negative_paper = False
        delivery.with_user(self.stock_user).button_validate()
        self.assertEqual((line.state, reel.current_weight), ("done", -1))

    def test_no_negative_without_reels(self):
        paper = self.make_paper("Bobina solta", 200, 100)
        self.put_in_stock(paper, 5)
        delivery = self.make_delivery(paper, 6)
        delivery.move_ids.quantity = 6
        delivery.move_ids.picked = True
        with self.assert_refused("5 kg are in stock, so 6 kg cannot"):
            delivery.button_validate()

    def test_history_stays(self):
        reel = self.make_reel(self.paper_core, 5)
        reel._set_weight(0, "Fim")
        with self.assert_refused("cannot be deleted.*blocked"):
            reel.unlink()
        unused = self.env["stock.lot"].create({"product_id": self.paper_core.id})
        self.assertTrue(unused.unlink())
        with self.assert_refused("cannot be deleted"):
            self.paper_core.unlink()

    # --------------------------------------------------------------------- places
    def test_move(self):
        reel = self.make_reel(self.paper_core, 5)
        place = self.make_place("Prateleira A")
        action = reel.with_user(self.stock_user).action_move()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.stock_user)
            .with_context(**action["context"])
            .create({"location_dest_id": place.id})
        )
        wizard.action_move()
        self.assertEqual(reel.location_id, place)
        self.assertEqual((reel.current_weight, reel.reel_state), (5, "full"))
        with self.assert_refused("so 9 kg cannot be moved"):
            action = reel.action_move()
            self.env[action["res_model"]].with_context(**action["context"]).create(
                {"location_dest_id": self.stock_location.id, "quantity": 9}
            ).action_move()

    def move_to(self, reel, place):
        """As the storekeeper does, with the button."""
        action = reel.with_user(self.stock_user).action_move()
        wizard = self.env[action["res_model"]].with_user(self.stock_user)
        wizard.with_context(**action["context"]).create(
            {"location_dest_id": place.id}
        ).action_move()

    def reserved(self, reel):
        """``{place: kg}``, as the stock has it and as open orders have it."""
        lines = self.env["stock.move.line"].search(
            [("lot_id", "=", reel.id), ("state", "not in", ("done", "cancel"))]
        )
        quants = reel.quant_ids.filtered("reserved_quantity")
        return (
            {quant.location_id: quant.reserved_quantity for quant in quants},
            {line.location_id: line.quantity for line in lines if line.quantity},
        )

    def test_moved_while_it_runs(self):
        reel = self.make_reel(self.paper_core, 5)
        self.make_reel(self.paper_liner, 100)
        self.put_in_stock(self.glue, 60)
        order, waiting = self.make_order(pieces=10), self.make_order(pieces=5)
        order.action_start()
        waiting.action_assign()
        order.pieces_producing = 10
        self.assertTrue(all(order.move_raw_ids.move_line_ids.mapped("picked")))
        shelf = self.make_place("Prateleira A")
        self.move_to(reel, shelf)
        # 2.8 kg of what was counted, 1.4 of what is only reserved.
        stock, lines = self.reserved(reel)
        self.assertEqual(set(stock), {shelf})
        self.assertEqual(set(lines), {shelf})
        self.assertAlmostEqual(stock[shelf], 4.2)
        self.close(order)
        self.assertEqual((order.state, reel.current_weight), ("done", 2.2))

    def test_moved_out_of_reach(self):
        reel, other = self.make_reel(self.paper_core, 5), self.make_reel(self.paper_core, 5)
        self.make_reel(self.paper_liner, 100)
        self.put_in_stock(self.glue, 60)
        order = self.make_order(pieces=10)
        order.action_start()
        order.pieces_producing = 10
        self.assertEqual(self.raw(order, self.paper_core).move_line_ids.lot_id, reel)
        outside = self.env["stock.location"].create({"name": "Galpão 2", "usage": "internal"})
        self.move_to(reel, outside)
        self.assertEqual(self.reserved(reel), ({}, {}))
        self.close(order)
        self.assertEqual((reel.current_weight, other.current_weight), (5, 2.2))

    def test_roles(self):
        reel = self.make_reel(self.paper_core, 5)
        visitor = self.make_user("visita_teste", "base.group_user")
        with self.assertRaises(AccessError):
            reel.with_user(visitor).supplier_batch = "X"
        with self.assertRaises(AccessError):
            reel.with_user(visitor)._block("x")
        with self.assertRaises(UserError):
            self.env["cantoneira.reel.block"].with_user(visitor).create(
                {"lot_ids": reel.ids, "reason": "x"}
            )

    # ---------------------------------------------------------------------- label
    def test_label(self):
        reel = self.make_reel(self.paper_core, 312.5)
        reel.supplier_batch = "KLB-7781"
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "cantoneira_reel.report_reel_label", reel.ids
        )
        text = html.decode()
        self.assertIn(reel.name, text)
        self.assertRegex(text, "312[.,]5")
        self.assertIn("KLB-7781", text)
        self.assertRegex(text, r'<img[^>]*src="data:image/png;base64,')

    # -------------------------------------------------------------------- queries
    def test_screens_ask_the_same_for_many_reels(self):
        fields_shown = ["name", "product_id", "location_id", "current_weight", "metres_left"]
        fields_shown += ["reel_state", "measure_warning", "vendor_id"]

        def queries(count):
            while len(found := self.env["stock.lot"].search([("is_reel", "=", True)])) < count:
                self.make_reel(self.paper_core, 5)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found.with_user(self.stock_user).read(fields_shown)
            return self.env.cr.sql_log_count - before

        known = self.env["stock.lot"].search_count([("is_reel", "=", True)])
        # Making reels empties caches: each number is asked twice.
        few, many = ([queries(known + n) for _turn in range(2)][1] for n in (5, 20))
        self.assertEqual(few, many)

    def test_availability_asks_the_same_for_many_reels(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["cantoneira.availability"]._report({self.paper_core: 1}, self.warehouse)
            return self.env.cr.sql_log_count - before

        for _reel in range(3):
            self.make_reel(self.paper_core, 5)
        few = queries()
        for number in range(12):
            reel = self.make_reel(self.paper_core, 5)
            if number % 2:
                reel._block("molhada")
        self.assertEqual(queries(), few)
