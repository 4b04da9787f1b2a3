"""Who plans at the same instant as somebody else: real transactions, on rows that are committed."""

import threading
import uuid
from itertools import pairwise

from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.cantoneira_mrp.tests.common import commit_profile

SAVED = "saved"


@tagged("post_install", "-at_install")
class TestPlanTwice(TransactionCase):
    """Commits a line with four orders, two planners and an operator; takes away what it can."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            self.commit(api.Environment(cr, 1, {"tracking_disable": True}))
        self.addCleanup(self.forget)

    def commit(self, env):
        # What stays may share its name with nothing: other tests look things up by name.
        own = uuid.uuid4()
        kilo = env.ref("uom.product_uom_kgm")
        glue = env["product.product"].create(
            {"name": f"Cola do plano {own}", "is_storable": True, "uom_id": kilo.id}
        )
        warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
        env["stock.quant"]._update_available_quantity(glue, warehouse.lot_stock_id, 10)
        profile = commit_profile(
            env, f"Cantoneira do plano {own}", glue, {"metres_per_hour": 10}, grams_per_metre=15
        )
        machine = env["mrp.workcenter"].create({"name": f"Linha {own}"})
        orders = env["mrp.production"].create(
            [
                {
                    "product_id": profile.id,
                    "piece_qty": 10,
                    "piece_length_mm": 1000,
                    "machine_id": machine.id,
                }
                for _order in range(4)
            ]
        )
        orders.action_confirm()
        groups = [f"cantoneira_mrp.group_production{who}" for who in ("_manager", "_manager", "")]
        users = [
            new_test_user(env, login=str(uuid.uuid4()), groups=f"base.group_user,{group}").id
            for group in groups
        ]
        self.planner_id, self.other_planner_id, self.operator_id = users
        self.machine_id, self.order_ids = machine.id, orders.ids
        self.product_ids = (profile + glue).ids
        draft = env["cantoneira.plan.draft"].with_user(self.planner_id)
        draft.plan_apply({machine.id: orders.ids}, self.seen(draft))

    def forget(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, 1, {"tracking_disable": True})
            env["mrp.production"].browse(self.order_ids).action_cancel()
            env["mrp.workcenter"].browse(self.machine_id).active = False
            users = [self.planner_id, self.other_planner_id, self.operator_id]
            env["res.users"].browse(users).active = False

    def seen(self, draft):
        lines = draft.plan_read()["lines"]
        return {line["id"]: line for line in lines if line["id"] == self.machine_id}

    def plan(self, sequence):
        """What a planner does who has the board open already."""

        def work(env):
            draft = env["cantoneira.plan.draft"]
            seen = {self.machine_id: {"running": [], "waiting": self.order_ids}}
            draft.plan_apply({self.machine_id: sequence}, seen)

        return work

    def start(self, order_id):
        def work(env):
            env["mrp.production"].browse(order_id).floor_start(str(uuid.uuid4()))

        return work

    def together(self, *people):
        """``[answers]`` of ``(user id, work)``, all of which begin on the same snapshot."""
        begin = threading.Barrier(len(people))
        answers = [None] * len(people)

        def run(place, uid, work):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, uid, {"lang": "en_US"})
                cr.execute("SELECT 1")  # the snapshot is taken here
                begin.wait()
                try:
                    # As every request does: who collides runs again.
                    retrying(lambda: work(env), env)
                    answers[place] = SAVED
                except UserError as refusal:
                    cr.rollback()
                    answers[place] = str(refusal)

        threads = [
            threading.Thread(target=run, args=(place, *person))
            for place, person in enumerate(people)
        ]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(90)
        return answers

    def assert_queue(self, sequence):
        """The line has this sequence as a whole: one order after the other, each with its hour."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, 1, {})
            orders = env["mrp.production"].browse(sequence)
            self.assertEqual(orders.sorted("plan_sequence").ids, sequence)
            for before, after in pairwise(orders):
                self.assertGreaterEqual(after.date_start, before.date_finished)
            for order in orders:
                self.assertEqual(order.move_raw_ids.mapped("date"), [order.date_start])

    def test_two_planners(self):
        first, second, third, fourth = self.order_ids
        drafts = [[fourth, third, second, first], [second, first, fourth, third]]
        answers = self.together(
            (self.planner_id, self.plan(drafts[0])),
            (self.other_planner_id, self.plan(drafts[1])),
        )
        self.assertEqual(answers.count(SAVED), 1, answers)
        winner = answers.index(SAVED)
        self.assertIn("somebody changed its sequence", answers[1 - winner])
        self.assertIn("Nothing was saved: look at the plan again.", answers[1 - winner])
        self.assert_queue(drafts[winner])

    def test_planner_and_operator(self):
        """The operator starts in any case; a planner who comes second is told who started."""
        first, second, third, fourth = self.order_ids
        draft = [fourth, third, second, first]
        plan, start = self.together(
            (self.planner_id, self.plan(draft)), (self.operator_id, self.start(first))
        )
        self.assertEqual(start, SAVED)
        with self.registry.cursor() as cr:
            order = api.Environment(cr, 1, {})["mrp.production"].browse(first)
            self.assertEqual((order.floor_state, order.state), ("running", "progress"))
            name = order.name
        if plan == SAVED:
            self.assert_queue([fourth, third, second])
        else:
            self.assertIn(f"{name}: started", plan)
            self.assert_queue([second, third, fourth])

    def test_operator_was_quicker(self):
        """An operator starts after the planner's request began and before it saves."""
        first, second, third, fourth = self.order_ids
        draft = self.plan([fourth, third, second, first])
        with self.registry.cursor() as slow, mute_logger("odoo.sql_db", "odoo.service.model"):
            slow.execute("SELECT 1")
            with self.registry.cursor() as quick:
                self.start(first)(api.Environment(quick, self.operator_id, {"lang": "en_US"}))
            env = api.Environment(slow, self.planner_id, {"lang": "en_US"})
            with self.assertRaisesRegex(UserError, r": started\)\. Nothing was saved"):
                retrying(lambda: draft(env), env)
            slow.rollback()
        self.assert_queue([second, third, fourth])
