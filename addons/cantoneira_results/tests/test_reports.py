"""What the reports say of a few orders whose numbers one can do in one's head."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MONDAY, CantoneiraResultsCase


@tagged("post_install", "-at_install")
class TestProductivity(CantoneiraResultsCase):
    def test_hours_and_metres(self):
        """25 m in 2 h of which half an hour was a pause, at a standard of 100 m/h."""
        order, production = self.make_sold()
        self.finish(production)
        self.took(production, 2, pauses=[(self.meal, 20), (self.setting_up, 10)])
        row = self.rows("productivity.report", production)
        self.assertEqual((row.piece_qty, row.metres, row.sale_order_id), (10, 25, order.sudo()))
        self.assertEqual((row.productive_hours, row.standard_hours), (1.5, 0.25))
        self.assertAlmostEqual(row.metres_per_hour, 25 / 1.5)
        self.assertAlmostEqual(row.efficiency, 100 * 0.25 / 1.5)
        self.assertAlmostEqual(row.stopped_hours, 0.5)
        self.assertAlmostEqual(row.setup_hours, 10 / 60)
        self.assertEqual((row.machine_id, row.partner_id), (self.machine, self.customer))
        # The same as the order itself says.
        self.assertAlmostEqual(row.productive_hours * 60, production.productive_minutes)
        self.assertAlmostEqual(row.stopped_hours * 60, production.stopped_minutes)

    def test_ratio_of_sums(self):
        """25 m in 1 h and 100 m in 1.5 h are 50 m/h, not the mean of 25 and 66.7."""
        (_one, slow), (_two, fast), (_three, unknown) = (
            self.make_sold(10),
            self.make_sold(40),
            self.make_sold(10),
        )
        for production in (slow, fast, unknown):
            self.finish(production)
        self.took(slow, 1)
        self.took(fast, 1.5, start=MONDAY + timedelta(hours=3))
        self.env.cr.execute(
            "UPDATE mrp_production SET date_planned_start = NULL WHERE id = %s", [unknown.id]
        )
        report = self.env["cantoneira.productivity.report"].with_user(self.production_manager)
        ((speed, standard, efficiency, metres),) = report._read_group(
            [("production_id", "in", (slow | fast | unknown).ids)],
            [],
            [
                *("metres_per_hour:avg", "standard_metres_per_hour:avg"),
                *("efficiency:avg", "metres:sum"),
            ],
        )
        self.assertAlmostEqual(speed, 50, msg="what nobody timed does not count")
        self.assertAlmostEqual(standard, 100)
        self.assertAlmostEqual(efficiency, 100 * 1.25 / 2.5)
        self.assertEqual(metres, 150)
        self.assertFalse(self.rows("productivity.report", unknown).metres_per_hour)

    def test_standard_of_the_day(self):
        """A faster standard of today does not make yesterday's work slow."""
        self.env["cantoneira.machine.speed"].create(
            {
                "machine_id": self.machine.id,
                "product_tmpl_id": self.profile.product_tmpl_id.id,
                "metres_per_hour": 50,
            }
        )
        _order, production = self.make_sold()
        self.assertFalse(production.standard_metres_per_hour)
        self.took(self.finish(production), 1)
        self.machine.speed_ids.metres_per_hour = 500
        self.profile.metres_per_hour = 900
        row = self.rows("productivity.report", production)
        self.assertEqual((row.standard_metres_per_hour, row.standard_hours), (50, 0.5))

    def test_changes_of_profile(self):
        """The first on a line and each other profile is a change; the same again is none."""
        made = []
        for number, profile in enumerate(
            (self.profile, self.profile, self.other_profile, self.profile)
        ):
            _order, production = self.make_sold(product=profile)
            self.took(self.finish(production), 1, start=MONDAY + timedelta(hours=2 * number))
            made.append(production)
        rows = [self.rows("productivity.report", production) for production in made]
        self.assertEqual([row.setup_count for row in rows], [1, 0, 1, 1])
        self.assertEqual([row.setup_standard_hours for row in rows], [0.5, 0, 0.5, 0.5])

    def test_scrap(self):
        _order, production = self.make_sold()
        self.env["cantoneira.production.scrap"].create(
            {
                "production_id": production.id,
                "machine_id": self.machine.id,
                "reason_id": self.tear.id,
                "user_id": self.production_user.id,
                "date": MONDAY,
                "piece_qty": 2,
            }
        )
        self.finish(production)
        row = self.rows("productivity.report", production)
        self.assertEqual((row.scrapped_pieces, row.scrapped_metres, row.scrap_percent), (2, 5, 20))

    def test_stops(self):
        """Pauses add up in hours by reason, with the profile that was being made."""
        _order, production = self.make_sold()
        self.took(production, 2, pauses=[(self.meal, 45), (self.setting_up, 30)])
        stops = self.env["cantoneira.production.stop"].with_user(self.production_manager)
        found = stops._read_group(
            [("production_id", "=", production.id), ("product_id", "=", self.profile.id)],
            ["reason_id"],
            ["hours:sum"],
        )
        self.assertEqual(dict(found), {self.meal: 0.75, self.setting_up: 0.5})

    def test_who_sees_it(self):
        _order, production = self.make_sold()
        self.finish(production)
        for user in (self.sales_user, self.stock_user):
            with self.assertRaises(AccessError):
                self.rows("productivity.report", production, user)
        row = self.rows("productivity.report", production)
        action = row.action_open()
        self.assertEqual((action["res_model"], action["res_id"]), (production._name, production.id))


