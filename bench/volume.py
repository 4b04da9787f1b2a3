"""Inside Odoo: a million movements, and what the ledger and the reports cost over them.

A few hundred movements made by core are copied row by row in SQL over three years; what is on hand
is then what they add up to.
"""

import contextlib
import time

from meter import backend_cpu

from odoo import Command, sql_db
from odoo.tools import SQL

PAPERS, GOODS, REELS = 60, 40, 5
YEARS = 3
PAGE = 80
GROUPS = ("cantoneira_stock.group_stock", "cantoneira_purchase.group_buyer")


def measure(site, moves):
    """``{what: {"sql": queries, "ms": milliseconds waited for them, "rows": rows}}``."""
    with site.request() as env:
        uid = _user(env)
        product = _history(env)
    with site.request() as env:
        rows = _multiply(env, moves)
    with site.registry.cursor() as cr:
        cr.execute("ANALYZE stock_move, stock_move_line, stock_quant, stock_lot")
    costs = {"movements": {"sql": 0, "ms": 0, "cpu": 0, "rows": rows}}
    return costs | _pages(site, uid, product) | _reports(site, uid)


# -------------------------------------------------------------------- contents
def _user(env):
    groups = [env.ref(name).id for name in ("base.group_user", *GROUPS)]
    values = {"name": "Bancada", "login": "bancada", "group_ids": [Command.set(groups)]}
    return env["res.users"].create(values).id


def _history(env):
    """One receipt and one consumption of every reel and of all goods; gives a paper."""
    kilo = env.ref("uom.product_uom_kgm")
    supplier = env["res.partner"].create({"name": "Fornecedor da bancada"})
    papers = env["product.product"].create(
        [
            {
                "name": f"Papel da bancada {number}",
                "is_storable": True,
                "material_type": "kraft_paper",
                "grammage": 400,
                "reel_width_mm": 70,
                "tracking": "lot",
                "uom_id": kilo.id,
                "categ_id": env.ref("cantoneira_stock.category_materials").id,
            }
            for number in range(PAPERS)
        ]
    )
    goods = env["product.product"].create(
        [{"name": f"Revenda da bancada {n}", "is_storable": True} for n in range(GOODS)]
    )
    (papers | goods).standard_price = 10
    reels = env["stock.lot"].create(
        [{"product_id": paper.id} for paper in papers for _reel in range(REELS)]
    )
    order = env["purchase.order"].create(
        {
            "partner_id": supplier.id,
            "order_line": [
                Command.create({"product_id": paper.id, "product_qty": 1, "price_unit": 10})
                for paper in papers
            ],
        }
    )
    lines = {line.product_id: line.id for line in order.order_line}
    things = [(reel.product_id, reel) for reel in reels] + [(g, env["stock.lot"]) for g in goods]
    _move(env, things, "supplier", 10.5, lines)
    _move(env, things, "production", 10, {})
    return papers[0].id


def _move(env, things, outside, quantity, lines):
    """Core's own movement of each of ``things`` between the stock and a place ``outside``."""
    stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
    other = env["stock.location"].search([("usage", "=", outside)], limit=1)
    source, target = (other, stock) if outside == "supplier" else (stock, other)
    where = {"location_id": source.id, "location_dest_id": target.id}
    moves = env["stock.move"].create(
        [
            {
                **where,
                "product_id": product.id,
                "product_uom": product.uom_id.id,
                "product_uom_qty": quantity,
                "purchase_line_id": lines.get(product),
                "noted_qty": quantity if product in lines else 0,
                "picked": True,
                "move_line_ids": [
                    Command.create(
                        {
                            **where,
                            "product_id": product.id,
                            "product_uom_id": product.uom_id.id,
                            "lot_id": lot.id,
                            "quantity": quantity,
                            "picked": True,
                        }
                    )
                ],
            }
            for product, lot in things
        ]
    )
    moves._action_done()


def _multiply(env, wanted):
    """Copy them all over the last years, until there are ``wanted``; gives how many there are."""
    env.flush_all()
    cr = env.cr
    cr.execute("SELECT count(*), max(id) FROM stock_move WHERE state = 'done'")
    there, _top = cr.fetchone()
    copies = max(0, -(-(wanted - there) // there))
    cr.execute("SELECT max(id) + 1 FROM stock_move")
    moves = cr.fetchone()[0]
    cr.execute("SELECT max(id) + 1 FROM stock_move_line")
    lines = cr.fetchone()[0]
    # Receipts of one copy come before its consumption, by their ids.
    date = SQL(
        "(now() AT TIME ZONE 'UTC')::timestamp(0) - copy * %s * INTERVAL '1 second' "
        "+ (t.id %% 1000) * INTERVAL '1 second'",
        YEARS * 365 * 86400 // max(copies, 1),
    )
    _copy(cr, "stock_move", copies, {"id": SQL("t.id + copy * %s", moves), "date": date})
    _copy(
        cr,
        "stock_move_line",
        copies,
        {
            "id": SQL("t.id + copy * %s", lines),
            "move_id": SQL("t.move_id + copy * %s", moves),
            "date": date,
        },
    )
    for table in ("stock_move", "stock_move_line"):
        cr.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )
    cr.execute(
        """
        UPDATE stock_quant quant SET quantity = sums.quantity
          FROM (SELECT product_id, lot_id, place, SUM(quantity) AS quantity
                  FROM (SELECT product_id, lot_id, location_dest_id AS place,
                               quantity_product_uom AS quantity
                          FROM stock_move_line WHERE state = 'done'
                     UNION ALL
                        SELECT product_id, lot_id, location_id, -quantity_product_uom
                          FROM stock_move_line WHERE state = 'done') both_ends
              GROUP BY product_id, lot_id, place) sums
         WHERE quant.product_id = sums.product_id AND quant.location_id = sums.place
           AND quant.lot_id IS NOT DISTINCT FROM sums.lot_id
        """
    )
    cr.execute("UPDATE stock_lot SET current_weight = 1000, metres_left = 35714")
    env.invalidate_all()
    cr.execute("SELECT count(*) FROM stock_move_line WHERE state = 'done'")
    return cr.fetchone()[0]


def _copy(cr, table, copies, values):
    cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    columns = [name for (name,) in cr.fetchall()]
    cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s t, generate_series(1, %s) AS copy"
            " WHERE t.state = 'done' ORDER BY copy DESC, t.id",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(values.get(c, SQL.identifier("t", c)) for c in columns),
            SQL.identifier(table),
            copies,
        )
    )


