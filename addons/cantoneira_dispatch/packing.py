"""How edge protectors are bundled and put on pallets: plain geometry, free of the ORM.

What is assumed, so that everybody can check it with a ruler:

* L profiles of one bundle lie nested in each other. Every further piece lies one thickness
  further out on both flanges, so that a bundle of ``n`` pieces has a cross-section of
  (flange A + (n − 1) × thickness) × (flange B + (n − 1) × thickness), as long as one piece.
* A bundle is proposed no thicker than twice its smaller flange, because it is tied and carried
  by hand; from 10 pieces on it is rounded down to a multiple of 5, because people count so.
* Bundles lie side by side, flange A across, in layers on a deck of the pallet's width, up to the
  greatest height, deck included. Pieces shorter than the pallet lie in as many rows behind each
  other as fit; longer ones stick out.
* A pallet is full when its volume, its height or its weight is used up, whatever comes first.

It only proposes; people pack. Lengths in millimetres, weights in kilograms.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

#: A bundle is at most so many times as thick as its smaller flange is wide.
BUNDLE_SPAN = 2
#: From here on, pieces of a bundle are rounded down to a multiple of five.
ROUND_FROM = 10
ROUND_TO = 5
#: Of what weighs and measures nothing, as many as there are fit on a pallet.
NO_LIMIT = 10**9


@dataclass(frozen=True)
class Pallet:
    """What a pallet can take."""

    width_mm: Decimal
    length_mm: Decimal
    deck_mm: Decimal
    max_height_mm: Decimal
    max_net_kg: Decimal


@dataclass(frozen=True)
class Item:
    """So many units to be packed: pieces of one length, or resale goods.

    :param key: whatever tells the caller what it is
    :param units: how many
    :param per_bundle: units tied together
    :param bundles: bundles that fill a pallet
    """

    key: Hashable
    units: int
    per_bundle: int
    bundles: int


def pieces_per_bundle(flange_a: Decimal, flange_b: Decimal, thickness: Decimal) -> int:
    """Propose how many nested pieces make a bundle; 1 when a measure is missing.

    >>> pieces_per_bundle(Decimal(50), Decimal(50), Decimal(3))
    15
    >>> pieces_per_bundle(Decimal(100), Decimal(60), Decimal(10)), pieces_per_bundle(50, 50, 0)
    (7, 1)
    """
    smaller = min(flange_a, flange_b)
    if smaller <= 0 or thickness <= 0:
        return 1
    pieces = int((BUNDLE_SPAN - 1) * smaller // thickness) + 1
    return pieces - pieces % ROUND_TO if pieces >= ROUND_FROM else pieces


def bundle_section(
    pieces: int, flange_a: Decimal, flange_b: Decimal, thickness: Decimal
) -> tuple[Decimal, Decimal]:
    """Return width and height of a bundle of nested pieces.

    >>> bundle_section(15, Decimal(50), Decimal(50), Decimal(3))
    (Decimal('92'), Decimal('92'))
    """
    growth = (pieces - 1) * thickness
    return flange_a + growth, flange_b + growth


def bundles_by_size(section: tuple[Decimal, Decimal], length_mm: Decimal, pallet: Pallet) -> int:
    """Return how many bundles lie on a pallet, at least 1; ``NO_LIMIT`` without measures.

    10 side by side, 11 layers; of 500 mm there are two rows:

    >>> pallet = Pallet(Decimal(1000), Decimal(1200), Decimal(150), Decimal(1200), Decimal(990))
    >>> section = Decimal(92), Decimal(92)
    >>> bundles_by_size(section, Decimal(2500), pallet), bundles_by_size(section, 500, pallet)
    (110, 220)
    """
    width, height = section
    if width <= 0 or height <= 0 or length_mm <= 0:
        return NO_LIMIT
    across = int(pallet.width_mm // width)
    layers = int((pallet.max_height_mm - pallet.deck_mm) // height)
    rows = max(1, int(pallet.length_mm // length_mm))
    return max(1, across * layers * rows)


def units_by_weight(unit_kg: Decimal, pallet: Pallet) -> int:
    """Return how many units a pallet carries; 0 when one alone is too heavy.

    >>> pallet = Pallet(Decimal(1000), Decimal(1200), Decimal(150), Decimal(1200), Decimal(990))
    >>> units_by_weight(Decimal("0.3695"), pallet), units_by_weight(Decimal(1000), pallet)
    (2679, 0)
    """
    return int(pallet.max_net_kg // unit_kg) if unit_kg > 0 else NO_LIMIT


def item(key: Hashable, units: int, unit_kg: Decimal, per_bundle: int, bundles: int, pallet):
    """Return an :class:`Item` that a pallet can carry: weight cuts bundles, then pieces.

    >>> pallet = Pallet(Decimal(1000), Decimal(1200), Decimal(150), Decimal(1200), Decimal(990))
    >>> item("a", 2000, Decimal("0.517125"), 10, 210, pallet)
    Item(key='a', units=2000, per_bundle=10, bundles=191)

    :raises ValueError: when a single unit is heavier than a pallet may be.
    """
    carried = units_by_weight(unit_kg, pallet)
    if not carried:
        raise ValueError(f"{key}: one unit of {unit_kg} kg is too heavy for a pallet")
    per_bundle = max(1, min(per_bundle, carried))
    return Item(key, units, per_bundle, max(1, min(bundles, carried // per_bundle)))


def fill(items: Iterable[Item]) -> list[dict[Hashable, int]]:
    """Return the pallets, each ``{key: units}``: full ones first, then what is left, shared.

    What is left of several items shares a pallet as long as the parts of a pallet that they use
    add up to no more than one; a bundle that was begun takes its whole place.

    >>> fill([Item("a", 25, 5, 2), Item("b", 3, 1, 10), Item("c", 2, 1, NO_LIMIT)])
    [{'a': 10}, {'a': 10}, {'a': 5, 'b': 3, 'c': 2}]
    """
    pallets, rests = [], []
    for each in items:
        full, rest = divmod(each.units, each.per_bundle * each.bundles)
        pallets += [{each.key: each.per_bundle * each.bundles} for _pallet in range(full)]
        if rest:
            share = Fraction(-(-rest // each.per_bundle), each.bundles)
            rests.append((share, each.key, rest))
    shared = []
    for share, key, rest in sorted(rests, key=lambda one: -one[0]):
        for place in shared:
            if place[0] + share <= 1:
                place[0] += share
                place[1][key] = rest
                break
        else:
            shared.append([share, {key: rest}])
    return pallets + [content for _share, content in shared]
