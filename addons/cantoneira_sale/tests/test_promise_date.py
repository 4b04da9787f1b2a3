"""The date on an order: shown with its reason, kept on confirming, updated on demand."""

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.cantoneira_mrp.tests.test_machine_queue import MONDAY, MachineCase, at

from .common import CantoneiraSaleCase
from .test_tours import SaleToursCase


class PromiseCase(CantoneiraSaleCase, MachineCase):
    """Two business days of delivery; the profile runs 100 m/h on one machine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.delivery_lead_days = 2
        cls.sales_user.tz = cls.sales_manager.tz = "America/Sao_Paulo"

    def setUp(self):
        super().setUp()
        freezer = freeze_time(MONDAY)
        freezer.start()
        self.addCleanup(freezer.stop)

    @classmethod
    def make_order(cls, *lines, **values):
        return super().make_order(*lines, **values).with_context(lang="en_US")


@tagged("post_install", "-at_install")
class TestPromise(PromiseCase):
    def test_shown_before_confirming(self):
        order = self.make_order(self.composite(10, 10_000), self.resale(10))
        [promise] = order.get_promise()
        self.assertEqual(promise["date"], "2026-11-25 20:00:00")
        self.assertEqual(
            promise["reason"],
            "Linha 1 free on 11/23/2026 (0 min queued), made in 1 h until 11/23/2026; "
            "+2 business days of delivery",
        )
        self.assertEqual(promise["machines"][0]["order_hours"], 1)
        self.assertFalse(promise["typed_too_early"])
        # Looking promises nothing.
        self.assertFalse(order.commitment_date or order.earliest_date)

    def test_kept_on_confirming(self):
        """The order, its manufacturing orders and its delivery all say the same."""
        order = self.make_order(self.composite(10, 10_000), self.composite(20, 5_000))
        order.action_confirm()
        delivered = at(25, 17)
        self.assertEqual(order.commitment_date, delivered)
        self.assertEqual(order.earliest_date, delivered)
        self.assertRegex(order.earliest_date_reason, "Linha 1 free on")
        productions = order.sudo().production_ids.sorted("date_start")
        self.assertEqual(set(productions.mapped("date_deadline")), {delivered})
        self.assertEqual(
            [(p.date_start, p.date_finished) for p in productions],
            [(at(23, 8, 30), at(23, 9, 30)), (at(23, 9, 30), at(23, 10, 30))],
        )
        self.assertEqual(productions.machine_id, self.machine)
        self.assertEqual(order.sudo().picking_ids.move_ids.mapped("date_deadline"), [delivered] * 2)

    def test_the_next_order_stands_behind(self):
        first = self.make_order(self.composite(80, 10_000), confirm=True)
        second = self.make_order(self.composite(80, 10_000))
        self.assertEqual(second.get_promise()[0]["date"], "2026-11-27 20:00:00")
        second.action_confirm()
        self.assertEqual(second.sudo().production_ids.date_start, at(24, 8, 30))
        # The first stands where it stood.
        self.assertEqual(first.get_promise()[0]["date"], "2026-11-26 20:00:00")
        self.assertEqual(first.commitment_date, at(26, 17))

    def test_waits_for_paper(self):
        self.company.shortage_policy = "warn"
        self.put_in_stock(self.paper_core, -5_150 + 11.2)
        self.make_receipt(self.paper_core, 500, date=at(27, 10))
        order = self.make_order(self.composite(40, 10_000))
        [promise] = order.get_promise()
        self.assertEqual(promise["date"], "2026-12-01 20:00:00")
        [paper] = promise["materials"]
        self.assertEqual((round(paper["missing"], 3), paper["source"]), (33.6, "receipt"))
        self.assertRegex(promise["reason"], "400g.*33.6 kg missing until 11/27/2026")
        order.action_confirm()
        production = order.sudo().production_ids
        self.assertEqual(production.date_material, at(27, 10))
        self.assertEqual(
            (production.date_start, production.date_finished), (at(27, 10), at(27, 15))
        )
        self.assertEqual(order.get_promise()[0]["date"], "2026-12-01 20:00:00")
        # The glue of another order is there: it runs in the gap and delays nobody.
        small = self.make_order(self.composite(10, 10_000, product=self.other))
        self.make_receipt(self.paper_core, 500, date=at(23, 9))
        small.action_confirm()
        self.assertEqual(small.sudo().production_ids.date_start, at(23, 9))

    def test_typed_too_early(self):
        order = self.make_order(self.composite(70, 10_000))
        with Form(order) as form:
            with self.assertLogs("odoo.tests.form.onchange", "WARNING") as warnings:
                form.commitment_date = at(24, 12)
            self.assertRegex(
                warnings.output[0],
                "11/24/2026 is earlier than the date .* 11/25/2026: Linha 1 free",
            )
            # On the day itself, and later, nothing is said.
            form.commitment_date = at(25, 9)
        self.assertFalse(order.get_promise()[0]["typed_too_early"])
        order.commitment_date = at(24, 12)
        self.assertTrue(order.get_promise()[0]["typed_too_early"])
        order.action_confirm()
        self.assertEqual(order.commitment_date, at(24, 12))
        self.assertEqual(order.sudo().production_ids.date_deadline, at(24, 12))
        self.assertEqual(order.sudo().production_ids.date_start, at(23, 8, 30))
        notes = order.message_ids.mapped("body")
        self.assertTrue(any("earlier than the date that can be kept" in note for note in notes))

    def test_a_later_date_is_made_in_time(self):
        order = self.make_order(self.composite(10, 10_000), commitment_date=at(30, 17))
        order.action_confirm()
        self.assertEqual(order.commitment_date, at(30, 17))
        self.assertEqual(order.earliest_date, at(25, 17))
        self.assertGreater(order.sudo().production_ids.date_start, at(29, 0))
        self.assertFalse(any("earlier than" in note for note in order.message_ids.mapped("body")))

    def test_update_on_demand(self):
        order = self.make_order(self.composite(70, 10_000), confirm=True)
        self.assertEqual(order.commitment_date, at(25, 17))
        self.machine.stop_ids = [
            Command.create({"name": "Quebra", "date_from": at(23, 0), "date_to": at(25, 23)})
        ]
        self.assertEqual(order.commitment_date, at(25, 17))
        order.action_update_promise()
        self.assertEqual(order.commitment_date, at(30, 17))
        production = order.sudo().production_ids
        self.assertEqual(production.date_start, at(26, 8, 30))
        self.assertEqual(production.date_finished, at(26, 16, 30))
        self.assertEqual(production.date_deadline, order.commitment_date)
        move = order.sudo().picking_ids.move_ids
        self.assertEqual(move.date_deadline, order.commitment_date)
        # Typed by hand it stays, and what can be kept stands beside it.
        order.commitment_date = at(27, 17)
        order.action_update_promise()
        self.assertEqual(order.commitment_date, at(27, 17))
        self.assertEqual(order.earliest_date, at(30, 17))

    def test_nothing_left_to_deliver(self):
        order = self.make_order(self.resale(5), confirm=True)
        self.deliver(order)
        self.assertFalse(order.get_promise()[0]["date"])
        with self.assert_refused("nothing left to deliver", UserError):
            order.action_update_promise()
        quotation = self.make_order()
        self.assertFalse(quotation.get_promise()[0]["reason"])
        quotation.action_cancel()
        self.assertFalse(quotation.get_promise()[0]["date"])

    def test_unknown_date_is_said(self):
        self.company.shortage_policy = "warn"
        order = self.make_order(self.resale(500))
        [promise] = order.get_promise()
        self.assertFalse(promise["date"])
        self.assertRegex(promise["reason"], "Fita.*350 Units missing, with neither")
        order.action_confirm()
        self.assertFalse(order.commitment_date)
        notes = order.message_ids.mapped("body")
        self.assertTrue(any("No date can be promised" in note for note in notes))

    def test_carrier_s_days(self):
        service = self.env["product.product"].create({"name": "Frete", "type": "service"})
        carrier = self.env["delivery.carrier"].create(
            {"name": "Transportadora", "product_id": service.id, "delivery_lead_days": 4}
        )
        order = self.make_order(self.composite(10, 10_000), carrier_id=carrier.id)
        [promise] = order.get_promise()
        self.assertEqual((promise["date"], promise["lead_days"]), ("2026-11-27 20:00:00", 4))

    def test_a_cancelled_order_gives_its_place_back(self):
        order = self.make_order(self.composite(80, 10_000), confirm=True)
        order.action_cancel()
        other = self.make_order(self.composite(10, 10_000))
        self.assertEqual(other.get_promise()[0]["date"], "2026-11-25 20:00:00")
        order.action_draft()
        other.action_confirm()
        # What the system had promised was not typed: it is calculated again.
        order.action_confirm()
        self.assertEqual(
            order.sudo().production_ids.filtered(lambda p: p.state != "cancel").date_start,
            at(23, 9, 30),
        )


@tagged("post_install", "-at_install")
class TestPromiseForPrograms(PromiseCase):
    def ask(self, *lines, **values):
        orders = self.env["sale.order"].with_user(self.sales_user).with_context(lang="en_US")
        return orders.promise_date({"lines": list(lines), **values})

    def test_lines_nobody_ordered(self):
        before = self.env["sale.order"].search_count([])
        promise = self.ask(self.composite(10, 10_000), self.resale(10))
        self.assertEqual(promise["date"], "2026-11-25 20:00:00")
        self.assertFalse(promise["order_id"])
        self.assertEqual(self.env["sale.order"].search_count([]), before)
        order = self.make_order(self.composite(10, 10_000), self.resale(10))
        self.assertEqual(order.get_promise()[0]["reason"], promise["reason"])

    def test_early_date(self):
        promise = self.ask(self.composite(10, 10_000), commitment_date="2026-11-24 12:00:00")
        self.assertTrue(promise["typed_too_early"])

    def test_what_cannot_be_read(self):
        for lines, values, sentence in (
            ([{}], {}, "Line 1: say which product"),
            ([{"product_id": "x"}], {}, "Line 1: say which product"),
            ([{"product_id": 10**9}], {}, "There is no product"),
            ([self.composite(0, 2_500)], {}, "pieces"),
            ([self.composite(10, 0.3)], {}, "length"),
            ([self.composite(1, 1, colour="red")], {}, "colour"),
            ([self.resale(1)], {"colour": "red"}, "colour"),
        ):
            with self.assert_refused(f"(?i){sentence}", ValidationError):
                self.ask(*lines, **values)
        with self.assert_refused("at least one line", ValidationError):
            self.env["sale.order"].promise_date({"lines": None})

    def test_only_who_reads_orders_asks(self):
        stranger = self.make_user("estranho_teste", "base.group_user")
        order = self.make_order(self.composite(10, 10_000))
        with self.assertRaises(AccessError):
            order.with_user(stranger).get_promise()
        with self.assertRaises(AccessError):
            self.env["sale.order"].with_user(stranger).promise_date(
                {"lines": [self.composite(10, 10_000)]}
            )


@tagged("post_install", "-at_install")
class TestPromiseCost(PromiseCase):
    def count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        return self.env.cr.sql_log_count - before

    def test_five_hundred_open_orders(self):
        production = self.make_order(self.composite(80, 10_000), confirm=True).sudo().production_ids
        order = self.make_order(*[self.composite(10, 1_000 + n) for n in range(20)])

        def ask():
            order.order_line.product_id.mapped("name")
            before = self.env.cr.sql_log_count
            order.get_promise()
            self.asked = self.env.cr.sql_log_count - before

        self.many_orders(4, production)
        self.count(ask)
        few = self.asked
        self.many_orders(495, production)
        self.count(ask)
        self.assertEqual(self.asked, few)
        self.assertLess(self.asked, 25)

    def test_five_hundred_open_orders_and_no_paper(self):
        """Paper that lacks, of which some comes and some has only a supplier: under 25 queries.

        On top of reading the order and its lines, with nothing else in the cache.
        """
        self.company.shortage_policy = "warn"
        first = self.make_order(self.composite(80, 10_000), confirm=True).sudo().production_ids
        self.many_orders(499, first)
        self.put_in_stock(self.paper_core, -5_100)
        self.put_in_stock(self.glue, -10_000)
        self.make_receipt(self.paper_core, 500_000, date=at(27, 10))
        self.glue.seller_ids = [Command.create({"partner_id": self.customer.id, "delay": 12})]
        lengths = [self.composite(40, length) for length in (10_000, 5_000, 2_500)]
        order = self.make_order(*lengths, self.resale(10))
        self.env.flush_all()
        self.env.invalidate_all()
        order.read(["name", "company_id", "warehouse_id"])
        order.order_line.product_id.mapped("product_tmpl_id.name")
        order.company_id.mapped("name")
        before = self.env.cr.sql_log_count
        [promise] = order.get_promise()
        self.assertLess(self.env.cr.sql_log_count - before, 25)
        self.assertEqual(promise["machines"][0]["queue_hours"], 4_000.5)
        sources = [material["source"] for material in promise["materials"]]
        self.assertEqual(sorted(sources), ["receipt", "supplier"])

    def test_typing_a_line_does_not_ask(self):
        """The form's onchange calculates no date; only typing a date does."""
        order = self.make_order(*[self.composite(10, 1_000 + n) for n in range(5)])
        service = type(self.env["cantoneira.promise.date"])
        asked = []
        original = service._for_lines
        self.patch(
            service, "_for_lines", lambda *args, **kw: asked.append(1) or original(*args, **kw)
        )
        with Form(order) as form:
            with form.order_line.edit(0) as line:
                line.piece_qty = 20
            self.assertFalse(asked)
            form.commitment_date = at(30, 12)
            self.assertTrue(asked)

    def test_confirming_asks_once(self):
        """Whatever the number of lines, the same queries more than without a promise."""
        service = type(self.env["cantoneira.promise.date"])
        costs = {}
        original = service._for_lines

        def counted(*args, **kw):
            before = self.env.cr.sql_log_count
            result = original(*args, **kw)
            costs.setdefault(self.lines, []).append(self.env.cr.sql_log_count - before)
            return result

        self.patch(service, "_for_lines", counted)
        for self.lines in (2, 30):
            order = self.make_order(*[self.composite(1, 1_000 + n) for n in range(self.lines)])
            self.env.flush_all()
            self.env.invalidate_all()
            order.action_confirm()
        self.assertEqual([len(costs[n]) for n in (2, 30)], [1, 1])
        # Warmer caches may save some, more lines cost none.
        self.assertLessEqual(costs[30], costs[2])


@tagged("post_install", "-at_install")
class TestPromiseTour(SaleToursCase):
    """The date on the order form, as a plain salesperson on a desktop."""

    def test_promise(self):
        """The reason shows, lines that are typed are asked for by hand, confirming keeps it."""
        self.profile.metres_per_hour = 100
        self.env["mrp.workcenter"].search([]).active = False
        self.env["mrp.workcenter"].create({"name": "Linha do passeio"})
        order = self.make_order(self.composite(10, 2500))
        self.tour("promise", self.sales_user, self.order_path(order))
        self.assertEqual(order.order_line.piece_qty, 12)
        self.assertTrue(order.commitment_date)
        self.assertEqual(order.commitment_date, order.earliest_date)


@tagged("post_install", "-at_install")
class TestPromiseTourOnPhone(TestPromiseTour):
    browser_size = "390x844"
    touch_enabled = True
    language = "pt_BR"
