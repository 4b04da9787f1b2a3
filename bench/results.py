"""What the reports of cantoneira_results cost with 100,000 finished orders, and closing one more.

On a copy of a database with the demo company, which it fills and commits:

    tools/dev shell COPY < bench/results.py
"""

import logging
import sys
import time
from functools import partial

sys.path.insert(0, "bench")
import history

from odoo import sql_db
from odoo.tools import mute_logger

ORDERS = 100_000
REELS = 5_000
DAYS = 730
STOPS = 2


def fill(env):
    """A delivered order of the demo, copied until it has `ORDERS` manufacturing orders."""
    order = env["sale.order"].search(
        [("production_state", "=", "delivered"), ("order_line.production_ids", "!=", False)],
        order="id desc",
    )
    order = max(order, key=lambda each: len(each.order_line.production_ids))
    per_line = len(order.order_line) / len(order.order_line.production_ids)
    history.multiply(env, order.id, int(ORDERS * per_line))
    cr = env.cr
    cr.execute("ANALYZE")
    cr.execute(
        """
        UPDATE mrp_production
           SET date_finished = date_finished - (id %% %(days)s) * INTERVAL '1 day',
               date_start = date_start - (id %% %(days)s) * INTERVAL '1 day',
               date_planned_start = date_start - (id %% %(days)s) * INTERVAL '1 day'
         WHERE state = 'done';
        UPDATE sale_order
           SET commitment_date = commitment_date - (id %% %(days)s) * INTERVAL '1 day'
         WHERE production_state = 'delivered';
        UPDATE stock_picking
           SET date_done = date_done - (sale_id %% %(days)s - sale_id %% 3) * INTERVAL '1 day'
         WHERE state = 'done' AND sale_id IS NOT NULL;
        INSERT INTO cantoneira_production_stop
               (production_id, machine_id, company_id, product_id, reason_id, user_id, date_start,
                date_end, minutes, hours)
        SELECT id, machine_id, company_id, product_id,
               (SELECT id FROM cantoneira_floor_reason WHERE kind = 'stop'
                 ORDER BY id OFFSET mrp_production.id %% 8 LIMIT 1), 2, date_start,
               date_start + INTERVAL '15 minutes', 15, 0.25
          FROM mrp_production, generate_series(1, %(stops)s)
         WHERE state = 'done';
        CREATE TEMP TABLE more_lots AS
        SELECT product_id, lot.id AS old, nextval('stock_lot_id_seq') AS id
          FROM stock_lot lot, generate_series(1, %(reels)s / 10)
         WHERE lot.id IN (SELECT line.lot_id FROM stock_move_line line
                            JOIN stock_move move ON move.id = line.move_id
                           WHERE move.raw_material_production_id IS NOT NULL);
        """,
        {"days": DAYS, "stops": STOPS, "reels": REELS},
    )
    cr.execute(
        """SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
            WHERE table_name = 'stock_lot' AND column_name NOT IN ('id', 'name')"""
    )
    columns = cr.fetchone()[0]
    prefixed = ", ".join(f"lot.{name.strip()}" for name in columns.split(","))
    cr.execute(
        f"""
        INSERT INTO stock_lot (id, name, {columns})
        SELECT more.id, 'BENCH-' || more.id, {prefixed}
          FROM more_lots more JOIN stock_lot lot ON lot.id = more.old;
        UPDATE stock_move_line line
           SET lot_id = more.ids[1 + line.id % array_length(more.ids, 1)]
          FROM (SELECT old, array_agg(id) AS ids FROM more_lots GROUP BY old) more
         WHERE line.lot_id = more.old AND line.move_id IN (
               SELECT id FROM stock_move WHERE raw_material_production_id IS NOT NULL);
        """
    )
    cr.commit()
    cr.execute("ANALYZE")
    env.invalidate_all()


def timed(env, label, ask):
    """Print seconds and SQL of the second of two runs, with nothing in Odoo's caches."""
    for _run in range(2):
        env.invalidate_all()
        before, start = sql_db.sql_counter, time.perf_counter()
        found = ask()
        seconds, queries = time.perf_counter() - start, sql_db.sql_counter - before
    print(f"{label:58} {seconds:7.2f} s {queries:5} SQL  {len(found):6} rows")


