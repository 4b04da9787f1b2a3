"""Inside Odoo: so many open orders of customers on one line, and what planning them costs."""

import contextlib
import random
import time
from datetime import timedelta

import catalogue
from lxml import etree
from meter import Meter

from odoo import Command, fields, sql_db

GROUPS = ("base.group_user", "cantoneira_mrp.group_production_manager")
PER_ORDER = 10
METRES_PER_HOUR = 1200
CARDS = 100


def measure(site, orders, profile=()):
    """``{step: {"sql": queries, "s": seconds waited}}``; each step is a request of its own.

    The step that computes also has ``"found"``: by whom, and the sentence the planner is told.
    """
    with site.request() as env:
        uid = _user(env)
        catalogue.make(env, env["stock.warehouse"].search([], limit=1))
        machine = _machine(env)
    _orders(site, orders, machine)
    with site.registry.cursor() as cr:
        cr.execute("ANALYZE")
    return Planner(site, uid, machine, Meter(profile)).work()


# -------------------------------------------------------------------- contents
def _user(env):
    groups = [env.ref(name).id for name in GROUPS]
    values = {"name": "Bancada", "login": "bancada", "group_ids": [Command.set(groups)]}
    return env["res.users"].create(values).id


def _machine(env):
    """One line for all; its calendar is Odoo's of 40 hours a week."""
    env["mrp.workcenter"].search([]).active = False
    machine = env["mrp.workcenter"].create({"name": "Linha da bancada", "change_minutes": 30})
    profiles = env["product.product"].search([("default_code", "=like", "BENCH-P%")])
    profiles.write({"machine_id": machine.id, "metres_per_hour": METRES_PER_HOUR})
    return machine.id


def _orders(site, count, machine):
    """Sales orders of ten lines each; the promises are spread so that first come is often late."""
    dice = random.Random(count)
    with site.request() as env:
        profiles = env["product.product"].search([("default_code", "=like", "BENCH-P%")])
        partner = env["res.partner"].search([("ref", "=", "BENCH")])
        sales = env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": dice.choice(profiles).id,
                                "piece_qty": dice.randint(50, 800),
                                "piece_length_mm": dice.choice((1000, 2500, 3500)),
                            }
                        )
                        for _line in range(PER_ORDER)
                    ],
                }
                for _order in range(count // PER_ORDER)
            ]
        )
        sales.action_confirm()
    with site.request() as env:
        open_orders = env["mrp.production"].search([("machine_id", "=", machine)])
        assert len(open_orders) == count, len(open_orders)
        hours = sum(open_orders.mapped("duration_expected")) / 60
        now = fields.Datetime.now()
        for order in open_orders:
            # The queue's working hours, as days of the calendar.
            days = dice.uniform(0.1, 1.3) * hours / 8 * 7 / 5
            order.date_deadline = now + timedelta(days=days)


# -------------------------------------------------------------------- the planner's day
class Planner:
    """What the web client asks, step by step, as a plain production manager."""

    def __init__(self, site, uid, machine, meter):
        self.site, self.uid, self.machine, self.meter = site, uid, machine, meter
        self.costs = {}

    @contextlib.contextmanager
    def step(self, name):
        with self.site.request(self.uid) as env:
            with self.meter.step(name, env.cr) if name in self.meter.profiled else _nothing():
                before, start = sql_db.sql_counter, time.perf_counter()
                yield env
                env.flush_all()
                self.costs[name] = {
                    "sql": sql_db.sql_counter - before,
                    "s": time.perf_counter() - start,
                }

    def work(self):
        for _warm in range(2):
            self.open_board()
        seen, waiting = self.queue()
        one = [waiting[-1], *waiting[:-1]]
        with self.step("move one to the front: what it changes") as env:
            self.draft(env).plan_preview({self.machine: one}, seen)
        with self.step("turn it all round: what it changes") as env:
            self.draft(env).plan_preview({self.machine: waiting[::-1]}, seen)
        with self.step("save what was turned round") as env:
            self.draft(env).plan_apply({self.machine: waiting[::-1]}, seen)
        seen, _waiting = self.queue()
        with self.step("group by profile: what it changes") as env:
            grouped = self.draft(env).plan_group({self.machine: waiting[::-1]}, seen)["draft"]
        with self.step("save what was grouped") as env:
            self.draft(env).plan_apply(grouped, seen)
        self.suggestion()
        return self.costs

    def draft(self, env):
        return env["cantoneira.plan.draft"]

    def queue(self):
        with self.site.request(self.uid) as env:
            lines = self.draft(env).plan_read()["lines"]
        seen = {line["id"]: line for line in lines}
        return seen, seen[self.machine]["waiting"]

    def open_board(self):
        """The queues, and the first page of cards of the line."""
        with self.step("open the board") as env:
            self.draft(env).plan_read()
            orders = env["mrp.production"]
            arch = orders.get_view(env.ref(KANBAN).id, "kanban")["arch"]
            fields_of_cards = {
                name: {"fields": {"display_name": {}}} if field["type"] == "many2one" else {}
                for name, field in orders.fields_get(_names(arch)).items()
            }
            orders.web_read_group(
                orders._floor_domain(),
                ["machine_id"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=fields_of_cards,
                unfold_read_default_limit=CARDS,
            )
        with self.step("open the whole list") as env:
            env["mrp.production"].web_search_read(
                env["mrp.production"]._floor_domain(), fields_of_cards, order="plan_sequence, id"
            )

    def suggestion(self):
        """Ask, have it computed with the seconds of the settings, accept."""
        begin = time.perf_counter()
        with self.step("ask for a sequence") as env:
            suggestion = env["cantoneira.plan.suggestion"].create({"machine_id": self.machine})
            suggestion.action_ask()
        with self.site.request(1) as env:
            before, start = sql_db.sql_counter, time.perf_counter()
            env["cantoneira.plan.suggestion"]._cron_suggest()
            self.costs["have it computed"] = {
                "sql": sql_db.sql_counter - before,
                "s": time.perf_counter() - start,
            }
        with self.step("look at it") as env:
            found = env["cantoneira.plan.suggestion"].browse(suggestion.id)
            assert found.state == "ready", found.note
            self.costs["have it computed"]["found"] = f"{found.engine}: {found._headline()}"
            found.web_read({name: {} for name in found._fields})
        with self.step("accept it") as env:
            env["cantoneira.plan.suggestion"].browse(suggestion.id).action_accept()
        steps = ("ask for a sequence", "have it computed", "look at it", "accept it")
        self.costs["from asking to accepted"] = {
            "sql": sum(self.costs[step]["sql"] for step in steps),
            "s": time.perf_counter() - begin,
        }


KANBAN = "cantoneira_floor.mrp_production_view_kanban_plan"


def _names(arch):
    return [node.get("name") for node in etree.fromstring(arch).iter("field")]


@contextlib.contextmanager
def _nothing():
    yield
