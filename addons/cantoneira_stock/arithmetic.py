"""The arithmetic of edge protectors, exact and free of the ORM.

Every quantity of material and money that Cantoneira shows or stores is computed
here, in :class:`decimal.Decimal`, and nowhere else. Models feed these functions
and round once, at the end, to the digits of the column they write.

Units are in the names: ``_mm`` millimetres, ``_m`` metres, ``_g`` grams, ``_kg``
kilograms, ``_gm`` grams per metre. Money is in the currency of its arguments.

Any number is accepted as an argument: ``int``, ``str``, ``Decimal``, or a
``float``, which is read as the shortest decimal that denotes it (``0.1`` is
one tenth, see :func:`exact`), because that is what the user typed.

The reference case is the one of the specification, *Cantoneira 50x50x3mm*:

>>> core = linear_weight(grammage=400, width_mm=70)
>>> liner = linear_weight(grammage=130, width_mm=160)
>>> str(core), str(liner)
('28', '20.8')
>>> recipe = [layers_weight(4, core), layers_weight(1, liner), exact(15)]
>>> [str(grams) for grams in recipe], str(sum(recipe))
(['112', '20.8', '15'], '147.8')
>>> length = metres(10, 2500)
>>> str(length)
'25'
>>> [str(material_kg(length, grams)) for grams in recipe]
['2.8', '0.52', '0.375']
>>> str(material_kg(length, sum(recipe)))
'3.695'
>>> costs = [line_cost(g, c) for g, c in zip(recipe, (12, 10, 30))]
>>> [str(cost) for cost in costs]
['1.344', '0.208', '0.45']
>>> str(money(costs[0])), str(sum(costs)), str(money(sum(costs)))
('1.34', '2.002', '2.00')
>>> str(markup_percent(8, 2)), str(margin_percent(8, 2))
('300', '75')
>>> str(round_half_up(markup_percent(8, "2.002"), 1))
'299.6'
>>> products = money(length * 8) + money(10 * 15)
>>> str(products), str(products + 50)
('350.00', '400.00')

A real order of the trade, 2,000 pieces of 3,500 mm:

>>> str(metres(2000, 3500)), str(material_kg(metres(2000, 3500), "147.8"))
('7000', '1034.6')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

Number = Decimal | int | float | str

#: Longest piece a line can cut, in millimetres (20 m).
MAX_LENGTH_MM = Decimal(20_000)
#: Lengths are whole or half millimetres.
LENGTH_STEP_MM = Decimal("0.5")
#: More pieces than this on one line is a slip of the finger.
MAX_PIECES = 1_000_000
#: Digits after the point of a quantity: exact for half a millimetre, and to the milligram in kg.
QUANTITY_DIGITS = 6

_THOUSAND = Decimal(1000)
_HUNDRED = Decimal(100)


class MeasureProblem(StrEnum):
    """Why a number of pieces or a length cannot be accepted."""

    NOT_A_NUMBER = "not_a_number"
    NOT_POSITIVE = "not_positive"
    FRACTION = "fraction"
    TOO_LARGE = "too_large"


class PriceBasis(StrEnum):
    """What a quoted price is for."""

    METRE = "metre"
    PIECE = "piece"
    KG = "kg"


def exact(value: Number) -> Decimal:
    """Return ``value`` as the decimal that a person would read in it.

    >>> exact(0.1), exact("2.50"), exact(7)
    (Decimal('0.1'), Decimal('2.50'), Decimal('7'))

    :raises ValueError: for text that is no number, infinities and NaN.
    """
    try:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        raise ValueError(f"{value!r} is not a number") from None
    if not number.is_finite():
        raise ValueError(f"{value!r} is not a number")
    return number


def round_half_up(value: Number, digits: int) -> Decimal:
    """Round to ``digits`` after the point, halves away from zero.

    >>> round_half_up("2.0005", 3), round_half_up("-0.125", 2)
    (Decimal('2.001'), Decimal('-0.13'))
    """
    return exact(value).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def money(value: Number) -> Decimal:
    """Round an amount to cents.

    >>> money("1.344"), money("0.005")
    (Decimal('1.34'), Decimal('0.01'))
    """
    return round_half_up(value, 2)


# ------------------------------------------------------------------ measures
def pieces_problem(pieces: Number) -> MeasureProblem | None:
    """Return why ``pieces`` is no number of pieces, or None when it is one.

    >>> pieces_problem(10), pieces_problem(0).value, pieces_problem(2.5).value
    (None, 'not_positive', 'fraction')
    """
    return _measure_problem(pieces, step=Decimal(1), largest=Decimal(MAX_PIECES))


def length_problem(length_mm: Number) -> MeasureProblem | None:
    """Return why ``length_mm`` cannot be cut, or None when it can.

    >>> length_problem(2500), length_problem("1237.5"), length_problem(20_000)
    (None, None, None)
    >>> length_problem(-1).value, length_problem(0.3).value, length_problem(20_001).value
    ('not_positive', 'fraction', 'too_large')
    """
    return _measure_problem(length_mm, step=LENGTH_STEP_MM, largest=MAX_LENGTH_MM)


def _measure_problem(value: Number, step: Decimal, largest: Decimal) -> MeasureProblem | None:
    try:
        number = exact(value)
    except (ValueError, TypeError):
        return MeasureProblem.NOT_A_NUMBER
    if number <= 0:
        return MeasureProblem.NOT_POSITIVE
    if number > largest:
        return MeasureProblem.TOO_LARGE
    if number % step:
        return MeasureProblem.FRACTION
    return None


def metres(pieces: Number, length_mm: Number) -> Decimal:
    """Return the metres in ``pieces`` pieces of ``length_mm`` each.

    >>> metres(1, 1237), metres(3, "1237.5")
    (Decimal('1.237'), Decimal('3.7125'))
    """
    return exact(pieces) * exact(length_mm) / _THOUSAND


def pieces_in(length_m: Number, length_mm: Number) -> Decimal:
    """Return how many pieces of ``length_mm`` are in ``length_m`` metres.

    The inverse of :func:`metres`; 0 when there is no length. The result is whole
    when the metres are, to half a millimetre, a multiple of the length, so that
    metres which went through a column with four digits come back whole.

    >>> pieces_in(25, 2500), pieces_in("3.7125", "1237.5"), pieces_in(5, 0)
    (Decimal('10'), Decimal('3'), Decimal('0'))
    >>> pieces_in("7.5", 5000)
    Decimal('1.5')
    """
    length = exact(length_mm)
    if not length:
        return Decimal(0)
    pieces = exact(length_m) * _THOUSAND / length
    whole = round_half_up(pieces, 0)
    return whole if abs(whole - pieces) * length < LENGTH_STEP_MM else pieces


def pieces_accepted(pieces: Number, less_percent: Number, more_percent: Number) -> tuple[int, int]:
    """Return the fewest and the most pieces that count as the ``pieces`` ordered.

    Whole pieces inside the tolerance: the fewest is rounded up, the most down.

    >>> pieces_accepted(100, 5, 5), pieces_accepted(30, 5, 5), pieces_accepted(100, 0, 0)
    ((95, 105), (29, 31), (100, 100))
    """
    ordered = exact(pieces)
    fewest = ordered * (_HUNDRED - exact(less_percent)) / _HUNDRED
    most = ordered * (_HUNDRED + exact(more_percent)) / _HUNDRED
    return (
        int(fewest.to_integral_value(ROUND_CEILING)),
        int(most.to_integral_value(ROUND_FLOOR)),
    )


def run_hours(length_m: Number, metres_per_hour: Number) -> Decimal:
    """Return the hours that ``length_m`` take at a speed; 0 when the speed is not known.

    >>> run_hours(7000, 1000), run_hours(25, 0)
    (Decimal('7'), Decimal('0'))
    """
    speed = exact(metres_per_hour)
    return max(exact(length_m), Decimal(0)) / speed if speed > 0 else Decimal(0)


def is_within(measured: Number, nominal: Number, tolerance: Number) -> bool:
    """Return whether a measure is no further from its nominal than the tolerance.

    >>> is_within("3.3", 3, 0.3), is_within("3.31", 3, 0.3), is_within(2470, 2500, 30)
    (True, False, True)
    """
    return abs(exact(measured) - exact(nominal)) <= exact(tolerance)


# ------------------------------------------------------------------ material
def linear_weight(grammage: Number, width_mm: Number) -> Decimal:
    """Return the grams in one metre of a paper of ``grammage`` g/m².

    >>> linear_weight(400, 70), linear_weight(130, 160)
    (Decimal('28'), Decimal('20.8'))
    """
    return exact(grammage) * exact(width_mm) / _THOUSAND


def layers_weight(layers: Number, paper_gm: Number) -> Decimal:
    """Return the g/m of ``layers`` layers of a paper of ``paper_gm`` g/m.

    >>> layers_weight(4, 28)
    Decimal('112')
    """
    return exact(layers) * exact(paper_gm)


def material_kg(length_m: Number, grams_per_metre: Number) -> Decimal:
    """Return the kilograms of material in ``length_m`` metres.

    >>> material_kg("1.237", "20.8")
    Decimal('0.0257296')
    """
    return exact(length_m) * exact(grams_per_metre) / _THOUSAND


def pallets_needed(load_kg: Number, largest_load_kg: Number) -> int:
    """Return how many pallets carry ``load_kg`` with at most ``largest_load_kg`` on each.

    An estimate by weight alone; 1 where no largest load is given, 0 where nothing weighs.

    >>> pallets_needed("1034.6", 1000), pallets_needed(1000, 1000), pallets_needed(0, 1000)
    (2, 1, 0)
    >>> pallets_needed(5000, 0)
    1
    """
    load, largest = exact(load_kg), exact(largest_load_kg)
    if load <= 0:
        return 0
    return int((load / largest).to_integral_value(ROUND_CEILING)) if largest > 0 else 1


def gross_kg(load_kg: Number, pallets: Number, tare_kg: Number) -> Decimal:
    """Return what a load weighs with its pallets of ``tare_kg`` each.

    >>> gross_kg("1034.6", 2, 10)
    Decimal('1054.6')
    """
    return exact(load_kg) + exact(pallets) * exact(tare_kg)


def shares_kg(lengths_m: Iterable[Number], grams_per_metre: Number) -> list[Decimal]:
    """Return what each of these parts of one line weighs, in whole grams that add up.

    Every part is rounded together with those before it, so that the sum is always the weight
    of the whole, rounded once: what four labels say is what the order says.

    >>> [str(kg) for kg in shares_kg([5, 5, 5, 5], "147.85")]
    ['0.739', '0.740', '0.739', '0.739']
    >>> str(round_half_up(material_kg(20, "147.85"), 3))
    '2.957'
    """
    shares, before, metres_before = [], Decimal(0), Decimal(0)
    for length in lengths_m:
        metres_before += exact(length)
        total = round_half_up(material_kg(metres_before, grams_per_metre), 3)
        shares.append(total - before)
        before = total
    return shares


# --------------------------------------------------------------------- money
def line_cost(grams_per_metre: Number, cost_per_kg: Number) -> Decimal:
    """Return what one metre costs in one material, not rounded.

    >>> line_cost(112, 12)
    Decimal('1.344')
    """
    return exact(grams_per_metre) * exact(cost_per_kg) / _THOUSAND


def markup_percent(price: Number, cost: Number) -> Decimal | None:
    """Return the mark-up on cost in percent, None when there is no cost.

    >>> markup_percent(8, 2), markup_percent(8, 0)
    (Decimal('300'), None)
    """
    base = exact(cost)
    return (exact(price) - base) * _HUNDRED / base if base else None


def margin_percent(price: Number, cost: Number) -> Decimal | None:
    """Return the margin on price in percent, None when there is no price.

    >>> margin_percent(8, 2), margin_percent(0, 2)
    (Decimal('75'), None)
    """
    base = exact(price)
    return (base - exact(cost)) * _HUNDRED / base if base else None


def billed_quantity(
    basis: PriceBasis | str, pieces: Number, length_mm: Number, grams_per_metre: Number
) -> Decimal:
    """Return how many units of ``basis`` a composite line holds.

    >>> billed_quantity("piece", 10, 2500, "147.8"), billed_quantity("metre", 10, 2500, "147.8")
    (Decimal('10'), Decimal('25'))
    >>> billed_quantity("kg", 10, 2500, "147.8")
    Decimal('3.695')
    """
    match PriceBasis(basis):
        case PriceBasis.PIECE:
            return exact(pieces)
        case PriceBasis.KG:
            return material_kg(metres(pieces, length_mm), grams_per_metre)
        case _:
            return metres(pieces, length_mm)


def price_per_metre(
    basis: PriceBasis | str,
    price: Number,
    pieces: Number,
    length_mm: Number,
    grams_per_metre: Number,
) -> Decimal:
    """Return the price of one metre of a line whose ``price`` is for one ``basis``.

    It is not rounded: multiplied by the metres and rounded to cents it gives the
    price times the billed quantity, to the cent. 0 for a line without metres.

    >>> price_per_metre("metre", 8, 10, 2500, "147.8")
    Decimal('8')
    >>> money(metres(7, "1237.5") * price_per_metre("piece", "9.99", 7, "1237.5", 0))
    Decimal('69.93')
    """
    length_m = metres(pieces, length_mm)
    if not length_m:
        return Decimal(0)
    return exact(price) * billed_quantity(basis, pieces, length_mm, grams_per_metre) / length_m


def price_for_basis(
    basis: PriceBasis | str,
    metre_price: Number,
    length_mm: Number,
    grams_per_metre: Number,
) -> Decimal | None:
    """Return the price of one ``basis`` at ``metre_price`` a metre: the way back.

    None for a price per kg of what weighs nothing.

    >>> price_for_basis("piece", 8, 2500, 0), price_for_basis("kg", "14.78", 2500, 147.8)
    (Decimal('20'), Decimal('100.0'))
    """
    match PriceBasis(basis):
        case PriceBasis.PIECE:
            return exact(metre_price) * exact(length_mm) / _THOUSAND
        case PriceBasis.KG:
            weight = exact(grams_per_metre)
            return exact(metre_price) * _THOUSAND / weight if weight else None
        case _:
            return exact(metre_price)


# ------------------------------------------------- amounts of an order's lines
def line_amount(
    price: Number, quantity: Number, discount_percent: Number = 0, digits: int = 2
) -> Decimal:
    """Return what ``quantity`` at ``price`` makes, less its own discount, in cents.

    >>> line_amount(8, 25), line_amount("9.99", "3.711", 10)
    (Decimal('200.00'), Decimal('33.37'))
    """
    kept = (_HUNDRED - exact(discount_percent)) / _HUNDRED
    return round_half_up(exact(price) * exact(quantity) * kept, digits)


def price_of_amount(amount: Number, quantity: Number, discount_percent: Number = 0) -> Decimal:
    """Return the price that makes :func:`line_amount` give ``amount``, not rounded.

    0 where no price can: nothing sold, or all of it given away.

    >>> price_of_amount("216.67", 25), price_of_amount(90, 10, 10), price_of_amount(5, 0)
    (Decimal('8.6668'), Decimal('10'), Decimal('0'))
    """
    sold = exact(quantity) * (_HUNDRED - exact(discount_percent))
    return exact(amount) * _HUNDRED / sold if sold else Decimal(0)


def spread(total: Number, weights: Sequence[Number], digits: int = 2) -> list[Decimal]:
    """Divide ``total`` over ``weights`` in proportion, without losing a cent.

    Largest remainder: everybody gets their part rounded down, and the cents left go one by one
    to the largest fractions, the first of equals first. Equal parts where nothing weighs.

    >>> [str(share) for share in spread(50, [200, 150])]
    ['28.57', '21.43']
    >>> [str(share) for share in spread("0.05", [1, 1, 1])]
    ['0.02', '0.02', '0.01']
    >>> [str(share) for share in spread(-10, [1, 0, 2])]
    ['-3.33', '0.00', '-6.67']
    >>> spread(10, [])
    []

    :param weights: none negative
    """
    cent = Decimal(1).scaleb(-digits)
    amount = round_half_up(total, digits)
    parts = [exact(weight) for weight in weights]
    if not sum(parts):
        parts = [Decimal(1)] * len(parts)
    whole = sum(parts)
    exact_shares = [abs(amount) * part / whole for part in parts]
    shares = [share.quantize(cent, rounding=ROUND_FLOOR) for share in exact_shares]
    left = int((abs(amount) - sum(shares)) / cent) if shares else 0
    by_fraction = sorted(range(len(shares)), key=lambda n: shares[n] - exact_shares[n])
    for position in by_fraction[:left]:
        shares[position] += cent
    return [share.copy_sign(amount) if share else share for share in shares]


def spread_around(
    total: Number,
    weights: Sequence[Number],
    fixed: Sequence[Number | None],
    digits: int = 2,
) -> list[Decimal]:
    """:func:`spread` what ``fixed`` leaves of ``total`` over the lines that are not fixed.

    Nothing is left for them where more is fixed than there is: the sum then differs from
    ``total``, and so it does where all is fixed and does not add up.

    >>> [str(share) for share in spread_around(50, [1, 1, 1], [None, 10, None])]
    ['20.00', '10.00', '20.00']
    >>> [str(share) for share in spread_around(50, [1, 1], [60, None])]
    ['60.00', '0.00']
    """
    kept = [None if share is None else round_half_up(share, digits) for share in fixed]
    free = [weight for weight, share in zip(weights, kept, strict=True) if share is None]
    left = exact(total) - sum(share for share in kept if share is not None)
    shares = iter(spread(max(left, Decimal(0)), free, digits))
    return [next(shares) if share is None else share for share in kept]


def raised_to(minimum: Number, amount: Number, digits: int = 2) -> Decimal:
    """Return what ``amount`` lacks to a ``minimum`` charge; what is free stays free.

    >>> raised_to(30, "12.50"), raised_to(30, 40), raised_to(30, 0)
    (Decimal('17.50'), Decimal('0.00'), Decimal('0.00'))
    """
    charged = exact(amount)
    lacking = max(exact(minimum) - charged, Decimal(0)) if charged > 0 else Decimal(0)
    return round_half_up(lacking, digits)
