"""How much to order: what is missing, in whole packs, at least the supplier's minimum.

Pure Python, like ``cantoneira_stock.arithmetic``; exact, never binary floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from odoo.addons.cantoneira_stock.arithmetic import (
    QUANTITY_DIGITS,
    Number,
    exact,
    round_half_up,
)


class Terms(NamedTuple):
    """One line of a supplier's price list."""

    #: Least quantity, in purchase units.
    minimum: Number
    #: What one purchase unit (a pack, a reel, a kilogram) holds, in the product's own unit.
    pack: Number

    @property
    def least(self) -> Decimal:
        """The minimum in the product's own unit."""
        return exact(self.minimum) * exact(self.pack)


def order_quantity(missing: Number, terms: Terms) -> Decimal:
    """Return how many purchase units cover ``missing`` (in the product's own unit).

    Whole units, at least the supplier's minimum; 0 when nothing is missing.

    >>> order_quantity("37.4", Terms(minimum=0, pack=1))
    Decimal('38')
    >>> order_quantity("37.4", Terms(minimum=100, pack=1))
    Decimal('100')
    >>> order_quantity(80, Terms(minimum=3, pack=12)), order_quantity(30, Terms(3, 12))
    (Decimal('7'), Decimal('3'))
    >>> order_quantity(0, Terms(minimum=100, pack=1))
    Decimal('0')
    """
    wanted = round_half_up(missing, QUANTITY_DIGITS)
    if wanted <= 0:
        return Decimal(0)
    packs = wanted / exact(terms.pack)
    return max(packs, exact(terms.minimum)).to_integral_value(ROUND_CEILING)


def best_terms(missing: Number, offered: Sequence[Terms]) -> int:
    """Return the index of the terms to order ``missing`` at: the largest step it reaches.

    When it reaches none, the smallest, whose minimum is then ordered.

    >>> steps = [Terms(500, 1), Terms(100, 1)]
    >>> [best_terms(missing, steps) for missing in (40, 100, 499, 500)]
    [1, 1, 1, 0]
    """
    reached = [i for i, terms in enumerate(offered) if terms.least <= exact(missing)]
    if reached:
        return max(reached, key=lambda i: offered[i].least)
    return min(range(len(offered)), key=lambda i: offered[i].least)
