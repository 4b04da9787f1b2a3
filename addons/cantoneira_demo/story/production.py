"""What *producao* does at the line."""

from datetime import timedelta

#: How much of what a line can make in an hour it really makes.
PACE = 0.85


def begin(teller, order, day, pieces=0):
    """Start the orders; ``pieces`` of each are made so far, from the reels on the line."""
    productions = _of(teller, order)
    for production in productions:
        production.action_start()
        production.date_start = teller.moment(day, 8)
        if pieces:
            _mount(production)
            _lose_and_stop(teller, production, day)
            production.pieces_producing = pieces
    return productions


def make(teller, order, day, weighed, extra=0):
    """Make all of it; ``weighed`` is ``{material: kg really consumed}`` on the first order.

    ``extra`` pieces more than ordered come from the first one, for who counts late: surplus.
    """
    productions = begin(teller, order, day)
    for production in productions:
        production.pieces_producing = production.piece_qty
    productions[:1].pieces_producing += extra
    for name, kilos in weighed.items():
        moves = productions[:1].move_raw_ids
        moves.filtered(lambda move, name=name: move.product_id == teller.ref(name)).quantity = kilos
    for production in productions:
        production.button_mark_done()
        _date_back(teller, production, day)
    return productions


def _mount(production):
    """A reel for each layer, those that came first."""
    unwinders = iter(production.machine_id.unwinder_ids)
    for move in production.move_raw_ids.filtered(lambda move: move.product_id._is_reel_paper()):
        reels = production._floor_proposal(move.product_id, move)
        for reel in reels[: int(move.bom_line_id.layer_count)]:
            production.floor_mount(f"demo {reel.name}", next(unwinders).id, reel.name)
    # sudo: an operator mounts reels now, and does not date them.
    production.reel_run_ids.mount_id.sudo().date_start = production.date_start


def _lose_and_stop(teller, production, day):
    """The first metres are no good, and once the machine stood still."""
    paper = teller.ref("paper_360_75")
    production.floor_loss("demo start-up", paper.id, 3.2, "startup")
    reason = production.env.ref("cantoneira_floor.reason_breakdown")
    production.floor_pause("demo pause", reason.id)
    production.floor_resume("demo resume")
    # sudo: pauses and losses happen now; nobody dates them.
    production.sudo().loss_ids.date = teller.moment(day, 8, 15)
    production.sudo().stop_ids.write(
        {"date_start": teller.moment(day, 9, 10), "date_end": teller.moment(day, 9, 35)}
    )


def _of(teller, order):
    # sudo: a salesperson's order, whose production the operator knows from their own list.
    productions = order.sudo().order_line.production_ids.sorted("id")
    return productions.with_env(teller.env_of("producao"))


def _date_back(teller, production, day):
    """It ended that day, not today, after the hours that its metres take."""
    speed = production.machine_id._metres_per_hour(production.product_id)
    hours = production.qty_producing / (speed * PACE)
    end = teller.moment(day, 8) + timedelta(hours=hours)
    production.date_finished = end
    (production.move_raw_ids | production.move_finished_ids).date = end
    # sudo: an operator moves nothing to surplus by hand, and so dates nothing there.
    surplus = production.sudo().surplus_move_ids
    surplus.date = surplus.move_line_ids.date = end
    places = surplus.location_dest_id.quant_ids
    places.filtered(lambda quant: quant.product_id == production.product_id).in_date = end
