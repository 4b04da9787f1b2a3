"""How what was not weighed is shared over reels, exact and free of the ORM.

Weights are in kilograms; everything is a :class:`decimal.Decimal`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

from odoo.addons.cantoneira_reel.reels import WEIGHT_DIGITS
from odoo.addons.cantoneira_stock.arithmetic import Number, exact, round_half_up

Key = TypeVar("Key")


def share_evenly(
    reels: Iterable[tuple[Key, Number]], need_kg: Number
) -> tuple[dict[Key, Decimal], Decimal]:
    """Share ``need_kg`` over ``reels``, given as ``(key, kg on it)``: as much from each.

    A reel that holds less than its share gives all it has, and the others the rest.

    :return: ``(what each gives, what is missing)``; together exactly what was needed.

    >>> shares, missing = share_evenly([("a", 10), ("b", "0.5"), ("c", 10)], 2)
    >>> {key: str(kg) for key, kg in shares.items()}, str(missing)
    ({'b': '0.5', 'a': '0.750000', 'c': '0.750000'}, '0.000000')
    >>> share_evenly([("a", 1)], 3), share_evenly([], 3)
    (({'a': Decimal('1')}, Decimal('2')), ({}, Decimal('3')))
    """
    missing = max(exact(need_kg), Decimal(0))
    # Who has least is asked first: the others take over what it cannot give.
    waiting = sorted(((key, max(exact(kg), Decimal(0))) for key, kg in reels), key=lambda r: r[1])
    shares = {}
    for place, (key, held) in enumerate(waiting):
        share = min(held, round_half_up(missing / (len(waiting) - place), WEIGHT_DIGITS), missing)
        shares[key] = share
        missing -= share
    return shares, missing
