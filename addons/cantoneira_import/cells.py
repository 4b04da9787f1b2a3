"""What a cell of a spreadsheet says, read the Brazilian way and never guessed.

Free of the ORM. A cell is ``None``, text, a number, a date or a truth value, as a spreadsheet or a
CSV file gives it. What cannot be read raises a :class:`CellProblem`.

>>> [str(number(cell)) for cell in ("12,50", "R$ 1.234,56", 12.5, "0.375", "12.5", "1.234.567")]
['12.50', '1234.56', '12.5', '0.375', '12.5', '1234567']
>>> text(88800000), text(12.0), text("  Bobina   Kraft\\n400g ")
('88800000', '12', 'Bobina Kraft 400g')
>>> header("Gramatura (g/m²)"), header(" PREÇO "), header("CNPJ/CPF")
('gramatura', 'preco', 'cnpjcpf')
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from decimal import Decimal
from enum import StrEnum

#: Longest text of a cell that is no slip.
MAX_TEXT = 200
#: Numbers of this size are a slip; a cell keeps fifteen digits of a number.
MAX_NUMBER = Decimal(1_000_000_000)
EXACT_DIGITS = 10**15

#: How a person writes yes and no.
YES, NO = {"sim", "s", "yes", "y", "1", "true", "verdadeiro"}, {"nao", "n", "no", "0", "false"}


class Wrong(StrEnum):
    """What is wrong with a cell."""

    MISSING = "missing"
    FORMULA = "formula"
    ERROR = "error"
    DATE = "date"
    TRUTH = "truth"
    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS = "ambiguous"
    NEGATIVE = "negative"
    ZERO = "zero"
    FRACTION = "fraction"
    TOO_FINE = "too_fine"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    ROUNDED = "rounded"
    CHOICE = "choice"


class CellProblem(ValueError):
    """A cell cannot be read; ``wrong`` says why, ``values`` what belongs into the sentence."""

    def __init__(self, wrong: Wrong, **values: object):
        super().__init__(wrong)
        self.wrong, self.values = wrong, values


def is_empty(cell: object) -> bool:
    """Tell whether nobody typed anything."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: object) -> str:
    """Return the cell as it is told to a person, short."""
    if is_empty(cell):
        return ""
    words = cell.strftime("%d/%m/%Y") if isinstance(cell, datetime.date) else str(cell)
    return words if len(words) <= 60 else f"{words[:57]}…"


def header(cell: object) -> str:
    """Return a heading without accents, capitals, units and signs, to compare it."""
    words = re.sub(r"\(.*?\)", "", str(cell or ""))
    return plain(words)


def plain(words: str) -> str:
    """Return the letters and digits of ``words``, small and without accents."""
    bare = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in bare if c.isalnum())


def text(cell: object) -> str:
    """Return one clean line of text; a whole number is the text of its digits."""
    if isinstance(cell, bool):
        raise CellProblem(Wrong.TRUTH)
    if isinstance(cell, datetime.date | datetime.time):
        raise CellProblem(Wrong.DATE)
    if isinstance(cell, int | float):
        if not math.isfinite(cell) or abs(cell) >= EXACT_DIGITS:
            raise CellProblem(Wrong.ROUNDED)
        return str(int(cell)) if cell == int(cell) else str(cell).replace(".", ",")
    words = " ".join("".join(c if c.isprintable() else " " for c in str(cell)).split())
    if words.startswith("="):
        raise CellProblem(Wrong.FORMULA)
    if re.match(r"#(REF|N/A|NAME|VALUE|DIV/0|NUM|NULL)", words):
        raise CellProblem(Wrong.ERROR)
    if len(words) > MAX_TEXT:
        raise CellProblem(Wrong.TOO_LONG, count=len(words), most=MAX_TEXT)
    return words


def number(cell: object, digits: int = 6) -> Decimal:
    """Return the number, with at most ``digits`` after the point and not below zero."""
    if isinstance(cell, bool):
        raise CellProblem(Wrong.TRUTH)
    if isinstance(cell, datetime.date | datetime.time):
        raise CellProblem(Wrong.DATE)
    if isinstance(cell, int | float):
        if not math.isfinite(cell):
            raise CellProblem(Wrong.NOT_A_NUMBER)
        # A cell that shows 12.1 may hold 12.100000000000001.
        value = Decimal(repr(round(cell, 9)))
    else:
        value = _written_number(text(cell))
    if value < 0:
        raise CellProblem(Wrong.NEGATIVE)
    if value > MAX_NUMBER:
        raise CellProblem(Wrong.TOO_LARGE)
    if value != round(value, digits):
        raise CellProblem(Wrong.TOO_FINE, digits=digits)
    return value


def _written_number(words: str) -> Decimal:
    words = re.sub(r"R\$|\s", "", words)
    if re.fullmatch(r"-?[0-9]+(,[0-9]+)?", words):
        return Decimal(words.replace(",", "."))
    if re.fullmatch(r"-?[0-9]{1,3}((\.[0-9]{3})+,[0-9]+|(\.[0-9]{3}){2,})", words):
        return Decimal(words.replace(".", "").replace(",", "."))
    if re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", words):
        raise CellProblem(
            Wrong.AMBIGUOUS, one=words.replace(".", ""), other=words.replace(".", ",")
        )
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", words):
        return Decimal(words)
    raise CellProblem(Wrong.NOT_A_NUMBER)


def positive(cell: object, digits: int = 6) -> Decimal:
    """Return a number above zero."""
    value = number(cell, digits)
    if not value:
        raise CellProblem(Wrong.ZERO)
    return value


def whole(cell: object) -> int:
    """Return a whole number above zero."""
    value = positive(cell, 9)
    if value % 1:
        raise CellProblem(Wrong.FRACTION)
    return int(value)


def choice(cell: object, choices: dict[str, str]) -> str:
    """Return what ``choices`` has for the word, compared without accents and capitals."""
    found = choices.get(plain(text(cell)))
    if found is None:
        raise CellProblem(Wrong.CHOICE, choices=", ".join(choices))
    return found
