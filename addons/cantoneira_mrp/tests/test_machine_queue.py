"""Machines, their queues and the promised date, on a calendar of 8 hours from Monday to Friday."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from ..models.machine_queue import Run
from .common import CantoneiraMrpCase

#: A Monday, 8:00 in São Paulo.
MONDAY = datetime(2026, 11, 23, 11)


def at(day, hour, minute=0):
    """A moment of November 2026 in São Paulo (UTC−3), as stored."""
    return datetime(2026, 11, day, hour, minute) + timedelta(hours=3)


class MachineCase(CantoneiraMrpCase):
    """One machine, 8–12 and 13–17 from Monday to Friday; the profile runs 100 m/h."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        hours = [
            Command.create(
                {
                    "name": f"{day} {start}",
                    "dayofweek": str(day),
                    "hour_from": start,
                    "hour_to": start + 4,
                    "day_period": "morning" if start < 12 else "afternoon",
                }
            )
            for day in range(5)
            for start in (8, 13)
        ]
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "One shift",
                "tz": "America/Sao_Paulo",
                "attendance_ids": [Command.clear()] + hours,
            }
        )
        cls.company.resource_calendar_id = cls.calendar
        # What a database of somebody else's has in its queues and holidays does not count here.
        cls.env["mrp.workcenter"].search([]).active = False
        cls.env["resource.calendar.leaves"].search([]).unlink()
        cls.env.cr.execute("UPDATE mrp_production SET state = 'cancel'")
        cls.env["mrp.production"].invalidate_model()
        cls.machine = cls.make_machine("Linha 1")
        cls.profile.metres_per_hour = 100
        cls.other = cls.make_profile(
            "Cantoneira 40x40x3mm",
            (40, 40, 3),
            price=7,
            metres_per_hour=100,
            categ_id=cls.category_profiles.id,
        )
        cls.make_recipe(cls.other, layers={cls.paper_core: 2})
        cls.fill_stock(5_000, 5_000, 5_000)

    @classmethod
    def make_machine(cls, name, change=30, **values):
        return cls.env["mrp.workcenter"].create(
            {
                "name": name,
                "change_minutes": change,
                "resource_calendar_id": cls.calendar.id,
                "tz": "America/Sao_Paulo",
                **values,
            }
        )

    @classmethod
    def many_orders(cls, count, order):
        """Copies of a manufacturing order's row, in SQL: its queue is what counts."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'mrp_production' AND column_name NOT IN ('id', 'name')"
        )
        columns = SQL(", ").join(SQL.identifier(name) for (name,) in cls.env.cr.fetchall())
        cls.env.cr.execute(
            SQL(
                "INSERT INTO mrp_production (name, %(columns)s) SELECT %(id)s || '-' || %(count)s || '-' || n, %(columns)s"
                " FROM mrp_production, generate_series(1, %(count)s) n WHERE id = %(id)s",
                columns=columns,
                count=count,
                id=order.id,
            )
        )
        cls.env.invalidate_all()

    def promise(self, *runs, goods=None, lead=0, now=MONDAY):
        """The promise for ``(product, metres)``."""
        runs = [Run(number, *run) for number, run in enumerate(runs)]
        service = self.env["cantoneira.promise.date"].with_context(lang="en_US")
        return service._for_lines(runs, goods or {}, self.warehouse, lead, now)

    def plan(self, *runs, now=MONDAY):
        [plan] = self.promise(*runs, now=now).machines
        return plan


@tagged("post_install", "-at_install")
class TestMachineQueue(MachineCase):
    def test_empty_queue(self):
        """7 h and the change-over before them: 8:30 to 12, 13 to 16:30."""
        plan = self.plan((self.profile, 700))
        self.assertEqual(plan.machine, self.machine)
        self.assertEqual((plan.start, plan.end), (at(23, 8, 30), at(23, 16, 30)))
        self.assertEqual((plan.queued, plan.own), (timedelta(0), timedelta(hours=7)))

    def test_all_open_work_comes_first(self):
        self.make_order(80, 10_000)  # 8 h
        self.make_order(20, 10_000, product=self.other)  # 2 h, and a change
        done = self.make_order(50, 10_000)
        done.action_cancel()
        plan = self.plan((self.other, 100))
        # 0:30 + 8 + 0:30 + 2 = 11 h in front; no change for the same profile again.
        self.assertEqual(plan.queued, timedelta(hours=11))
        self.assertEqual((plan.start, plan.end), (at(24, 11), at(24, 12)))
        self.assertEqual(self.plan((self.profile, 100)).start, at(24, 11, 30))

    def test_what_is_made_already_does_not_wait(self):
        order = self.make_order(80, 10_000)
        order.with_user(self.production_user).pieces_producing = 60
        plan = self.plan((self.profile, 100))
        # It runs: nothing to set up, 20 pieces are left.
        self.assertEqual(plan.queued, timedelta(hours=2))
        self.assertEqual(plan.start, at(23, 10))

    def test_equal_profiles_of_an_order_run_together(self):
        promise = self.promise((self.profile, 100), (self.other, 100), (self.profile, 100))
        slots = promise.slots
        self.assertEqual(slots[0].start, at(23, 8, 30))
        self.assertEqual(slots[2].start, at(23, 9, 30))
        self.assertEqual(slots[1].start, at(23, 11))
        self.assertEqual(promise.machines[0].own, timedelta(hours=3, minutes=30))

    def test_nights_weekends_holidays_and_stops(self):
        leaves = self.env["resource.calendar.leaves"]
        leaves.create({"name": "Feriado", "date_from": at(24, 0), "date_to": at(24, 23, 59)})
        self.machine.stop_ids = [
            Command.create(
                {"name": "Troca de facas", "date_from": at(25, 8), "date_to": at(25, 17)}
            )
        ]
        # A stop of another machine is not ours.
        self.make_machine("Linha 2").stop_ids = [
            Command.create({"name": "Reforma", "date_from": at(23, 0), "date_to": at(30, 0)})
        ]
        plan = self.plan((self.profile, 850))
        self.assertEqual((plan.start, plan.end), (at(23, 8, 30), at(26, 9)))
        # From Friday 16:30 on, over the weekend.
        plan = self.plan((self.profile, 100), now=at(27, 16))
        self.assertEqual((plan.start, plan.end), (at(27, 16, 30), at(30, 8, 30)))

    def test_another_company_s_holiday_is_not_ours(self):
        other = self.env["res.company"].create({"name": "Outra"})
        leave = self.env["resource.calendar.leaves"].create(
            {"name": "Dela", "date_from": at(23, 0), "date_to": at(23, 23), "calendar_id": False}
        )
        leave.company_id = other
        self.assertEqual(self.plan((self.profile, 100)).start, at(23, 8, 30))
        self.assertEqual(self.promise(goods={self.tape: 0}).date, at(23, 17))

    def test_each_machine_has_its_own_queue_and_speed(self):
        second = self.make_machine("Linha 2", change=0)
        second.speed_ids = [
            Command.create(
                {"product_tmpl_id": self.other.product_tmpl_id.id, "metres_per_hour": 200}
            )
        ]
        self.other.machine_id = second
        order = self.make_order(80, 10_000, product=self.other)
        self.assertEqual(order.machine_id, second)
        self.assertEqual(order.duration_expected, 240)
        self.assertEqual(self.make_order(10, 10_000).machine_id, self.machine)
        promise = self.promise((self.profile, 100), (self.other, 200))
        ends = {plan.machine: plan.end for plan in promise.machines}
        self.assertEqual(ends, {self.machine: at(23, 10, 30), second: at(23, 14)})
        self.assertEqual(promise.ready, at(23, 14))
        # The planner moves one to the other machine; its speed is the profile's there.
        order.with_user(self.production_manager).machine_id = self.machine
        self.assertEqual(order.duration_expected, 480)

    def test_a_company_without_machines(self):
        self.machine.active = False
        order = self.make_order(40, 10_000)
        self.assertFalse(order.machine_id)
        plan = self.plan((self.profile, 100))
        self.assertFalse(plan.machine)
        self.assertEqual((plan.start, plan.end), (at(23, 13, 30), at(23, 14, 30)))
        self.assertIn("Production free on", self.promise((self.profile, 100)).reason)

    def test_a_calendar_without_hours(self):
        self.calendar.attendance_ids.unlink()
        promise = self.promise((self.profile, 100))
        self.assertFalse(promise.date)
        self.assertRegex(promise.reason, "One shift.*no date can be promised")

    def test_a_profile_that_does_not_say_its_speed(self):
        self.profile.metres_per_hour = 0
        promise = self.promise((self.profile, 100))
        self.assertEqual(promise.date, at(23, 17))
        self.assertRegex(promise.reason, "Cantoneira 50x50x3mm has no metres per hour")

    def test_five_hundred_open_orders(self):
        """As many queries as with five, and under 25 on top of the order's own lines."""
        order = self.make_order(80, 10_000)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            self.profile.mapped("name")
            before = self.env.cr.sql_log_count
            plan = self.plan((self.profile, 700))
            return self.env.cr.sql_log_count - before, plan

        self.many_orders(4, order)
        few, plan = count()
        self.assertEqual(plan.queued, timedelta(hours=5 * 8, minutes=30))
        self.many_orders(495, order)
        many, plan = count()
        self.assertEqual(plan.queued, timedelta(hours=500 * 8, minutes=30))
        # 4,000.5 h of 8 h a day from the 23rd of November on: 100 weeks and half an hour.
        self.assertEqual(plan.start, datetime(2028, 10, 23, 11, 30))
        self.assertEqual(few, many)
        self.assertLess(many, 25)