# -------------------------------------------------------------------- measuring
@contextlib.contextmanager
def _stopwatch():
    """Count queries and the milliseconds that Odoo waits for them."""
    cost, original = {"sql": 0, "ms": 0.0}, sql_db.Cursor.execute

    def execute(cursor, query, *args, **kwargs):
        begun = time.perf_counter()
        try:
            return original(cursor, query, *args, **kwargs)
        finally:
            cost["sql"] += 1
            cost["ms"] += (time.perf_counter() - begun) * 1000

    sql_db.Cursor.execute = execute
    try:
        yield cost
    finally:
        sql_db.Cursor.execute = original


def _cheapest(site, uid, act, repeat=3):
    """The least of some requests, and PostgreSQL's own CPU of one of them on average.

    The wait is as long as the machine is busy with other things; its CPU is not.
    """
    costs, cpu = [], 0.0
    for _turn in range(repeat):
        with site.request(uid) as env:
            backend = env.cr._cnx.info.backend_pid
            env.user.has_group("base.group_user")
            before = backend_cpu(backend)
            with _stopwatch() as cost:
                cost["rows"] = act(env)
            cpu += backend_cpu(backend) - before
        costs.append(cost)
    return {**min(costs, key=lambda cost: cost["ms"]), "cpu": cpu * 1000 / repeat}


def _pages(site, uid, product):
    """The ledger of one thing, as the list asks for it."""
    names = ("date", "lot_id", "reason", "reference", "moved_qty", "user_id")
    names += ("balance_before", "balance_after", "product_uom_id")
    domain = [("product_id", "=", product)]

    def page(offset):
        def act(env):
            answer = env["cantoneira.stock.ledger"].web_search_read(
                domain, {name: {} for name in names}, offset=offset, limit=PAGE
            )
            return len(answer["records"])

        return act

    with site.request(uid) as env:
        count = env["cantoneira.stock.ledger"].search_count(domain)
    offsets = {"newest": 0, "middle": count // 2, "oldest": max(0, count - PAGE)}
    return {
        f"ledger, {name} page of {count:,}": _cheapest(site, uid, page(offset), repeat=10)
        for name, offset in offsets.items()
    }


#: ``{what: (model, groups, aggregates)}``
REPORTS = {
    "consumption, pivot": (
        "cantoneira.consumption.report",
        ["product_id", "date:month"],
        ["quantity:sum", "metres:sum", "amount:sum"],
    ),
    "consumption, graph": (
        "cantoneira.consumption.report",
        ["date:month"],
        ["quantity:sum"],
    ),
    "stock and cover, pivot": (
        "cantoneira.cover.report",
        ["categ_id", "product_id"],
        ["on_hand:sum", "metres:sum", "days_of_cover:min", "turnover:avg"],
    ),
    "ageing of reels, pivot": (
        "cantoneira.reel.age.report",
        ["product_id", "age"],
        ["weight:sum", "metres:sum", "amount:sum"],
    ),
    "weight differences, pivot": (
        "cantoneira.weight.report",
        ["partner_id"],
        ["noted:sum", "weighed:sum", "difference:sum", "percent:avg"],
    ),
    "punctuality, pivot": ("vendor.delay.report", ["partner_id"], ["on_time_rate:sum"]),
    "ledger, pivot of everything": (
        "cantoneira.stock.ledger",
        ["product_id", "reason"],
        ["moved_qty:sum"],
    ),
}


def _reports(site, uid):
    costs = {}
    for what, (model, groups, aggregates) in REPORTS.items():

        def pivot(env, model=model, groups=groups, aggregates=aggregates):
            sets = [groups[:size] for size in range(len(groups) + 1)]
            answer = env[model].formatted_read_grouping_sets([], sets, aggregates)
            return sum(len(each) for each in answer)

        costs[what] = _cheapest(site, uid, pivot, repeat=2)

    def cover(env):
        names = ("product_id", "on_hand", "metres", "consumed", "days_of_cover", "turnover")
        answer = env["cantoneira.cover.report"].web_search_read(
            [], {name: {} for name in names}, limit=PAGE
        )
        return len(answer["records"])

    costs["stock and cover, list"] = _cheapest(site, uid, cover, repeat=2)
    return costs
