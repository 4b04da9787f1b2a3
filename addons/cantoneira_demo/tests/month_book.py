"""A clerk's book of a month, with pencil and paper: exact, and knows nothing of Odoo.

Things are named by text; quantities and values are :class:`~decimal.Decimal`.
"""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

#: A milligram of a kilogram, a thousandth of a millimetre of a metre.
DIGITS = Decimal("0.000001")


def exact(value):
    """``value`` to the sixth digit, half up; a float is taken as it is written."""
    return Decimal(str(value)).quantize(DIGITS, ROUND_HALF_UP)


def recipe_needs(recipe, papers, pieces, length_mm):
    """``{material: kg}`` of ``pieces`` × ``length_mm``.

    :param dict recipe: ``{paper: layers}`` and ``{glue: grams per metre}``, as Decimals.
    :param dict papers: ``{paper: (g/m², mm)}``.
    """
    metres = Decimal(pieces) * Decimal(str(length_mm)) / 1000
    needs = {}
    for material, amount in recipe.items():
        if material in papers:
            grammage, width_mm = papers[material]
            amount = amount * grammage * width_mm / 1000
        needs[material] = exact(metres * amount / 1000)
    return needs


class Row(NamedTuple):
    """One movement: ``quantity`` came (or, below zero, went) for ``reason``."""

    item: str
    reason: str
    quantity: Decimal
    #: Of one unit of what came; None: at the average of that moment.
    price: Decimal | None


class Book:
    """What there is, what is promised, what it is worth."""

    def __init__(self):
        self.rows = []
        #: ``{(document, item): quantity}`` that open documents will take.
        self.promised = {}
        #: ``{reel: [item, kg]}``.
        self.reels = {}
        self.blocked = set()
        #: ``{index of a row: value}`` that freight added to what came.
        self.freight = defaultdict(Decimal)
        self.stock = defaultdict(Decimal)

    # ------------------------------------------------------------------ writing
    def move(self, item, reason, quantity, price=None, reel=None):
        """Write a movement; gives its place in the book."""
        self.rows.append(Row(item, reason, quantity, price))
        self.stock[item] += quantity
        if reel:
            self.reels.setdefault(reel, [item, Decimal(0)])[1] += quantity
        return len(self.rows) - 1

    def promise(self, document, needs):
        """``document`` will take these, and nothing else."""
        self.release(document)
        for item, quantity in needs.items():
            if quantity:
                self.promised[document, item] = quantity

    def release(self, document):
        for key in [key for key in self.promised if key[0] == document]:
            del self.promised[key]

    # ------------------------------------------------------------------ reading
    def promised_of(self, item):
        return sum((kg for (_doc, of), kg in self.promised.items() if of == item), Decimal(0))

    def free(self, item):
        """On hand, without blocked reels, less all that is promised."""
        aside = sum(
            (kg for reel, (of, kg) in self.reels.items() if of == item and reel in self.blocked),
            Decimal(0),
        )
        return self.stock[item] - aside - self.promised_of(item)

    def missing(self, needs):
        """``{item: what is free lacks to cover these needs}``."""
        lack = {item: quantity - self.free(item) for item, quantity in needs.items()}
        return {item: quantity for item, quantity in lack.items() if quantity > 0}

    def total(self, item, *reasons):
        return sum(
            (r.quantity for r in self.rows if r.item == item and r.reason in reasons), Decimal(0)
        )

    def value(self, item, until=None):
        """At moving average: what comes adds its price, what goes takes the average."""
        return self._run(item, until)[1]

    def average(self, item, until=None):
        """Of one unit, before the row at ``until``; None: now."""
        quantity, value = self._run(item, until)
        return value / quantity if quantity else Decimal(0)

    def _run(self, item, until):
        quantity = value = Decimal(0)
        for index, row in enumerate(self.rows[:until]):
            if row.item != item:
                continue
            average = value / quantity if quantity else Decimal(0)
            price = average if row.price is None or row.quantity < 0 else row.price
            quantity += row.quantity
            value += row.quantity * price + self.freight.get(index, 0)
        return quantity, value

    def level(self, item, minimum, reorder_point):
        """``ok``, ``warning`` or ``critical``, of what is free."""
        free = self.free(item)
        if not minimum or free > minimum:
            return "ok"
        return "critical" if free <= reorder_point else "warning"
