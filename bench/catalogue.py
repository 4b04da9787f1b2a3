"""Products, papers and recipes, the same in plain Odoo and in ours."""

from odoo import Command

PROFILES = 5
RESALE = 4
RECIPE = (("Bobina Kraft 400g - 70mm", 12, 4, 112), ("Bobina 130g - 160mm", 10, 1, 20.8), ("Cola PVA", 30, 0, 15))


def prepare(site, digits, reservation):
    """Fill a new database.

    :param digits: of the precision *Product Unit*
    :param reservation: when an MO reserves: `at_confirm` (as Odoo is installed) or `manual`
    """
    with site.request() as env:
        precision = env.ref("uom.decimal_product_uom")
        if precision.digits < digits:
            precision.digits = digits
    with site.request() as env:
        warehouse = env["stock.warehouse"].search([], limit=1)
        warehouse.manu_type_id.reservation_method = reservation
        env.ref("stock.route_warehouse0_mto").active = True
        make(env, warehouse)


def make(env, warehouse):
    metre, kg = env.ref("uom.product_uom_meter"), env.ref("uom.product_uom_kgm")
    categories = env["product.category"].create(
        [
            {"name": "Bench papers", "property_cost_method": "average"},
            {"name": "Bench profiles", "property_cost_method": "standard",
             "route_ids": [Command.link(env.ref("stock.route_warehouse0_mto").id)]},
            {"name": "Bench resale", "property_cost_method": "average"},
        ]
    )
    papers, profiles, resale = categories
    Product = env["product.product"]
    materials = Product.create(
        [
            material(Product, name=name, uom_id=kg.id, standard_price=cost, categ_id=papers.id)
            for name, cost, *_ in RECIPE
        ]
    )
    made = Product.create(
        [
            profile(Product, name=f"Bench profile {number}", uom_id=metre.id, list_price=8,
                    standard_price=2, categ_id=profiles.id, default_code=f"BENCH-P{number}")
            for number in range(PROFILES)
        ]
    )
    bought = Product.create(
        [
            {"name": f"Bench tape {number}", "is_storable": True, "list_price": 15, "standard_price": 9,
             "categ_id": resale.id, "default_code": f"BENCH-R{number}"}
            for number in range(RESALE)
        ]
    )
    env["mrp.bom"].create(
        [
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_qty": 1,
                "product_uom_id": metre.id,
                "bom_line_ids": [
                    Command.create(recipe_line(env, paper, layers, grams))
                    for paper, (_n, _c, layers, grams) in zip(materials, RECIPE, strict=True)
                ],
            }
            for product in made
        ]
    )
    env["res.partner"].create({"name": "Bench customer", "ref": "BENCH", "city": "Campinas"})
    for product in materials | bought:
        env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 5_000_000)


def material(Product, **values):
    values["is_storable"] = True
    if "material_type" in Product._fields:
        kind = "glue" if "Cola" in values["name"] else "kraft_paper"
        values["material_type"] = kind
    return values


def profile(Product, **values):
    values["is_storable"] = True
    if "composite_length" in Product._fields:
        values["composite_length"] = True
    return values


def recipe_line(env, paper, layers, grams):
    return {"product_id": paper.id, "product_qty": grams / 1000, "product_uom_id": paper.uom_id.id}
