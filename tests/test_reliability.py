"""A real server with workers: people at the same time, requests repeated, a server that dies.

These tests talk HTTP to a server of their own, on a copy of the database with our addons; every
promise is looked at in the database afterwards.
"""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from house import dev, server, templates
from house.paths import ROOT

from conftest import read_allowed

FACTORY = ROOT / "tests" / "reliability_factory.py"
#: What a colliding transaction leaves in the log before it is run again.
COLLISION = re.compile(r"could not serialize access|tries left, try again|bad query")
#: What a refusal leaves there: its sentence, which the user reads.
REFUSAL = re.compile(
    r"odoo\.http: (Not enough free stock:|.* cannot have come from it|.*counted when .* on hand"
    r"|The reel .* is on Linha|No reel is on |.* is finished already)"
)
WORKERS = 4


class Client:
    """Calls methods of one user over JSON-2."""

    def __init__(self, base, database, key):
        self.base, self.database, self.key = base, database, key

    def call(self, model, method, **arguments):
        """Return ``(True, result)`` or ``(False, sentence)``; raises OSError without server."""
        request = urllib.request.Request(
            f"{self.base}/json/2/{model}/{method}",
            data=json.dumps(arguments).encode(),
            headers={
                "Authorization": f"bearer {self.key}",
                "X-Odoo-Database": self.database,
                "Content-Type": "application/json",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return True, json.load(answer)
        except urllib.error.HTTPError as error:
            return False, json.load(error)["message"]

    def value(self, model, method, **arguments):
        done, result = self.call(model, method, **arguments)
        assert done, result
        return result


class Factory:
    """A server process on its own database, that can be killed and started again."""

    def __init__(self, site, name):
        self.site, self.name = site, name
        self.log = site.files / "log" / f"{name}.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.port = _free_port()
        self.config = site.config(
            name,
            http_port=self.port,
            gevent_port=_free_port(),
            workers=WORKERS,
            max_cron_threads=0,
            log_level="warn",
        )
        self.process = None

    def start(self):
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                [str(word) for word in server.command(self.config)],
                env=server.environment(),
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/web/health", timeout=5)
                return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def kill(self):
        """kill -9: no handler runs, in no process of the server."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def seed(self):
        """Fill the database by a script in Odoo's shell; gives the ids it printed."""
        words = [*server.command(self.config, "shell"), "--no-http", "--log-level=error"]
        printed = subprocess.run(
            [str(word) for word in words],
            input=FACTORY.read_text(),
            capture_output=True,
            text=True,
            env=server.environment(),
            cwd=ROOT,
        )
        found = re.search(r"^FACTORY (.*)$", printed.stdout, re.MULTILINE)
        assert found, printed.stdout + printed.stderr
        return json.loads(found.group(1))

    def sql(self, query):
        return self.site.cluster.sql(query, self.name).split()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def factory():
    with dev.site() as site:
        name = f"reliability_{os.getpid()}"
        templates.clone_ours(site, name)
        factory = Factory(site, name)
        try:
            factory.__dict__.update(factory.seed())
            base = f"http://127.0.0.1:{factory.port}"
            factory.sales = Client(base, name, factory.sales_key)
            factory.operator = Client(base, name, factory.operator_key)
            factory.start()
            yield factory
        finally:
            if factory.process:
                factory.kill()
            site.drop(name)
    allowed = [*read_allowed(), COLLISION, REFUSAL]
    lines = re.findall(
        r"^\S+ \S+ \d+ ((?:WARNING|ERROR|CRITICAL) .*)$", factory.log.read_text(), re.M
    )
    assert not [line for line in lines if not any(p.search(line) for p in allowed)]


def make_orders(factory, count, *lines):
    """Quotations of these ``(product, pieces)`` lines of 2,500 mm."""
    values = {
        "partner_id": factory.customer,
        "order_line": [
            [0, 0, {"product_id": product, "piece_qty": pieces, "piece_length_mm": 2500}]
            for product, pieces in lines
        ],
    }
    return factory.sales.value("sale.order", "create", vals_list=[values] * count)


def together(function, arguments):
    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(function, arguments))


def test_twelve_confirmations_of_the_same_paper(factory):
    """Each needs 2.8 of 10 kg: exactly three get it, the others are told what is missing."""
    orders = make_orders(factory, 12, (factory.scarce_profile, 10))

    def confirm(order):
        return factory.sales.call("sale.order", "action_confirm", ids=[order])

    answers = together(confirm, orders)
    confirmed = [done for done, _sentence in answers if done]
    refused = [sentence for done, sentence in answers if not done]
    assert (len(confirmed), len(refused)) == (3, 9), refused
    for sentence in refused:
        assert re.search(r"Papel disputado.*2[.,]8 kg.*1[.,]6 kg.*1[.,]2 kg", sentence), sentence
    states = factory.sql(f"SELECT state FROM sale_order WHERE id = ANY(ARRAY{orders})")
    assert sorted(states) == ["draft"] * 9 + ["sale"] * 3
    on_hand, reserved, rows = factory.sql(
        "SELECT sum(q.quantity) || ' ' || sum(q.reserved_quantity) || ' ' || count(*) "
        "FROM stock_quant q JOIN stock_location l ON l.id = q.location_id "
        f"WHERE q.product_id = {factory.scarce_paper} AND l.usage = 'internal'"
    )
    assert float(on_hand) == 10
    assert float(reserved) <= 10
    assert rows == "1"
    (promised,) = factory.sql(
        "SELECT round(sum(product_qty), 6) FROM stock_move WHERE state NOT IN ('done', 'cancel', "
        f"'draft') AND raw_material_production_id IS NOT NULL AND product_id = {factory.scarce_paper}"
    )
    assert float(promised) == pytest.approx(8.4)


def test_twelve_confirmations_with_paper_for_all(factory):
    """Collisions are run again, five times each; then a program asks again, and nothing doubles."""
    orders = make_orders(factory, 12, (factory.profile, 4))

    def confirm(order):
        for _attempt in range(5):
            done, answer = factory.sales.call("sale.order", "action_confirm", ids=[order])
            if done or not COLLISION.search(answer):
                break
        return done, answer

    answers = together(confirm, orders)
    assert [sentence for done, sentence in answers if not done] == []
    assert _productions(factory, orders) == 12


def test_the_same_key_six_times_at_once(factory):
    """One order; the other five answers lead to it."""

    def create(_number):
        return factory.sales.value(
            "sale.order",
            "create_once",
            key="parallel-1",
            values={
                "partner_id": factory.customer,
                "lines": [
                    {"product_id": factory.profile, "piece_qty": 10, "piece_length_mm": 2500}
                ],
            },
        )

    answers = together(create, range(6))
    assert len({answer["id"] for answer in answers}) == 1
    assert sorted(answer["duplicate"] for answer in answers) == [False] + [True] * 5


def test_one_after_the_other(factory):
    """Receipts, deliveries and counts of one paper at once: nothing is lost and nothing doubled.

    Four receipts of 10 kg, four deliveries of 15 kg from a reel of 40, two counts of another reel
    that both find 38 of 40 kg.
    """
    storekeeper = Client(factory.sales.base, factory.name, factory.storekeeper_key)

    def act(request):
        model, method, record = request
        for _attempt in range(8):
            done, answer = storekeeper.call(model, method, ids=[record])
            if done or not COLLISION.search(answer):
                break
        return done, answer

    requests = [("stock.picking", "button_validate", record) for record in factory.transfers]
    requests += [("cantoneira.count", "action_finish", record) for record in factory.counts]
    answers = together(act, requests)
    received, taken, counted = answers[:4], answers[4:8], answers[8:]
    assert all(done for done, _answer in received), received
    assert [done for done, _answer in taken].count(True) == 2, taken
    assert [done for done, _answer in counted].count(True) == 1, counted
    weights = factory.sql(
        "SELECT round(sum(q.quantity), 3) FROM stock_quant q "
        "JOIN stock_location l ON l.id = q.location_id "
        f"WHERE q.product_id = {factory.reeled} AND l.usage = 'internal' "
        "GROUP BY q.lot_id HAVING sum(q.quantity) != 0"
    )
    assert sorted(map(float, weights)) == [10, 10, 10, 10, 10, 38]


def floor(factory, number, method, *arguments, key):
    """A tap on the tablet of line ``number``, again while it collides with others'."""
    names = {"floor_mount": ("unwinder_id", "code"), "floor_weigh_back": ("unwinder_id", "weight")}
    given = dict(zip(names.get(method, ()), arguments, strict=True))
    order = factory.floor_orders[number]
    for _attempt in range(8):
        done, answer = factory.operator.call(
            "mrp.production", method, ids=[order], key=key, **given
        )
        if done or not COLLISION.search(answer):
            break
    return done, answer


def test_one_reel_on_two_machines(factory):
    """Two operators mount one reel at the same instant, each tapping twice: one of them has it.

    Then both weigh it back at once, and again: it was taken off once, and 1.5 kg are consumed once.
    """
    taps = [(number, tap) for number in (0, 1) for tap in (0, 1)]

    def mount(tap):
        number, _tap = tap
        unwinder = factory.unwinders[number]
        key = f"mount-{number}"
        return floor(factory, number, "floor_mount", unwinder, factory.reel_name, key=key)

    answers = together(mount, taps)
    done = [number for (number, _tap), (won, _answer) in zip(taps, answers, strict=True) if won]
    assert done in ([0, 0], [1, 1]), answers
    for won, sentence in answers:
        assert won or re.search(r"is on Linha [AB], Unwinder 1", sentence), sentence
    mounts = f"SELECT count(*) FROM cantoneira_reel_mount WHERE lot_id = {factory.reel}"
    assert factory.sql(f"{mounts} AND date_end IS NULL") == ["1"]
    winner = done[0]

    def back(tap):
        unwinder = factory.unwinders[winner]
        return floor(factory, winner, "floor_weigh_back", unwinder, 38.5, key=f"back-{tap}")

    answers = together(back, [0, 0, 1, 1])
    won = [tap for tap, (done, _answer) in zip([0, 0, 1, 1], answers, strict=True) if done]
    assert won in ([0, 0], [1, 1]), answers
    assert all(done or "No reel is on" in sentence for done, sentence in answers), answers
    assert factory.sql(mounts) == ["1"]
    weights = factory.sql(
        "SELECT sum(l.quantity) FROM stock_move_line l JOIN stock_move m ON m.id = l.move_id "
        f"WHERE m.raw_material_production_id = {factory.floor_orders[winner]} "
        f"AND l.lot_id = {factory.reel}"
    )
    assert float(weights[0]) == 1.5


def test_two_operators_finish_one_order(factory):
    """Both tap twice at the same instant: 7 pieces are made once and one order makes the other 3."""
    order = factory.order_of_two

    def finish(number):
        for _attempt in range(8):
            done, answer = factory.operator.call(
                "mrp.production", "floor_finish", ids=[order], key=f"finish-{number}", seen=7
            )
            if done or not COLLISION.search(answer):
                break
        return done, answer

    answers = together(finish, [0, 0, 1, 1])
    won = [number for number, (done, _) in zip([0, 0, 1, 1], answers, strict=True) if done]
    assert won in ([0, 0], [1, 1]), answers
    assert all(done or "is finished already" in sentence for done, sentence in answers), answers
    rows = factory.sql(
        "SELECT state || ':' || piece_qty FROM mrp_production WHERE production_group_id = "
        f"(SELECT production_group_id FROM mrp_production WHERE id = {order}) ORDER BY id"
    )
    assert rows == ["done:7", "confirmed:3"]
    moved = factory.sql(
        "SELECT round(sum(quantity) FILTER (WHERE production_id IS NOT NULL), 3) || ' ' || "
        "round(sum(quantity) FILTER (WHERE raw_material_production_id IS NOT NULL), 3) "
        f"FROM stock_move WHERE state = 'done' AND {order} IN (production_id, raw_material_production_id)"
    )
    assert [float(amount) for amount in moved] == [17.5, 1.96]


def test_killed_while_confirming(factory):
    """Whenever the server dies, an order is confirmed whole or not at all."""
    orders = make_orders(factory, 3, *[(factory.profile, 2)] * 20)
    interrupted = 0
    for number, order in enumerate(orders):
        interrupted += _killed_after(
            factory,
            0.1 + 0.2 * number,
            lambda order=order: factory.sales.call("sale.order", "action_confirm", ids=[order]),
        )
        (state,) = factory.sql(f"SELECT state FROM sale_order WHERE id = {order}")
        expected = 20 if state == "sale" else 0
        assert _productions(factory, [order]) == expected
        assert _deliveries(factory, order) == expected
    assert interrupted, "the server never died in time: make the orders longer"
    # What was not confirmed can be: nothing stands in the way.
    for order in orders:
        factory.sales.call("sale.order", "action_confirm", ids=[order])
        assert _productions(factory, [order]) == 20


def test_killed_while_closing_production(factory):
    """Paper is consumed and bars are made, both or none, and never twice."""
    orders = make_orders(factory, 3, (factory.profile, 10))
    for order in orders:
        factory.sales.value("sale.order", "action_confirm", ids=[order])
    interrupted = 0
    for number, order in enumerate(orders):
        (production,) = factory.sql(f"SELECT id FROM mrp_production WHERE sale_order_id = {order}")
        production = int(production)
        factory.operator.value(
            "mrp.production", "write", ids=[production], vals={"pieces_producing": 10}
        )
        before = _on_hand(factory)
        interrupted += _killed_after(
            factory,
            0.05 + 0.1 * number,
            lambda production=production: factory.operator.call(
                "mrp.production", "button_mark_done", ids=[production]
            ),
        )
        (state,) = factory.sql(f"SELECT state FROM mrp_production WHERE id = {production}")
        consumed = before - _on_hand(factory)
        assert consumed == pytest.approx(2.8 if state == "done" else 0)
        if state != "done":
            done, answer = factory.operator.call(
                "mrp.production", "button_mark_done", ids=[production]
            )
            assert done, answer
        assert before - _on_hand(factory) == pytest.approx(2.8)
    assert interrupted, "the server never died in time"


def _killed_after(factory, seconds, request):
    """Kill the server ``seconds`` into ``request`` and start it; whether it got no answer."""
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(request)
        time.sleep(seconds)
        factory.kill()
        try:
            answer.result()
            lost = False
        except (OSError, ValueError):
            lost = True
    factory.start()
    return lost


def _productions(factory, orders):
    return len(
        factory.sql(f"SELECT id FROM mrp_production WHERE sale_order_id = ANY(ARRAY{orders})")
    )


def _deliveries(factory, order):
    return len(
        factory.sql(
            "SELECT m.id FROM stock_move m JOIN sale_order_line l ON l.id = m.sale_line_id "
            f"WHERE l.order_id = {order} AND m.production_id IS NULL AND m.state != 'cancel'"
        )
    )


def _on_hand(factory):
    (quantity,) = factory.sql(
        "SELECT sum(q.quantity) FROM stock_quant q JOIN stock_location l ON l.id = q.location_id "
        f"WHERE q.product_id = {factory.paper} AND l.usage = 'internal'"
    )
    return float(quantity)
