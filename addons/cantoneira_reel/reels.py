"""What reels of paper are measured by, exact and free of the ORM.

Weights are in kilograms, lengths in metres, widths in millimetres; everything is a
:class:`decimal.Decimal` (see ``cantoneira_stock/arithmetic.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeVar

from odoo.addons.cantoneira_stock.arithmetic import Number, exact, linear_weight, round_half_up

Key = TypeVar("Key")

#: Heavier than any reel a crane of this trade lifts: a slip of the finger.
MAX_REEL_KG = Decimal(10_000)
#: Digits after the point of a weight: a milligram, as the stock keeps it.
WEIGHT_DIGITS = 6

_THOUSAND = Decimal(1000)
_HUNDRED = Decimal(100)
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"\d+([.,]\d+)?")
#: ``1.312``: thirteen hundred kilos or one kilo and a bit?
_AMBIGUOUS = re.compile(r"\d{1,3}\.\d{3}")


# ------------------------------------------------------------------ measures
def metres_left(weight_kg: Number, grams_per_metre: Number) -> Decimal:
    """Return the metres in ``weight_kg`` of a paper of ``grams_per_metre``; 0 when that is unknown.

    >>> metres_left(150, 28).quantize(Decimal("0.1")), metres_left(5, 0)
    (Decimal('5357.1'), Decimal('0'))
    """
    weight = exact(grams_per_metre)
    return exact(weight_kg) * _THOUSAND / weight if weight else Decimal(0)


def reel_linear_weight(
    grammage: Number, width_mm: Number, measured_grammage: Number, measured_width_mm: Number
) -> Decimal:
    """Return the g/m of a reel: what was measured on it, else what its paper says.

    >>> reel_linear_weight(400, 70, 0, 0), reel_linear_weight(400, 70, 410, 0)
    (Decimal('28'), Decimal('28.7'))
    """
    return linear_weight(
        exact(measured_grammage) or exact(grammage), exact(measured_width_mm) or exact(width_mm)
    )


def is_off_width(nominal_mm: Number, measured_mm: Number, tolerance_mm: Number) -> bool:
    """Whether a measured width is beyond tolerance; not measured (0) never is.

    >>> is_off_width(70, 72, 2), is_off_width(70, "72.1", 2), is_off_width(70, 0, 2)
    (False, True, False)
    """
    measured = exact(measured_mm)
    return bool(measured) and abs(measured - exact(nominal_mm)) > exact(tolerance_mm)


def is_off_grammage(nominal: Number, measured: Number, tolerance_percent: Number) -> bool:
    """Whether a measured grammage is beyond tolerance; not measured (0) never is.

    >>> is_off_grammage(400, 420, 5), is_off_grammage(400, 421, 5), is_off_grammage(400, 0, 5)
    (False, True, False)
    """
    found = exact(measured)
    allowed = exact(nominal) * exact(tolerance_percent) / _HUNDRED
    return bool(found) and abs(found - exact(nominal)) > allowed


# --------------------------------------------------------- first in, first out
def first_in_first_out(
    reels: Iterable[tuple[Key, Number]], need_kg: Number
) -> tuple[list[tuple[Key, Decimal]], Decimal]:
    """Take ``need_kg`` from ``reels``, given as ``(key, free kg)`` with the oldest first.

    :return: ``(what is taken from which, what is missing)``. What is taken and missing is exactly
        what was needed, no reel gives more than it has, and none is touched while an older one
        has something left.

    >>> first_in_first_out([("a", "2.1"), ("b", 0), ("c", 10)], "2.8")
    ([('a', Decimal('2.1')), ('c', Decimal('0.7'))], Decimal('0'))
    >>> first_in_first_out([("a", "0.1"), ("b", "0.2")], "0.3")[1], first_in_first_out([], 3)
    (Decimal('0.0'), ([], Decimal('3')))
    """
    missing, taken = max(exact(need_kg), Decimal(0)), []
    for key, free in reels:
        share = min(exact(free), missing)
        if share > 0:
            taken.append((key, share))
            missing -= share
    return taken, missing


# ------------------------------------------------------------------- receipts
class Verdict(StrEnum):
    """How much came, compared with what was expected."""

    AS_ORDERED = "as_ordered"
    UNDER = "under"
    OVER = "over"


def receipt_verdict(expected: Number, received: Number, tolerance_percent: Number) -> Verdict:
    """Compare what came with what was expected; nothing expected is a gift, and over.

    >>> [receipt_verdict(100, n, 5).value for n in (95, 105, "94.9", "105.1")]
    ['as_ordered', 'as_ordered', 'under', 'over']
    """
    wanted, came = exact(expected), exact(received)
    allowed = wanted * exact(tolerance_percent) / _HUNDRED
    if came > wanted + allowed:
        return Verdict.OVER
    return Verdict.UNDER if came < wanted - allowed else Verdict.AS_ORDERED


def difference_percent(expected: Number, received: Number) -> Decimal | None:
    """Return by how many percent ``received`` differs, to one digit; None of nothing.

    >>> difference_percent(500, 560), difference_percent(0, 3)
    (Decimal('12.0'), None)
    """
    wanted = exact(expected)
    if not wanted:
        return None
    return round_half_up((exact(received) - wanted) * _HUNDRED / wanted, 1)


# --------------------------------------------------------------- a pasted list
class Weighed(NamedTuple):
    """One reel of a list: its own number when there is one, and its weight."""

    name: str
    weight_kg: Decimal
    supplier_batch: str = ""


class PasteProblem(StrEnum):
    """Why a line of a pasted list cannot be read."""

    NOT_A_WEIGHT = "not_a_weight"
    AMBIGUOUS = "ambiguous"
    NOT_POSITIVE = "not_positive"
    TOO_HEAVY = "too_heavy"
    REPEATED = "repeated"


class BadLine(NamedTuple):
    """A line nobody can read: its number from 1, its text and why."""

    number: int
    text: str
    problem: PasteProblem


def read_weight(text: str) -> Decimal | PasteProblem:
    """Return the kilograms somebody wrote, with comma or point, or why it is none.

    >>> read_weight("312,5"), read_weight("312.5 kg"), read_weight("1.312,5")
    (Decimal('312.5'), Decimal('312.5'), Decimal('1312.5'))
    >>> read_weight("1.312").value, read_weight("x").value, read_weight("0").value
    ('ambiguous', 'not_a_weight', 'not_positive')
    """
    written = text.strip().lower().removesuffix("kg").strip()
    if _AMBIGUOUS.fullmatch(written):
        return PasteProblem.AMBIGUOUS
    if _GROUPED.fullmatch(written):
        written = written.replace(".", "")
    elif not _PLAIN.fullmatch(written):
        return PasteProblem.NOT_A_WEIGHT
    weight = exact(written.replace(",", "."))
    if weight > MAX_REEL_KG:
        return PasteProblem.TOO_HEAVY
    return weight if round_half_up(weight, WEIGHT_DIGITS) > 0 else PasteProblem.NOT_POSITIVE


def read_list(text: str) -> tuple[list[Weighed], list[BadLine]]:
    """Read a pasted or scanned list: a weight per line, or ``number;kg`` and ``number;kg;batch``.

    Columns are separated by semicolons or tabs (as spreadsheets copy them); empty lines do not
    count. A number may appear once.

    >>> reels, bad = read_list("312,5\\nL7;200;K-99\\n\\nL7;1\\nfoo")
    >>> [(r.name, str(r.weight_kg), r.supplier_batch) for r in reels]
    [('', '312.5', ''), ('L7', '200', 'K-99')]
    >>> [(b.number, b.problem.value) for b in bad]
    [(4, 'repeated'), (5, 'not_a_weight')]
    """
    reels, bad, names = [], [], set()
    for number, line in enumerate((text or "").splitlines(), 1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in re.split(r"[;\t]", line)]
        name, written, batch = ("", cells[0], "") if len(cells) == 1 else (*cells, "")[:3]
        weight = read_weight(written)
        if isinstance(weight, PasteProblem):
            bad.append(BadLine(number, line.strip(), weight))
        elif name and name in names:
            bad.append(BadLine(number, line.strip(), PasteProblem.REPEATED))
        else:
            names.add(name)
            reels.append(Weighed(name, weight, batch))
    return reels, bad