def openings(env):
    """Each report as the web client opens it: pivot, graph and the list's first page."""
    reports = {
        "cantoneira.productivity.report": ("machine_id", "product_id", "date:day", "date"),
        "cantoneira.material.report": ("material_id", "machine_id", "date:day", "date"),
        "cantoneira.punctuality.report": (
            *("partner_id", "promised_date:month", "promised_date:month"),
            "promised_date",
        ),
    }
    for name, (row, column, graph, date) in reports.items():
        report = env[name]
        sums = [
            f"{field.name}:{field.aggregator}"
            for field in report._fields.values()
            if field.aggregator in ("sum", "avg") and field.store and field.name != "id"
        ]
        month = [(date, ">=", "2026-11-01"), (date, "<", "2026-12-01")]
        for label, domain in (("month", month), ("all", [])):
            grouped = partial(report._read_group, domain)
            timed(env, f"{name} pivot, {label}", partial(grouped, [row, column], sums))
            timed(env, f"{name} graph, {label}", partial(grouped, [graph], sums[:1]))
            timed(env, f"{name} list, {label}", partial(page, report, domain))
    timed(
        env,
        "cantoneira.progress.report pivot",
        lambda: env["cantoneira.progress.report"]._read_group(
            [], ["machine_id", "state"], ["metres_left:sum", "consumed_value:sum"]
        ),
    )
    timed(
        env, "cantoneira.progress.report list", lambda: page(env["cantoneira.progress.report"], [])
    )
    stops = env["cantoneira.production.stop"]
    timed(
        env,
        "stops pivot, all",
        lambda: stops._read_group([], ["reason_id", "machine_id"], ["hours:sum"]),
    )


def page(report, domain):
    fields = {name: {} for name in report._fields if report._fields[name].store}
    found = report.web_search_read(domain, fields, limit=80)
    return found["records"]


def traces(env):
    [(lot, _uses)] = env["stock.move.line"]._read_group(
        [("lot_id.name", "like", "BENCH-"), ("move_id.raw_material_production_id", "!=", False)],
        ["lot_id"],
        ["__count"],
        order="__count DESC",
        limit=1,
    )
    order = env["sale.order"].search([("production_state", "=", "delivered")], limit=1, offset=999)
    uses = env["cantoneira.reel.use"]
    timed(env, "button on the reel", lambda: [lot.trace_count])
    timed(env, "orders of the reel", lambda: page(uses, lot._trace_domain()))
    timed(env, "button on the order", lambda: [order.trace_count])
    timed(env, "reels of the order", lambda: page(uses, order._trace_domain()))


def closing(env, label):
    """SQL and seconds of closing one manufacturing order as it comes."""
    production = env["mrp.production"].search([("state", "=", "confirmed")], limit=1)
    for _run in range(2):
        with env.cr.savepoint() as savepoint, mute_logger("odoo.addons"):
            production.qty_producing = production.product_qty
            production.set_qty_producing()
            for move in production.move_raw_ids.filtered("product_id.tracking"):
                move.picked = True
            env.flush_all()
            env.invalidate_all()
            before, start = sql_db.sql_counter, time.perf_counter()
            production.with_context(skip_consumption=True).button_mark_done()
            env.flush_all()
            seconds, queries = time.perf_counter() - start, sql_db.sql_counter - before
            state = production.state
            savepoint.rollback()
        env.invalidate_all()
    print(f"closing one, {label:45} {seconds:7.2f} s {queries:5} SQL  {state}")


def main(env):
    logging.getLogger("odoo").setLevel(logging.ERROR)
    env = env(context={"lang": "pt_BR", "tz": "America/Sao_Paulo"})
    count = env["mrp.production"].search_count([("state", "=", "done")])
    if count < ORDERS:
        closing(env, f"{count} finished")
        fill(env)
    count = env["mrp.production"].search_count([("state", "=", "done")])
    closing(env, f"{count} finished")
    openings(env)
    traces(env)


main(env)  # noqa: F821
