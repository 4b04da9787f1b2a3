"""The production manager plans; the operator's queue follows."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.cantoneira_mrp.models.machine_queue import Run

from .test_operator import FloorCase


class PlanCase(FloorCase):
    """Three orders of one profile on one line, planned one after the other by a manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.machine.name = "Linha do plano"
        cls.profile.metres_per_hour = 100
        cls.orders = cls.env["mrp.production"]
        for pieces in (10, 20, 30):
            cls.orders |= cls.make_order(pieces, 1000)
        cls.draft = cls.env["cantoneira.plan.draft"].with_user(cls.production_manager)
        cls.apply(cls.machine, cls.orders)

    @classmethod
    def seen(cls):
        return {str(line["id"]): line for line in cls.draft.plan_read()["lines"]}

    @classmethod
    def apply(cls, machine, orders):
        cls.draft.plan_apply({str(machine.id): orders.ids}, cls.seen())

    def preview(self, machine, orders):
        return self.draft.plan_preview({str(machine.id): orders.ids}, self.seen())


@tagged("post_install", "-at_install")
class TestPlan(PlanCase):
    def test_apply(self):
        first, second, third = self.orders
        self.apply(self.machine, third + first + second)
        names = [third.name, first.name, second.name]
        self.assertEqual(self.queue(), names)
        self.assertLess(third.date_start, first.date_start)
        self.assertGreaterEqual(first.date_start, third.date_finished)
        open_work = self.env["cantoneira.machine.queue"]._open_work([self.machine], self.company)
        self.assertEqual(open_work[self.machine].mapped("name"), names, "promises follow")

    def test_preview_writes_nothing(self):
        first, second, third = self.orders
        before = [(order.date_start, order.date_finished) for order in self.orders]
        third.sudo().date_deadline = first.date_start + timedelta(minutes=20)
        first.sudo().date_deadline = first.date_finished + timedelta(minutes=1)
        effect = self.preview(self.machine, third + first + second)
        self.assertEqual(effect["late"], [1, 1])
        rows = {row["id"]: row for row in effect["rows"]}
        self.assertEqual(list(rows), [first.id, third.id], "who becomes late comes first")
        self.assertTrue(rows[first.id]["late"])
        self.assertEqual((rows[third.id]["late_before"], rows[third.id]["late"]), (True, False))
        self.assertIn(first.name, rows[first.id]["text"])
        self.assertIn("1 becomes late.", effect["summary"])
        effect = self.preview(self.machine, first + third + second)
        self.assertEqual(before, [(order.date_start, order.date_finished) for order in self.orders])
        self.apply(self.machine, first + third + second)
        for order in self.orders:
            start, end, _late = effect["dates"][str(order.id)]
            self.assertEqual(fields.Datetime.to_string(order.date_start), start)
            self.assertEqual(fields.Datetime.to_string(order.date_finished), end)

    def test_day_in_words(self):
        """A customer's date that moves is told with both days and the promised one."""
        _first, _second, third = self.orders
        self.profile.metres_per_hour = 10
        big = self.make_order(200, 1000)
        self.apply(self.machine, self.orders + big)
        third.sudo().date_deadline = third.date_finished
        effect = self.preview(self.machine, big + self.orders)
        row = next(row for row in effect["rows"] if row["id"] == third.id)
        day = self.draft._day
        told = f"{day(third, third.date_finished)} → "
        self.assertIn(told, row["text"])
        self.assertIn(f"(promised for {day(third, third.date_deadline)})", row["text"])
        self.assertIn(str(len(effect["rows"])), effect["summary"])

    def test_another_line(self):
        first, second, third = self.orders
        other = self.env["mrp.workcenter"].create({"name": "Linha 2"})
        draft = {
            str(self.machine.id): (first + third).ids,
            str(other.id): second.ids,
        }
        effect = self.draft.plan_preview(draft, self.seen())
        row = next(row for row in effect["rows"] if row["id"] == second.id)
        self.assertIn("Linha 2", row["text"])
        self.draft.plan_apply(draft, self.seen())
        self.assertEqual(second.machine_id, other)
        self.assertEqual(self.queue(), [first.name, third.name])
        self.assertEqual(second.date_start, first.date_start, "each line from now on")

    def test_group_by_profile(self):
        other = self.make_profile("Cantoneira 60x60x4mm", (60, 60, 4), metres_per_hour=100)
        other.machine_id = self.machine
        self.make_recipe(other, layers={self.paper_core: 4})
        second = self.make_order(10, 1000, product=other)
        first, *_rest = self.orders
        mixed = first + second + self.orders[1:]
        self.apply(self.machine, mixed)
        answer = self.draft.plan_group({str(self.machine.id): mixed.ids}, self.seen())
        grouped = answer["draft"][str(self.machine.id)]
        self.assertEqual(grouped, [*self.orders.ids, second.id])
        self.assertEqual(answer["effect"]["setups"], [3, 2])
        self.assertGreater(answer["effect"]["hours"], 0)
        self.assertIn("Set-ups: 1 fewer", answer["effect"]["summary"])
        self.assertEqual(self.queue(), mixed.mapped("name"), "nothing is written")
        second.with_user(self.production_user).floor_start("a")
        answer = self.draft.plan_group({str(self.machine.id): self.orders.ids}, self.seen())
        self.assertEqual(answer["draft"][str(self.machine.id)], self.orders.ids)

    def test_queue_changed(self):
        """Whoever saves second is told what changed; nothing is written."""
        first, second, third = self.orders
        seen, draft = self.seen(), {str(self.machine.id): (third + second + first).ids}
        self.apply(self.machine, second + first + third)
        with self.assert_refused("somebody changed its sequence"):
            self.draft.plan_apply(draft, seen)
        seen = self.seen()
        new = self.make_order()
        with self.assert_refused(f"{new.name}: new"):
            self.draft.plan_apply(draft, seen)
        seen = self.seen()
        second.with_user(self.production_user).floor_start("a")
        with self.assert_refused(f"{second.name}: started"):
            self.draft.plan_preview(draft, seen)
        seen = self.seen()
        new.action_cancel()
        with self.assert_refused(f"{new.name}: no longer in it"):
            self.draft.plan_apply({str(self.machine.id): first.ids}, seen)
        self.assertEqual(self.queue(), [second.name, first.name, third.name])

    def test_stop_and_holiday(self):
        """What is planned stays until its dates are renewed; the board tells that they no longer hold."""
        first = self.orders[0]
        planned, third = first.date_start, self.orders[2].sudo()
        third.date_deadline = third.date_finished + timedelta(minutes=1)
        self.assertFalse(self.drift())
        leaves = self.env["resource.calendar.leaves"].with_user(self.production_manager)
        begin = fields.Datetime.now() - timedelta(hours=1)
        for resource in (self.machine.resource_id, self.env["resource.resource"]):
            until = planned + timedelta(days=14)
            leave = leaves.create(
                {
                    "name": "Parada",
                    "date_from": begin,
                    "date_to": until,
                    "resource_id": resource.id,
                }
            )
            self.assertEqual(first.date_start, planned)
            [told] = self.drift()
            self.assertIn("Linha do plano: the planned dates do not hold any more", told)
            self.assertIn("later day: 3, of which become late: 1", told)
            self.assertGreater(self.promise_start(), until)
            self.apply(self.machine, self.orders)
            self.assertGreater(first.date_start, until)
            self.assertFalse(self.drift())
            leave.unlink()
            self.apply(self.machine, self.orders)
            self.assertLess(first.date_start, until)

    def drift(self):
        """What is told of this line; what a database of somebody else's has in its queues is not ours."""
        told = self.draft.plan_read()["drift"]
        return [each for each in told if each.startswith(self.machine.name)]

    def promise_start(self):
        """When a new order of the profile could begin."""
        run = Run(0, self.profile, 1)
        queue = self.env["cantoneira.machine.queue"]
        [plan] = queue._plan([run], self.company, fields.Datetime.now())
        return plan.start

    def test_no_working_hours(self):
        """The board is shown all the same, and says what is wrong."""
        self.machine.resource_calendar_id = self.env["resource.calendar"].create(
            {"name": "Never", "attendance_ids": [(5, 0, 0)]}
        )
        [told] = self.drift()
        self.assertIn("Linha do plano has not enough working hours", told)

    def test_bad_drafts(self):
        ids, key = self.orders.ids, str(self.machine.id)
        for draft in ({key: ids[1:]}, {key: [*ids, ids[0]]}, {key: [*ids, 0]}, {"999999": ids}):
            with self.assert_refused("plan again"):
                self.draft.plan_apply(draft, self.seen())
        endless = float("inf")
        for draft in ({"x": ids}, {key: ["x"]}, {key: None}, [key], 7, [endless], {key: [endless]}):
            with self.assert_refused("sequence of order ids of each line"):
                self.draft.plan_preview(draft, self.seen())
        never = {"running": [], "waiting": [endless]}
        for seen in ({key: {}}, None, {key: 7}, {key: never}):
            with self.assert_refused("sequence of order ids of each line"):
                self.draft.plan_preview({key: ids}, seen)

    def test_only_managers(self):
        operator = self.draft.with_user(self.production_user)
        self.assertFalse(operator.plan_read()["can_plan"])
        with self.assert_refused("Only a production manager"):
            operator.plan_apply({str(self.machine.id): self.orders.ids}, self.seen())

    def test_late_filter(self):
        first, second, third = self.orders
        now = fields.Datetime.now()
        first.sudo().date_deadline = now - timedelta(hours=1)
        second.sudo().date_deadline = second.date_finished + timedelta(hours=1)
        third.sudo().date_deadline = third.date_finished - timedelta(minutes=1)
        late = self.orders.search([("id", "in", self.orders.ids), ("is_floor_late", "=", True)])
        self.assertEqual(late, first + third)
        self.assertEqual(self.orders.filtered("is_floor_late"), first + third)
        in_time = self.orders.search([("id", "in", self.orders.ids), ("is_floor_late", "=", False)])
        self.assertEqual(in_time, second)

    def test_material(self):
        first, _second, _third = self.orders
        self.assertEqual(set(self.orders.mapped("floor_material")), {"ready"})
        first.action_assign()
        hungry = self.make_order(1000, 2500, user=self.production_manager, confirm=False)
        hungry.with_context(shortage_override_reason="Paper is on its way").action_confirm()
        self.assertEqual(first.floor_material, "reserved")
        self.assertEqual(hungry.floor_material, "missing")
        waiting = hungry.search([("floor_material", "in", ("missing", "expected"))])
        self.assertIn(hungry, waiting)
        self.assertNotIn(first, waiting)
        hungry.sudo().date_material = fields.Datetime.now() + timedelta(days=3)
        self.assertEqual(hungry.floor_material, "expected")

    def test_same_queries(self):
        """Reading and judging a plan costs the same for 3 orders and for 33."""
        specification = {
            "floor_customer": {},
            "is_floor_late": {},
            "floor_hours": {},
            "floor_material": {},
            "floor_state": {},
            "composite_label": {},
            "date_deadline": {},
        }
        board = self.orders.with_user(self.production_manager)

        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            domain = board._floor_domain()
            board.web_search_read(domain, specification, order="plan_sequence, id")
            line = self.draft.plan_read()["lines"]
            read = self.cr.sql_log_count
            draft = {str(each["id"]): each["waiting"][::-1] for each in line}
            self.draft.plan_group(draft, self.seen())
            return read - before, self.cr.sql_log_count - read

        cost()
        few = cost()
        for _each in range(30):
            self.make_order(1, 1000)
        waiting = self.seen()[str(self.machine.id)]["waiting"]
        self.apply(self.machine, self.orders.browse(waiting))
        self.assertEqual(cost(), few)
