"""Paper, glue and goods: ordered, received, counted."""


def stock_up(teller):
    """What was bought and has come."""
    buy(teller, "supplier_paper", {"paper_400_70": 205, "paper_130_160": 92}, -32, received=-27)
    buy(teller, "supplier_paper", {"paper_440_190": 160, "paper_130_420": 38}, -31, received=-26)
    buy(teller, "supplier_glue", {"glue": 160, "ink": 5}, -29, received=-26)
    buy(
        teller,
        "supplier_goods",
        {"tape": 186, "box": 100, "stretch": 24, "kraft_sheets": 1500},
        -28,
        received=-26,
    )
    buy(teller, "supplier_paper", {"paper_360_75": 850, "paper_150_165": 240}, -15, received=-9)


def on_the_way(teller):
    """What the alerts asked for: ordered, not yet here; and one still to be agreed."""
    buy(teller, "supplier_paper", {"paper_360_75": 500, "paper_130_420": 100}, -2, expected=4)
    buy(teller, "supplier_goods", {"box": 400}, 0, expected=2, confirm=False)


def buy(teller, supplier, goods, ordered, received=None, expected=None, confirm=True):
    """Order ``{product: quantity}`` as *gerente*; receive it as *estoque* when it came."""
    env = teller.env_of("gerente")
    planned = teller.moment(received if received is not None else expected)
    order = env["purchase.order"].create(
        {
            "partner_id": teller.ref(supplier).id,
            "date_order": teller.moment(ordered),
            "date_planned": planned,
            "order_line": [
                (0, 0, {"product_id": teller.ref(name).id, "product_qty": quantity})
                for name, quantity in goods.items()
            ],
        }
    )
    order.order_line.date_planned = planned
    if confirm:
        order.button_confirm()
        order.date_approve = teller.moment(ordered, 10)
    if received is not None:
        receive(teller, order.picking_ids, received)
    return order


def receive(teller, pickings, day):
    """The truck came: all of it is there."""
    teller.settle()
    for picking in pickings.with_env(teller.env_of("estoque")):
        picking.move_ids.picked = True
        picking.button_validate()
        picking.date_done = teller.moment(day, 14)


def count(teller):
    """The weekly count: what was lost, with the reason."""
    reason = "Contagem semanal"
    counted = {
        "paper_400_70": (150, f"{reason}: aparas e pontas de bobina"),
        "paper_130_160": (80, f"{reason}: aparas e pontas de bobina"),
        "ink": (1.5, f"{reason}: consumo da impressora"),
        "tape": (150, f"{reason}: rolos usados na expedição"),
        "stretch": (15, f"{reason}: paletes embalados"),
    }
    env = teller.env_of("estoque")
    for name, (quantity, why) in counted.items():
        quant = env["stock.quant"].search(
            [("product_id", "=", teller.ref(name).id), ("location_id.usage", "=", "internal")]
        )
        quant.ensure_one()
        quant.inventory_quantity = quantity
        before = env["stock.move"].search([("product_id", "=", quant.product_id.id)])
        quant.with_context(inventory_name=why).action_apply_inventory()
        moves = env["stock.move"].search([("product_id", "=", quant.product_id.id)]) - before
        moves.date = teller.moment(-1, 7, 30)
