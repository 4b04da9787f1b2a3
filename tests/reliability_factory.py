"""Run in Odoo's shell by test_reliability.py: two profiles, one of a paper that is scarce."""

import json
from datetime import timedelta

from odoo import Command, fields

kg = env.ref("uom.product_uom_kgm")  # noqa: F821 the shell's own name
metre = env.ref("uom.product_uom_meter")  # noqa: F821
warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)  # noqa: F821


def product(name, **values):
    return env["product.product"].create(  # noqa: F821
        {"name": name, "type": "consu", "is_storable": True, **values}
    )


def paper(name, quantity):
    made = product(name, material_type="kraft_paper", grammage=400, reel_width_mm=70, uom_id=kg.id)
    env["stock.quant"]._update_available_quantity(made, warehouse.lot_stock_id, quantity)  # noqa: F821
    return made


def profile(name, of):
    made = product(
        name,
        composite_length=True,
        uom_id=metre.id,
        list_price=8,
        taxes_id=False,
        categ_id=env.ref("cantoneira_mrp.category_profiles").id,  # noqa: F821
    )
    env["mrp.bom"].create(  # noqa: F821
        {
            "product_tmpl_id": made.product_tmpl_id.id,
            "product_uom_id": metre.id,
            "bom_line_ids": [Command.create({"product_id": of.id, "layer_count": 4})],
        }
    )
    return made


def key(login, group):
    user = env["res.users"].create(  # noqa: F821
        {
            "name": login,
            "login": login,
            "group_ids": [Command.set([env.ref("base.group_user").id, env.ref(group).id])],  # noqa: F821
        }
    )
    expires = fields.Datetime.now() + timedelta(days=1)
    return env["res.users.apikeys"].with_user(user)._generate("rpc", "reliability", expires)  # noqa: F821


def transfer(of, reel, kilos, incoming):
    """A receipt or a delivery of one reel, ready to be validated."""
    kind = warehouse.in_type_id if incoming else warehouse.out_type_id
    outside = "suppliers" if incoming else "customers"
    outside = env.ref(f"stock.stock_location_{outside}")  # noqa: F821
    places = (outside, warehouse.lot_stock_id) if incoming else (warehouse.lot_stock_id, outside)
    where = dict(zip(("location_id", "location_dest_id"), (p.id for p in places), strict=True))
    what = {"product_id": of.id, "product_uom": kg.id, "product_uom_qty": kilos}
    picking = env["stock.picking"].create(  # noqa: F821
        {**where, "picking_type_id": kind.id, "move_ids": [Command.create({**where, **what})]}
    )
    picking.action_confirm()
    picking.move_line_ids.unlink()
    env["stock.move.line"].create(  # noqa: F821
        {
            **picking.move_ids._prepare_move_line_vals(quantity=0),
            "quantity": kilos,
            "lot_id": reel.id,
            "picked": True,
        }
    )
    return picking.id


def reels_in_parallel():
    """A paper with two reels of 40 kg, and what ten people are about to do with it."""
    reeled = paper("Papel em bobinas", 40)
    reeled.product_tmpl_id.tracking = "lot"
    lots = env["stock.lot"]  # noqa: F821
    used = lots.search([("product_id", "=", reeled.id)])
    counted, *new = lots.create([{"product_id": reeled.id}] * 5)
    env["stock.quant"]._update_available_quantity(  # noqa: F821
        reeled, warehouse.lot_stock_id, 40, lot_id=counted
    )
    counts = env["cantoneira.count"].create([{"reason": "Contagem"}] * 2)  # noqa: F821
    counts.action_start()
    for count in counts:
        count._count_code(counted.name, 38)
    transfers = [transfer(reeled, lot, 10, True) for lot in new]
    transfers += [transfer(reeled, used, 15, False) for _number in range(4)]
    return {
        "reeled": reeled.id,
        "transfers": transfers,
        "counts": counts.ids,
        "storekeeper_key": key("estoque_paralelo", "cantoneira_stock.group_stock"),
    }


def two_lines_one_reel():
    """Two lines, each with an order started on it, and one reel that both reach for."""
    fought_for = paper("Papel de duas linhas", 40)
    fought_for.product_tmpl_id.tracking = "lot"
    reel = env["stock.lot"].search([("product_id", "=", fought_for.id)])  # noqa: F821
    made = profile("Cantoneira de duas linhas", fought_for)
    lines = env["mrp.workcenter"].create([{"name": "Linha A"}, {"name": "Linha B"}])  # noqa: F821
    orders = env["mrp.production"].create(  # noqa: F821
        [
            {
                "product_id": made.id,
                "piece_qty": 10,
                "piece_length_mm": 2500,
                "machine_id": line.id,
            }
            for line in lines
        ]
    )
    orders.action_confirm()
    for order, line in zip(orders, lines, strict=True):
        order.machine_id = line
        order.floor_start(f"start-{order.id}")
    return {
        "reel": reel.id,
        "reel_name": reel.name,
        "floor_orders": orders.ids,
        "unwinders": [line.unwinder_ids[0].id for line in lines],
    }


def order_of_two_operators(made):
    """An order of ten pieces of which seven are counted, on a line of its own."""
    line = env["mrp.workcenter"].create({"name": "Linha C"})  # noqa: F821
    measures = {"product_id": made, "piece_qty": 10, "piece_length_mm": 2500}
    order = env["mrp.production"].create({**measures, "machine_id": line.id})  # noqa: F821
    order.action_confirm()
    order.machine_id = line
    order.floor_start("start-both")
    order.floor_count("count-both", 7, 0)
    return {"order_of_two": order.id}


scarce_paper, plenty = paper("Papel disputado", 10), paper("Papel de sobra", 100_000)
seed = {
    "customer": env["res.partner"].create({"name": "Cliente paralelo"}).id,  # noqa: F821
    "scarce_paper": scarce_paper.id,
    "paper": plenty.id,
    "scarce_profile": profile("Cantoneira disputada", scarce_paper).id,
    "profile": profile("Cantoneira de sobra", plenty).id,
    "sales_key": key("vendas_paralelo", "cantoneira_sale.group_sales"),
    "operator_key": key("producao_paralelo", "cantoneira_mrp.group_production"),
    **reels_in_parallel(),
    **two_lines_one_reel(),
}
seed |= order_of_two_operators(seed["profile"])
env.cr.commit()  # noqa: F821
print("FACTORY", json.dumps(seed))
