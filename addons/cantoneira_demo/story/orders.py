"""Orders in every state, from the first quotation to the payment, day by day."""

from datetime import timedelta

from .billing import invoice, pay
from .dispatch import measure, pack
from .production import begin, make
from .shipping import deliver


def past(teller):
    """Sold, made, delivered; some of it invoiced and paid."""
    # The order of the specification: 200.00 + 150.00 + freight 50.00.
    first = sell(
        teller,
        "customer_ceramica",
        [("profile_50", 10, 2500), ("tape", 10)],
        on=-18,
        promised=-15,
        freight=True,
    )
    make(teller, first, -16, {"paper_400_70": 2.9})
    deliver(teller, first, -15)
    paid = invoice(teller, first, -15)

    second = sell(
        teller,
        "customer_metalurgica",
        [("profile_50", 120, 2000), ("profile_50", 40, 1237)],
        on=-14,
        promised=-10,
    )
    make(teller, second, -12, {"paper_400_70": 27.4, "glue": 3.8})
    third = sell(
        teller,
        "customer_vidros",
        [("profile_50", 80, 1800), ("profile_100", 30, 1500), ("stretch", 2)],
        on=-11,
        promised=-7,
        freight=True,
    )
    deliver(teller, second, -10)
    invoice(teller, second, -10)
    make(teller, third, -9, {})
    sell(teller, "customer_metalurgica", [("profile_50", 30, 3000)], on=-9).action_cancel()
    deliver(teller, third, -7)
    invoice(teller, third, -7)

    # Delivered and waiting for financeiro.
    fourth = sell(teller, "customer_frutas", [("profile_40", 150, 2200)], on=-7, promised=-3)
    # Three pieces more than ordered; the customer takes none, so they lie in surplus.
    make(teller, fourth, -5, {"paper_360_75": 36.9}, extra=3)
    fifth = sell(
        teller,
        "customer_embalagens",
        [("tape", 24), ("box", 40), ("stretch", 6), ("kraft_sheets", 300)],
        on=-5,
        promised=-4,
    )
    deliver(teller, fifth, -4)
    deliver(teller, fourth, -3)
    pay(teller, paid, -2)


def present(teller):
    """What the factory is busy with."""
    made = sell(
        teller,
        "customer_ceramica",
        [("profile_100", 40, 3000), ("tape", 20)],
        on=-4,
        promised=1,
        freight=True,
    )
    # The big one: 7,000 m, about 1.03 t of material.
    big = sell(teller, "customer_frutas", [("profile_40", 2000, 3500)], on=-3, promised=4)
    # Made, waits for the truck.
    make(teller, made, -1, {"paper_440_190": 40.6})
    measure(teller, made)
    pack(teller, made)
    # On the shelf, reserved.
    sell(teller, "customer_marcenaria", [("tape", 5), ("kraft_sheets", 100)], on=-1, promised=1)
    # Waiting for the line.
    sell(
        teller,
        "customer_metalurgica",
        [("profile_50", 60, 2500), ("profile_50", 25, 1237), ("tape", 12)],
        on=-1,
        promised=3,
        freight=True,
    )
    begin(teller, big, 0, pieces=450)
    sell(teller, "customer_ceramica", [("profile_100", 20, 1500)], on=0, promised=5)


def quotations(teller):
    """Not yet sold: none is refused for what is missing."""
    sent = quote(
        teller,
        "customer_marcenaria",
        [("profile_50", 15, 1800, {"price_basis": "piece", "basis_price": 14.9}), ("tape", 2)],
        on=-2,
    )
    sent.action_quotation_sent()
    # 2,200 mm of 40×40: three pieces of it lie in surplus and are offered.
    quote(teller, "customer_ceramica", [("profile_40", 12, 2200)], on=-1, promised=5)
    # Over the customer's credit limit: confirming it takes finance and a reason.
    quote(teller, "customer_vidros", [("profile_50", 100, 2200)], on=-1, freight=True)
    # More paper than is free, and boxes that are on their way.
    quote(teller, "customer_embalagens", [("profile_40", 500, 4000), ("box", 200)], on=0)
    quote(
        teller,
        "customer_metalurgica",
        [("profile_100", 50, 2000, {"price_basis": "kg", "basis_price": 54, "discount": 5})],
        on=0,
    )


# ---------------------------------------------------------------------- steps
def quote(teller, customer, lines, on, promised=None, freight=False):
    """A quotation by *vendas*: ``(profile, pieces, mm)`` and ``(goods, quantity)`` lines."""
    env = teller.env_of("vendas")
    validity = timedelta(days=env.company.quotation_validity_days)
    order = env["sale.order"].create(
        {
            "partner_id": teller.ref(customer).id,
            "date_order": teller.moment(on),
            "validity_date": teller.date(on) + validity,
            "commitment_date": promised is not None and teller.moment(promised, 17),
            "order_line": [(0, 0, _line(teller, *line)) for line in lines],
        }
    )
    if freight:
        carrier = teller.ref("freight", env)
        order.set_delivery_line(carrier, carrier.fixed_price)
    return order


def sell(teller, customer, lines, on, **options):
    """A quotation that was confirmed the same day."""
    order = quote(teller, customer, lines, on, **options)
    order.action_confirm()
    order.date_order = teller.moment(on, 11)
    return order


def _line(teller, name, quantity, length_mm=None, more=None):
    product = teller.ref(name)
    if length_mm is None:
        return {"product_id": product.id, "product_uom_qty": quantity}
    return {
        "product_id": product.id,
        "piece_qty": quantity,
        "piece_length_mm": length_mm,
        **(more or {}),
    }