@tagged("post_install", "-at_install")
class TestMaterial(CantoneiraResultsCase):
    def test_planned_and_consumed(self):
        """2.8 kg of core were planned, 3 weighed: 0.2 kg more, R$ 2.40."""
        _order, production = self.make_sold()
        self.finish(production, core=3)
        rows = {
            row.material_id: row
            for row in self.rows("material.report", production).with_env(self.env)
        }
        core = rows[self.paper_core]
        self.assertAlmostEqual(core.planned_kg, 2.8)
        self.assertAlmostEqual(core.consumed_kg, 3)
        self.assertAlmostEqual(core.difference_kg, 0.2)
        self.assertAlmostEqual(core.difference_percent, 100 * 0.2 / 2.8)
        self.assertAlmostEqual(core.difference_value, 2.4)
        self.assertAlmostEqual(core.consumed_value, 36)
        self.assertAlmostEqual(core.planned_value, 33.6)
        self.assertAlmostEqual(rows[self.paper_liner].consumed_kg, 0.52)
        self.assertAlmostEqual(rows[self.glue].consumed_kg, 0.375)
        # The same as the order itself says.
        self.assertAlmostEqual(
            sum(row.difference_kg for row in rows.values()),
            production.consumption_difference_weight,
        )
        self.assertAlmostEqual(
            sum(row.difference_value for row in rows.values()),
            production.sudo().consumption_difference_value,
        )

    def test_percent_of_sums(self):
        (_one, small), (_two, big) = self.make_sold(10), self.make_sold(30)
        self.finish(small, core=3)
        self.finish(big, core=8.4)
        report = self.env["cantoneira.material.report"].with_user(self.production_manager)
        ((percent,),) = report._read_group(
            [
                ("production_id", "in", (small | big).ids),
                ("material_id", "=", self.paper_core.id),
            ],
            [],
            ["difference_percent:avg"],
        )
        self.assertAlmostEqual(percent, 100 * 0.2 / 11.2)

    def test_costs_are_for_those_who_see_costs(self):
        """An operator reads kilograms; not a single value, alone or summed."""
        _order, production = self.make_sold()
        self.finish(production)
        as_operator = self.rows("material.report", production, self.production_user)
        self.assertEqual(len(as_operator), 3)
        self.assertTrue(as_operator.mapped("consumed_kg"))
        for name in ("planned_value", "consumed_value", "difference_value"):
            with self.assertRaises(AccessError):
                as_operator.mapped(name)
            with self.assertRaises(AccessError):
                as_operator._read_group([], [], [f"{name}:sum"])
            self.assertNotIn(name, as_operator.fields_get())
            self.assertIn(name, as_operator.with_user(self.production_manager).fields_get())
        with self.assertRaises(AccessError):
            self.rows("progress.report", production, self.production_user).browse(
                production.id
            ).mapped("consumed_value")

    def test_queries(self):
        """A page of 3 orders costs what a page of 12 costs."""
        orders = [self.make_sold()[1] for _number in range(12)]
        for production in orders:
            self.finish(production)
        ids = [production.id for production in orders]
        for name in ("cantoneira.material.report", "cantoneira.productivity.report"):
            report = self.env[name].with_user(self.production_manager)
            spec = {field: {} for field in report.fields_get()}

            def page(count, report=report, spec=spec):
                domain = [("production_id", "in", ids[:count])]
                return report.web_search_read(domain, spec)["records"]

            self.assertGreater(len(page(12)), len(page(3)))
            self.assertLessEqual(
                self.queries(lambda: page(12)), self.queries(lambda: page(3)), name
            )


