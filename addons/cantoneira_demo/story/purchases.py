"""Paper, glue and goods: ordered, received, counted."""

#: About what a reel of this factory weighs.
REEL_KG = 100


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
    """The truck came: all of it is there; paper is weighed reel by reel."""
    teller.settle()
    for picking in pickings.with_env(teller.env_of("estoque")):
        if picking.has_reels:
            weigh(teller, picking, day)
        else:
            picking.move_ids.picked = True
            picking.button_validate()
        picking.date_done = teller.moment(day, 14)


def weigh(teller, picking, day):
    """Each paper in reels of about 100 kg, each with the number its maker gave it."""
    moves = picking.move_ids
    env = picking.env
    env["cantoneira.reel.receipt"].create(
        {
            "picking_id": picking.id,
            "line_ids": [
                (0, 0, {"product_id": move.product_id.id, "weight": kilos, "supplier_batch": batch})
                for move in moves
                for kilos, batch in reels_of(
                    move.product_uom_qty, f"SP{picking.id:03d}{move.id:03d}"
                )
            ],
        }
    ).action_receive()
    reels = moves.move_line_ids.lot_id
    reels.received_date = teller.moment(day, 14)
    # sudo: first in, first out goes by this date, which core sets to the moment of the story.
    reels.sudo().quant_ids.in_date = teller.moment(day, 14)


def reels_of(kilos, batch):
    """``kilos`` in reels that are not all the same: ``[(kg, batch)]``."""
    count = max(1, round(kilos / REEL_KG))
    uneven = [round(kilos / count) + (5 if number % 2 else -5) for number in range(count - 1)]
    weights = [*uneven, kilos - sum(uneven)]
    return [(weight, f"{batch}-{number}") for number, weight in enumerate(weights, 1)]


def shelve(teller):
    """Where the reels stand, one of them set aside."""
    env = teller.env_of("estoque")
    for number, reel in enumerate(env["stock.lot"].search([("reel_state", "=", "full")])):
        action = reel.action_move()
        env[action["res_model"]].with_context(**action["context"]).create(
            {"location_dest_id": teller.ref("place_b" if number % 2 else "place_a").id}
        ).action_move()
    paper = teller.ref("paper_440_190")
    reel = env["stock.lot"].search(
        [("product_id", "=", paper.id), ("reel_state", "=", "full")], limit=1
    )
    reel.measured_width_mm = 186
    reel._block("Borda amassada no transporte, fornecedor avisado")


def count(teller):
    """The weekly count: what was lost, with the reason; *gerente* approves it."""
    reason = "Contagem semanal"
    found = {
        "paper_400_70": (150, f"{reason}: aparas e pontas de bobina"),
        "paper_130_160": (80, f"{reason}: aparas e pontas de bobina"),
        "ink": (1.5, f"{reason}: consumo da impressora"),
        "tape": (150, f"{reason}: rolos usados na expedição"),
        "stretch": (15, f"{reason}: paletes embalados"),
    }
    moves = teller.env_of("estoque")["stock.move"]
    before = moves.search([("is_inventory", "=", True)])
    sheet = teller.env_of("estoque")["cantoneira.count"].create({"date": teller.date(-1)})
    sheet.action_start()
    for name, (quantity, why) in found.items():
        product = teller.ref(name)
        lines = sheet.line_ids.filtered(lambda line, product=product: line.product_id == product)
        left = quantity - sum(lines.mapped("expected_qty"))
        for line in lines:
            # What lacks of a paper lacks on the reels that were opened first.
            part = max(left, -line.expected_qty)
            line.write({"counted_qty": line.expected_qty + part, "is_counted": True})
            line.reason = why if part else False
            left -= part
    sheet.action_finish()
    if sheet.state == "approval":
        sheet.with_env(teller.env_of("gerente")).action_approve()
    after = moves.search([("is_inventory", "=", True)])
    (after - before).date = teller.moment(-1, 7, 30)