@tagged("post_install", "-at_install")
class TestPromiseDate(MachineCase):
    def test_business_days_of_delivery(self):
        self.assertEqual(self.promise((self.profile, 100)).date, at(23, 17))
        self.assertEqual(self.promise((self.profile, 100), lead=2).date, at(25, 17))
        # Ready on Friday, two business days later is Tuesday.
        friday = self.promise((self.profile, 100), lead=2, now=at(27, 8))
        self.assertEqual(friday.date, datetime(2026, 12, 1, 20))

    def test_the_reason_in_words(self):
        self.make_order(160, 10_000)
        self.put_in_stock(self.paper_core, -5_000 + 300)
        self.make_receipt(self.paper_core, 1_000, date=at(26, 10))
        promise = self.promise((self.profile, 1_500), lead=2)
        # 1,500 m need 168 kg; 300 kg less the 179.2 kg of the open order are free.
        self.assertRegex(promise.reason, r"Linha 1 free on 11/25/2026 \(16.5 h queued\)")
        self.assertRegex(promise.reason, r"400g.*: 47.2 kg missing until 11/26/2026 \(.*IN")
        self.assertRegex(promise.reason, r"\+2 business days of delivery")
        # Production follows the paper: Thursday 10:00, 15 h.
        [plan] = promise.machines
        self.assertEqual((plan.free, plan.start), (at(25, 8, 30), at(26, 10)))
        self.assertEqual(plan.end, at(30, 9))
        self.assertEqual(promise.date, datetime(2026, 12, 2, 20))

    def test_the_later_of_queue_and_paper(self):
        """A receipt before its turn changes nothing."""
        self.make_order(160, 10_000)
        before = self.promise((self.profile, 1_500)).date
        self.put_in_stock(self.paper_core, -5_000 + 300)
        self.make_receipt(self.paper_core, 1_000, date=at(24, 10))
        self.assertEqual(self.promise((self.profile, 1_500)).date, before)

    def test_receipts_are_others_first(self):
        """What others were promised is covered before this order."""
        self.put_in_stock(self.tape, 10)
        self.make_delivery(self.tape, 30)
        self.make_receipt(self.tape, 20, date=at(24, 10))
        self.make_receipt(self.tape, 20, date=at(27, 10))
        self.assertEqual(self.promise(goods={self.tape: 5}).date, at(27, 17))
        self.assertEqual(self.promise(goods={self.tape: 5}).arrivals[0].missing, 25)

    def test_supplier_s_lead_time(self):
        self.env["product.supplierinfo"].create(
            {
                "partner_id": self.vendor.id,
                "product_tmpl_id": self.tape.product_tmpl_id.id,
                "delay": 3,
            }
        )
        promise = self.promise(goods={self.tape: 5})
        self.assertEqual(promise.date, at(26, 17))
        self.assertRegex(promise.reason, "5 Units missing until 11/26/2026 .*Papelaria Serra Azul")

    def test_nobody_knows(self):
        promise = self.promise((self.profile, 100), goods={self.tape: 5})
        self.assertFalse(promise.date)
        self.assertRegex(promise.reason, "Fita.*neither a receipt nor a supplier")
        self.assertRegex(promise.reason, "no date can be promised")
        # The machine's part is known all the same.
        self.assertEqual(promise.slots[0].end, at(23, 9, 30))

    def test_from_the_shelf(self):
        self.put_in_stock(self.tape, 5)
        promise = self.promise(goods={self.tape: 5}, lead=1)
        self.assertEqual(promise.date, at(24, 17))
        self.assertEqual(promise.reason, "all in stock; +1 business day of delivery")
        # After closing time it leaves the next day.
        self.assertEqual(
            self.promise(goods={self.tape: 5}, lead=1, now=at(23, 18)).date, at(25, 17)
        )

    def test_a_promise_delays_no_earlier_one(self):
        """A small order runs before one that waits for paper, a long one behind it."""
        waiting = self.make_order(160, 10_000)
        waiting.write({"date_material": at(25, 8), "date_start": at(25, 8)})
        self.assertEqual(self.plan((self.profile, 800)).end, at(24, 8, 30))
        self.assertEqual(self.plan((self.profile, 1_600)).start, at(27, 8))

    def test_overdue_receipt_comes_now_at_the_earliest(self):
        self.make_receipt(self.tape, 5, date=at(20, 10))
        self.assertEqual(self.promise(goods={self.tape: 5}).date, at(23, 17))

    def test_a_promise_costs_the_same_for_many_lines(self):
        self.put_in_stock(self.paper_core, -5_000)
        self.make_receipt(self.paper_core, 1_000)

        def count(lines):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.profile.mapped("name")
            runs = [(self.profile, 10 + number) for number in range(lines)]
            self.assertTrue(self.promise(*runs, lead=2).arrivals)
            return self.env.cr.sql_log_count - before

        few = count(2)
        self.assertEqual(few, count(100))
        self.assertLessEqual(few, 27)


