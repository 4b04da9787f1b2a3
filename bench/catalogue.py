"""Products, papers and recipes, the same in plain Odoo and in ours."""

from odoo import Command

PROFILES = 5
RESALE = 4
STOCK = 5_000_000
#: name, cost per kg, (grammage, width) of papers, layers, grams per metre
RECIPE = (
    ("Bench kraft 400g - 70mm", 12, (400, 70), 4, 112),
    ("Bench paper 130g - 160mm", 10, (130, 160), 1, 20.8),
    ("Bench glue", 30, None, 0, 15),
)
#: kind: how its products are valued
CATEGORIES = {"material": "average", "manufactured": "standard", "resale": "average"}


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
        # Who sells by the metre shows units.
        env.ref("base.group_user").implied_ids = [Command.link(env.ref("uom.group_uom").id)]
        make(env, warehouse)


def make(env, warehouse):
    """Papers, profiles with their recipes, resale goods, a customer; plenty of stock."""
    metre, kg = env.ref("uom.product_uom_meter"), env.ref("uom.product_uom_kgm")
    categories = make_categories(env)
    materials = create(
        env,
        "product.product",
        (
            material(name, cost, paper, kg, categories["material"])
            for name, cost, paper, *_ in RECIPE
        ),
    )
    profiles = create(
        env,
        "product.product",
        (profile(number, metre, categories["manufactured"]) for number in range(PROFILES)),
    )
    resale = create(
        env,
        "product.product",
        (tape(number, categories["resale"]) for number in range(RESALE)),
    )
    create(env, "mrp.bom", (recipe(product, materials, metre) for product in profiles))
    create(env, "res.partner", [{"name": "Bench customer", "ref": "BENCH", "city": "Campinas"}])
    for product in materials | resale:
        env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, STOCK)


def create(env, model, values):
    """Create records, leaving out the fields that only our addons have."""
    known = env[model]._fields
    return env[model].create([{k: v for k, v in row.items() if k in known} for row in values])


def make_categories(env):
    route = env.ref("stock.route_warehouse0_mto")
    made = {
        kind: {
            "name": f"Bench {kind}",
            "product_kind": kind,
            "property_cost_method": method,
            "route_ids": [Command.link(route.id)] if kind == "manufactured" else [],
        }
        for kind, method in CATEGORIES.items()
    }
    return dict(zip(made, create(env, "product.category", made.values()), strict=True))


def material(name, cost, paper, kg, category):
    grammage, width = paper or (0, 0)
    return {
        "name": name,
        "is_storable": True,
        "uom_id": kg.id,
        "standard_price": cost,
        "categ_id": category.id,
        "material_type": "kraft_paper" if paper else "pva_glue",
        "grammage": grammage,
        "reel_width_mm": width,
    }


def profile(number, metre, category):
    return {
        "name": f"Bench profile {number}",
        "default_code": f"BENCH-P{number}",
        "is_storable": True,
        "uom_id": metre.id,
        "list_price": 8,
        "standard_price": 2.002,
        "categ_id": category.id,
        "composite_length": True,
    }


def tape(number, category):
    return {
        "name": f"Bench tape {number}",
        "default_code": f"BENCH-R{number}",
        "is_storable": True,
        "list_price": 15,
        "standard_price": 9,
        "categ_id": category.id,
    }


def recipe(product, materials, metre):
    Line = product.env["mrp.bom.line"]
    layered = "layer_count" in Line._fields
    lines = []
    for paper, (_name, _cost, _paper, layers, grams) in zip(materials, RECIPE, strict=True):
        amount = {"layer_count": layers} if layers else {"grams_per_metre": grams}
        lines.append(
            {"product_id": paper.id, "product_uom_id": paper.uom_id.id}
            | (amount if layered else {"product_qty": grams / 1000})
        )
    return {
        "product_tmpl_id": product.product_tmpl_id.id,
        "product_qty": 1,
        "product_uom_id": metre.id,
        "bom_line_ids": [Command.create(line) for line in lines],
    }