@tagged("post_install", "-at_install")
class TestProgress(CantoneiraResultsCase):
    def test_metres_and_value(self):
        """4 of 10 pieces: 10 m made, 15 left, and 40 % of the material is in them."""
        order, production = self.make_sold()
        row = self.rows("progress.report", production)
        self.assertEqual((row.state, row.metres, row.metres_made), ("waiting", 25, 0))
        self.assertEqual((row.hours_left, row.consumed_kg), (0.25, 0))
        production.action_start()
        production.pieces_producing = 4
        self.env.invalidate_all()
        row = self.rows("progress.report", production)
        self.assertEqual((row.state, row.metres_made, row.metres_left), ("started", 10, 15))
        self.assertEqual((row.made_percent, row.hours_left), (40, 0.15))
        self.assertAlmostEqual(row.consumed_kg, 1.478)
        # 1.12 kg × 12 + 0.208 × 10 + 0.15 × 30.
        self.assertAlmostEqual(row.consumed_value, 20.02)
        self.assertEqual((row.sale_order_id, row.partner_id), (order.sudo(), self.customer))
        self.finish(production)
        self.assertFalse(self.rows("progress.report", production))

    def test_late(self):
        _order, production = self.make_sold()
        production.sudo().date_deadline = fields.Datetime.now() - timedelta(days=1)
        self.assertTrue(self.rows("progress.report", production).is_late)
        production.sudo().date_deadline = fields.Datetime.now() + timedelta(days=300)
        self.assertFalse(self.rows("progress.report", production).is_late)


@tagged("post_install", "-at_install")
class TestPunctuality(CantoneiraResultsCase):
    def promised(self, days, delivered=None):
        """An order promised ``days`` from today, delivered ``delivered`` days from today."""
        now = fields.Datetime.now().replace(hour=15)
        order = self.make_order(self.resale(1), confirm=True)
        order.commitment_date = now + timedelta(days=days)
        if delivered is not None:
            self.deliver(order)
            order.sudo().picking_ids.date_done = now + timedelta(days=delivered)
        return order

    def row(self, order, user=None):
        report = self.env["cantoneira.punctuality.report"]
        report.invalidate_model()
        return report.with_user(user or self.production_manager).search(
            [("order_id", "=", order.id)]
        )

    def test_states(self):
        cases = [
            ((-3, -3), ("on_time", 0, 100)),
            ((-3, -5), ("on_time", 0, 100)),
            ((-5, -3), ("late", 2, 0)),
            ((-4, None), ("overdue", 4, 0)),
            ((4, None), ("open", 0, 0)),
            ((4, -1), ("on_time", 0, 100)),
        ]
        orders = self.env["sale.order"]
        for (promised, delivered), expected in cases:
            order = self.promised(promised, delivered)
            orders |= order
            row = self.row(order)
            with self.subTest(promised=promised, delivered=delivered):
                self.assertEqual((row.state, row.days_late, row.on_time_percent), expected)
        ((percent, days),) = self.row(orders.browse())._read_group(
            [("order_id", "in", orders.ids)], [], ["on_time_percent:avg", "days_late:avg"]
        )
        self.assertAlmostEqual(percent, 60, msg="what is not due yet does not count")
        self.assertAlmostEqual(days, 6 / 5)

    def test_day_of_the_user(self):
        """Delivered at 23:30 in São Paulo of the promised day is on time, though UTC is on."""
        self.production_manager.tz = "America/Sao_Paulo"
        order = self.make_order(self.resale(1), confirm=True)
        order.commitment_date = "2026-03-02 15:00:00"
        self.deliver(order)
        order.sudo().picking_ids.date_done = "2026-03-03 02:30:00"
        row = self.row(order)
        self.assertEqual((row.state, str(row.delivered_date)), ("on_time", "2026-03-02"))

    def test_last_delivery_counts(self):
        """Half of it in time is not in time."""
        order = self.make_order(self.resale(10), confirm=True)
        order.commitment_date = fields.Datetime.now() - timedelta(days=2)
        first = order.sudo().picking_ids.with_user(self.stock_user)
        first.move_ids.write({"quantity": 4, "picked": True})
        first.with_context(skip_backorder=True, picking_ids_not_to_backorder=[]).button_validate()
        first.sudo().date_done = fields.Datetime.now() - timedelta(days=5)
        self.assertEqual(self.row(order).state, "overdue")
        self.deliver(order)
        self.assertEqual((self.row(order).state, self.row(order).days_late), ("late", 2))

    def test_rights(self):
        """Salespeople see orders they may see; who sells only his own sees only these."""
        order = self.promised(-1)
        self.assertTrue(self.row(order, self.sales_user))
        own = self.make_user("proprias_teste", "sales_team.group_sale_salesman")
        self.assertFalse(self.row(order, own))
        order.sudo().user_id = own
        self.env.flush_all()
        self.assertTrue(self.row(order, own))
        with self.assertRaises(AccessError):
            self.row(order, self.stock_user)