@tagged("post_install", "-at_install")
class TestMachineForm(MachineCase):
    def test_production_manager_describes_a_line(self):
        machines = self.env["mrp.workcenter"].with_user(self.production_manager)
        form = Form(machines, "cantoneira_mrp.mrp_workcenter_view_form_machine")
        form.name = "Linha 3"
        self.assertEqual(form.change_minutes, 30)
        form.change_minutes = 45
        with form.speed_ids.new() as speed:
            speed.product_tmpl_id = self.profile.product_tmpl_id
            speed.metres_per_hour = 150
        with form.stop_ids.new() as stop:
            stop.name = "Lubrificação"
            stop.date_from = at(24, 8)
            stop.date_to = at(24, 10)
        machine = form.save()
        self.assertEqual(machine._run_time(self.profile, 300), timedelta(hours=2))
        self.assertEqual(machine.stop_ids.resource_id, machine.resource_id)
        self.assertEqual(machine.stop_ids.calendar_id, machine.resource_calendar_id)
        with Form(machine, "cantoneira_mrp.mrp_workcenter_view_form_machine") as form:
            form.stop_ids.remove(0)
        self.assertFalse(machine.stop_ids)

    def test_production_manager_enters_stops(self):
        """Of a line from its form, of the whole factory from the list; promises follow."""
        machine = self.machine.with_user(self.production_manager)
        self.assertEqual(self.plan((self.profile, 100)).start, at(23, 8, 30))
        action = machine.action_stops()
        stops = self.env["resource.calendar.leaves"].with_user(self.production_manager)
        form = Form(stops.with_context(**action["context"]), "cantoneira_mrp.stop_view_form")
        form.name, form.date_from, form.date_to = "Facas", at(23, 0), at(23, 23, 59)
        line_stop = form.save()
        self.assertEqual(stops.search(action["domain"]), line_stop)
        self.assertEqual(self.plan((self.profile, 100)).start, at(24, 8, 30))
        form = Form(stops, "cantoneira_mrp.stop_view_form")
        form.name, form.date_from, form.date_to = "Ponte", at(24, 0), at(24, 23, 59)
        bridge = form.save()
        self.assertFalse(bridge.resource_id)
        self.assertEqual(self.plan((self.profile, 100)).start, at(25, 8, 30))
        with freeze_time(MONDAY):
            self.assertEqual(machine.coming_stop_count, 1)
        bridge.unlink()
        self.assertEqual(self.plan((self.profile, 100)).start, at(24, 8, 30))
        with self.assertRaises(AccessError):
            line_stop.copy({"resource_id": False}).with_user(self.production_user).unlink()

    def test_who_plans_stops(self):
        """Not who sits in the office, stocks or operates, by whatever way; their own days off stay theirs."""
        leaves = self.env["resource.calendar.leaves"]
        resource = self.machine.resource_id.id
        dates = {"date_from": at(25, 8), "date_to": at(25, 17)}
        stop = leaves.create({"name": "Facas", "resource_id": resource, **dates})
        anybody = self.make_user("escritorio_teste", "base.group_user")
        for user in (anybody, self.stock_user, self.production_user):
            own = leaves.with_user(user)
            with self.subTest(user=user.login):
                with self.assert_refused("plans the stops of Linha 1"):
                    own.create({"name": "Praia", "resource_id": resource, **dates})
                with self.assert_refused("plans the stops of Linha 1"):
                    stop.with_user(user).date_to = at(26, 17)
                with self.assert_refused("plans the stops of Linha 1"):
                    stop.with_user(user).unlink()
                person = self.env["resource.resource"].create(
                    {"name": user.name, "user_id": user.id}
                )
                day_off = own.create({"name": "Folga", "resource_id": person.id, **dates})
                with self.assert_refused("plans the stops of Linha 1"):
                    day_off.resource_id = resource
                day_off.unlink()
        self.assertEqual((stop.exists(), stop.date_to), (stop, at(25, 17)))

    def test_operator_only_reads(self):
        machine = self.machine.with_user(self.production_user)
        self.assertEqual(machine.name, "Linha 1")
        with self.assertRaises(AccessError):
            machine.change_minutes = 1
        with self.assertRaises(AccessError):
            self.env["cantoneira.machine.speed"].with_user(self.production_user).create(
                {
                    "machine_id": self.machine.id,
                    "product_tmpl_id": self.profile.product_tmpl_id.id,
                    "metres_per_hour": 1,
                }
            )

    def test_two_promises_on_one_machine_collide(self):
        before = self.machine.queue_passes
        self.machine._pass_queue()
        self.assertEqual(self.machine.queue_passes, before + 1)
        self.env["mrp.workcenter"]._pass_queue()
