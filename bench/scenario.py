"""The main job, step by step: quotation, confirmation, production, delivery, invoice."""

import history
from meter import Meter

from odoo import Command
from odoo.tests.form import Form

FORM = "sale.view_order_form"


def measure(site, lines, resale=20, old=0, profile=(), steps=None, settings=None):
    """Give the cost of each step of orders with each number of `lines`.

    The first order, of five lines, is not measured: it fills the registry's caches.
    """
    apply_settings(site, settings or {})
    work(site, Meter(), 5, resale)
    if old:
        grow_old(site, old, resale)
    costs = {}
    for count in lines:
        meter = Meter(profile)
        work(site, meter, count, resale, steps)
        costs[count] = meter.costs
    return costs


def apply_settings(site, settings):
    with site.request() as env:
        for key, value in settings.items():
            env["ir.config_parameter"].sudo().set_param(key, value)


def grow_old(site, lines, resale):
    """Finished orders of 100 lines in the database, as many as it takes."""
    order_id = work(site, Meter(), 100 - resale, resale)
    with site.request() as env:
        history.multiply(env, order_id, lines)
    with site.registry.cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("ANALYZE")


def work(site, meter, count, resale, steps=None):
    with site.request() as env, meter.step("create", env.cr):
        order_id = env["sale.order"].create(quotation(env, count, resale)).id
        env.flush_all()
    for name, step in STEPS.items():
        if steps and name not in steps:
            continue
        with site.request() as env:
            step(meter, name, env["sale.order"].browse(order_id))
    return order_id


def quotation(env, count, resale):
    made = env["product.product"].search([("default_code", "=like", "BENCH-P%")], order="id")
    bought = env["product.product"].search([("default_code", "=like", "BENCH-R%")], order="id")
    composite = "piece_qty" in env["sale.order.line"]._fields
    rows = []
    for number in range(count):
        pieces, length = 10 + number % 7, 1000 + 13 * number
        row = {"product_id": made[number % len(made)].id}
        if composite:
            row |= {"piece_qty": pieces, "piece_length_mm": length}
        else:
            row["product_uom_qty"] = pieces * length / 1000
        rows.append(row)
    rows += [
        {"product_id": bought[n % len(bought)].id, "product_uom_qty": 3 + n} for n in range(resale)
    ]
    partner = env["res.partner"].search([("ref", "=", "BENCH")])
    return {"partner_id": partner.id, "order_line": [Command.create(row) for row in rows]}


def opening(meter, name, order):
    view = form_view(order)
    with meter.step(name, order.env.cr):
        order.web_read(view["fields_spec"])


def form_view(order):
    Form(order.browse(), view=FORM)  # fills the caches of views
    return Form(order.browse(), view=FORM)._view


def onchange(meter, name, order):
    """A person changes a line's quantity: the line's request and the order's."""
    with Form(order, view=FORM) as form:
        line = form.order_line.edit(0)
        with meter.step(name, order.env.cr):
            type_in(line, 17)
            leave(line)


def new_line(meter, name, order):
    """A person adds a line: product, two numbers, and the order's totals.

    In ours pieces and length; in plain Odoo the quantity twice, so that both send as many requests.
    """
    product = order.order_line[0].product_id
    with Form(order, view=FORM) as form:
        with meter.step(name, order.env.cr):
            line = form.order_line.new()
            order.env.invalidate_all()
            line.product_id = product
            type_in(line, 9, length=2500)
            leave(line)


def type_in(line, number, length=None):
    """Type a quantity, each number a request with nothing in the caches."""
    composite = "piece_qty" in line._record._fields
    numbers = [("piece_qty" if composite else "product_uom_qty", number)]
    if length:
        numbers.append(("piece_length_mm", length) if composite else (numbers[0][0], length / 1000))
    for field, value in numbers:
        line._record.env.invalidate_all()
        setattr(line, field, value)


def leave(line):
    """Close the line: the order's own onchange."""
    line._record.env.invalidate_all()
    line.__exit__(None, None, None)


def confirm(meter, name, order):
    with meter.step(name, order.env.cr):
        order.action_confirm()
        order.env.cr.flush()
    assert order.state == "sale"


def start(meter, name, order):
    productions = productions_of(order)
    with meter.step(name, order.env.cr):
        # Plain Odoo starts one at a time.
        for group in [productions] if "piece_qty" in productions._fields else productions:
            group.action_start()
        order.env.cr.flush()
    assert set(productions.mapped("state")) == {"progress"}


def close(meter, name, order):
    productions = productions_of(order)
    productions.invalidate_recordset()
    with meter.step(name, order.env.cr):
        done = productions.button_mark_done()
        order.env.cr.flush()
    assert done is True, done
    assert set(productions.mapped("state")) == {"done"}


def deliver(meter, name, order):
    with meter.step(name, order.env.cr):
        done = order.picking_ids.button_validate()
        order.env.cr.flush()
    assert done is True, done
    assert order.delivery_status == "full"


def invoice(meter, name, order):
    with meter.step(name, order.env.cr):
        bill = order._create_invoices()
        bill.action_post()
        order.env.cr.flush()
    assert bill.state == "posted"


def productions_of(order):
    return order.env["mrp.production"].search([("reference_ids.sale_ids", "=", order.id)])


STEPS = {
    "open": opening,
    "onchange": onchange,
    "new line": new_line,
    "confirm": confirm,
    "start": start,
    "close": close,
    "deliver": deliver,
    "invoice": invoice,
}
