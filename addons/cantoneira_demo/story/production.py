"""What *producao* does at the line."""

from datetime import timedelta

#: How much of what a line can make in an hour it really makes.
PACE = 0.85


def begin(teller, order, day, pieces=0):
    """Start the orders; ``pieces`` of each are made so far."""
    productions = _of(teller, order)
    for production in productions:
        production.action_start()
        production.date_start = teller.moment(day, 8)
        if pieces:
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
