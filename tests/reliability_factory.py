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


scarce_paper, plenty = paper("Papel disputado", 10), paper("Papel de sobra", 100_000)
seed = {
    "customer": env["res.partner"].create({"name": "Cliente paralelo"}).id,  # noqa: F821
    "scarce_paper": scarce_paper.id,
    "paper": plenty.id,
    "scarce_profile": profile("Cantoneira disputada", scarce_paper).id,
    "profile": profile("Cantoneira de sobra", plenty).id,
    "sales_key": key("vendas_paralelo", "cantoneira_sale.group_sales"),
    "operator_key": key("producao_paralelo", "cantoneira_mrp.group_production"),
}
env.cr.commit()  # noqa: F821
print("FACTORY", json.dumps(seed))
