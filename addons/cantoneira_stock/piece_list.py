"""Reading a list of pieces × length as a salesperson types or pastes it.

Plain Python without the ORM. One line of text is one line of an order:

>>> def show(text):
...     reading = read(text)
...     for entry in reading.entries:
...         print(entry.row, entry.pieces, "x", entry.length_mm)
...     for refusal in reading.refusals:
...         print(refusal.row, refusal.problem.value, refusal.detail)
>>> show("10x2500\\n10 x 2.500 mm\\n10 pç de 2,5 m\\n3×1237,5\\n\\n10*250cm\\n10;2500\\n10\\t2500,00")
1 10 x 2500
2 10 x 2500
3 10 x 2500
4 3 x 1237.5
6 10 x 2500
7 10 x 2500
8 10 x 2500

Pieces come first. A length that says its unit may come first as well, and a spreadsheet's heading
says which of its columns is which:

>>> show("2,5 m x 10\\n1.200 mm × 4 peças")
1 10 x 2500
2 4 x 1200
>>> show("Comprimento (mm)\\tPeças\\n2500\\t10")
2 10 x 2500

Numbers are written as in Brazil: ``2.500`` is two thousand five hundred and ``2,5`` is two and a
half; ``2.5``, which cannot be thousands, is two and a half too. A number without unit is in
millimetres. **What can be read in two ways is refused, never guessed**: a length up to 20 without
its unit (2,5 metres or millimetres?), ``2.500 m`` (2,5 m or 2500 m?), ``2,500`` of anything but
metres, two numbers with nothing but a space between them:

>>> show("10x2,5\\n10x2.500 m\\n10x2,500\\n10 2500")
1 no_unit 2,5
2 two_readings 2.500
3 two_readings 2,500
4 no_separator 10 2500

What cannot be made is refused for the reason that :mod:`.arithmetic` gives, and what is not
understood at all is quoted:

>>> show("2,5x2500\\n10x30m\\n0x2500\\n10x2500,3\\n-10x2500\\n10 caixas de 2500\\n1e9x2500\\n50x50x3")
1 pieces_fraction 2,5
2 length_too_large 30 m
3 pieces_not_positive 0
4 length_fraction 2500,3
5 pieces_not_positive -10
6 unknown_word caixas
7 unknown_word e
8 too_many_numbers 50x50x3
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .arithmetic import MeasureProblem, length_problem, pieces_problem

#: More lines than this are no longer typed by a person: import them instead.
MAX_ROWS = 200
#: A line of pieces × length is short; what is longer was pasted from elsewhere.
MAX_ROW_LENGTH = 80
#: Lengths up to this many millimetres without unit might be meant in metres.
AMBIGUOUS_MM = Decimal(20)


class Problem(StrEnum):
    """Why a line is refused. ``detail`` is the part of the text that is meant."""

    PIECES_NOT_POSITIVE = "pieces_not_positive"
    PIECES_FRACTION = "pieces_fraction"
    PIECES_TOO_LARGE = "pieces_too_large"
    LENGTH_NOT_POSITIVE = "length_not_positive"
    LENGTH_FRACTION = "length_fraction"
    LENGTH_TOO_LARGE = "length_too_large"
    NO_UNIT = "no_unit"
    TWO_READINGS = "two_readings"
    BAD_NUMBER = "bad_number"
    FOREIGN_DIGITS = "foreign_digits"
    HIDDEN_CHARACTER = "hidden_character"
    UNKNOWN_WORD = "unknown_word"
    UNKNOWN_SIGN = "unknown_sign"
    NO_NUMBER = "no_number"
    ONE_NUMBER = "one_number"
    TOO_MANY_NUMBERS = "too_many_numbers"
    NO_SEPARATOR = "no_separator"
    TWO_LENGTHS = "two_lengths"
    TWO_COUNTS = "two_counts"
    NOT_IN_ORDER = "not_in_order"
    TOO_LONG = "too_long"
    TOO_MANY_ROWS = "too_many_rows"


@dataclass(frozen=True)
class Entry:
    """So many pieces of one length, from line ``row`` (from 1) of the text."""

    row: int
    pieces: int
    length_mm: Decimal


@dataclass(frozen=True)
class Refusal:
    """Line ``row`` could not be read; ``detail`` is the part of ``text`` that is meant."""

    row: int
    text: str
    problem: Problem
    detail: str


@dataclass(frozen=True)
class Reading:
    """What was read and what was refused; every line that is not empty is in one of the two."""

    entries: tuple[Entry, ...] = ()
    refusals: tuple[Refusal, ...] = ()


class _RefusedError(Exception):
    def __init__(self, problem: Problem, detail: str) -> None:
        super().__init__(problem, detail)
        self.problem, self.detail = problem, detail


_PIECE_WORDS = frozenset(
    "pç pçs pc pcs pca pcas pça pças peca pecas peça peças piece pieces "
    "un und uns unid unids unidade unidades unit units barra barras".split()
)
#: Millimetres in one of each unit of length.
_UNITS = {
    **dict.fromkeys("mm milimetro milimetros milímetro milímetros".split(), Decimal(1)),
    **dict.fromkeys("cm centimetro centimetros centímetro centímetros".split(), Decimal(10)),
    **dict.fromkeys("m mt mts metro metros meter meters metre metres".split(), Decimal(1000)),
}
_SEPARATORS = frozenset(["x", "×", "*", "de", "of", ";", "\t", "|"])
_COLUMN_SIGNS = frozenset([";", "\t", "|"])
_COUNT_HEADINGS = _PIECE_WORDS | frozenset(
    "qtd qtde qt quant quantidade quantidades qty quantity".split()
)
_LENGTH_HEADINGS = frozenset(
    "comprimento comprimentos compr comp medida medidas tamanho tamanhos corte length".split()
)

_TOKEN = re.compile(
    r"(?P<number>[-+−–]?(?:\d[\d.,]*|[.,]\d[\d.,]*))"
    r"|(?P<word>[^\W\d_]+\.?)"
    r"|(?P<sign>[^ ])"
)
_WHOLE = re.compile(r"\d+")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_THOUSANDS_WITH_COMMA = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+),\d+")
_POINT = re.compile(r"\d+\.\d+")


@dataclass(frozen=True)
class _Token:
    kind: str  # "number", "count" (a word for pieces), "unit" or "separator"
    text: str


@dataclass(frozen=True)
class _Number:
    """A number with the words that follow it."""

    text: str
    unit: str = ""
    is_count: bool = False

    @property
    def shown(self) -> str:
        return f"{self.text} {self.unit}".strip()


def read(text: str) -> Reading:
    """Read ``text``, one entry a line; empty lines are left out. Never raises.

    >>> read("  ")
    Reading(entries=(), refusals=())
    """
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    length_first = False
    is_first = True
    for row, raw in enumerate(_rows(text), start=1):
        line = _clean(raw)
        if not line:
            continue
        if row > MAX_ROWS:
            refusals.append(Refusal(row, line[:MAX_ROW_LENGTH], Problem.TOO_MANY_ROWS, str(row)))
            break
        heading = _heading(line) if is_first else None
        is_first = False
        if heading is not None:
            length_first = heading
            continue
        try:
            pieces, length_mm = _read_line(line, length_first)
        except _RefusedError as refused:
            shown = line.replace("\t", " ")[:MAX_ROW_LENGTH]
            refusals.append(Refusal(row, shown, refused.problem, refused.detail))
        else:
            entries.append(Entry(row, pieces, length_mm))
    return Reading(tuple(entries), tuple(refusals))


def _rows(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")


def _clean(line: str) -> str:
    """Odd blanks become plain ones; empty columns at both ends and a last stop are left out."""
    composed = unicodedata.normalize("NFC", line)
    blanks = "".join(" " if c != "\t" and c.isspace() else c for c in composed)
    return blanks.strip(" \t;|").rstrip(".,")


def _heading(line: str) -> bool | None:
    """Whether the length comes first in a table with this heading; None: it is no heading."""
    if any(c.isdigit() for c in line):
        return None
    kinds = []
    for cell in re.split(r"[\t;|]", line.lower()):
        words = re.findall(r"[^\W\d_]+", cell)
        if words and words[0] in _COUNT_HEADINGS:
            kinds.append("count")
        elif words and words[0] in _LENGTH_HEADINGS and _heading_is_mm(words[1:]):
            kinds.append("length")
        else:
            return None
    if sorted(kinds) != ["count", "length"]:
        return None
    return kinds[0] == "length"


def _heading_is_mm(words: list[str]) -> bool:
    """A heading in metres would change what its numbers mean: that is left to be refused."""
    return all(_UNITS.get(word, Decimal(1)) == 1 for word in words)


def _read_line(line: str, length_first: bool) -> tuple[int, Decimal]:
    if len(line) > MAX_ROW_LENGTH:
        raise _RefusedError(Problem.TOO_LONG, str(len(line)))
    tokens = list(_tokens(line))
    count = sum(token.kind == "number" for token in tokens)
    if count > 2:
        raise _RefusedError(Problem.TOO_MANY_NUMBERS, line.replace("\t", " "))
    if count < 2:
        problem = Problem.ONE_NUMBER if count else Problem.NO_NUMBER
        raise _RefusedError(problem, line.replace("\t", " "))
    first, between, second = _two_numbers(tokens, line)
    pieces, length = _who_is_who(first, second, length_first and not first.unit)
    if not between and not first.is_count:
        raise _RefusedError(Problem.NO_SEPARATOR, line)
    return _pieces(pieces), _length(length)


def _tokens(line: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(line):
        text = match.group()
        match match.lastgroup:
            case "number":
                if not text.isascii() and any(c.isdigit() and not c.isascii() for c in text):
                    raise _RefusedError(Problem.FOREIGN_DIGITS, text)
                yield _Token("number", text.replace("−", "-").replace("–", "-"))
            case "word":
                yield _word(text)
            case _:
                yield _sign(text)


def _word(text: str) -> _Token:
    word = text.rstrip(".").lower()
    if word in _SEPARATORS:
        return _Token("separator", word)
    if word in _PIECE_WORDS:
        return _Token("count", text)
    if word in _UNITS:
        return _Token("unit", word)
    # Fractions and raised digits count as letters to a regular expression.
    foreign = any(not c.isalpha() for c in word)
    raise _RefusedError(Problem.FOREIGN_DIGITS if foreign else Problem.UNKNOWN_WORD, text)


def _sign(text: str) -> _Token:
    if text in _SEPARATORS:
        return _Token("separator", text)
    if unicodedata.category(text).startswith("C"):
        raise _RefusedError(Problem.HIDDEN_CHARACTER, f"U+{ord(text):04X}")
    raise _RefusedError(Problem.UNKNOWN_SIGN, text)


def _two_numbers(tokens: list[_Token], line: str) -> tuple[_Number, bool, _Number]:
    """Two numbers, each with at most one word of its own, and whether a separator is between."""
    numbers: list[_Number] = []
    between: list[str] = []
    for token in tokens:
        last = numbers[-1] if numbers else None
        is_free = last is not None and not last.unit and not last.is_count
        if token.kind == "number":
            numbers.append(_Number(token.text))
        elif token.kind == "separator" and len(numbers) == 1:
            between.append(token.text)
        elif token.kind == "unit" and is_free and (len(numbers) == 2 or not between):
            numbers[-1] = _Number(numbers[-1].text, unit=token.text)
        elif token.kind == "count" and is_free and (len(numbers) == 2 or not between):
            numbers[-1] = _Number(numbers[-1].text, is_count=True)
        else:
            raise _RefusedError(Problem.NOT_IN_ORDER, token.text.strip() or line)
    # A column of a spreadsheet may hold the x: more than one other separator is no list of pieces.
    if sum(sign not in _COLUMN_SIGNS for sign in between) > 1:
        raise _RefusedError(Problem.NOT_IN_ORDER, between[-1])
    return numbers[0], bool(between), numbers[1]


def _who_is_who(first: _Number, second: _Number, length_first: bool) -> tuple[_Number, _Number]:
    """``(pieces, length)``: by their words, else pieces first."""
    if first.unit and second.unit:
        raise _RefusedError(Problem.TWO_LENGTHS, f"{first.shown}, {second.shown}")
    if first.is_count and second.is_count:
        raise _RefusedError(Problem.TWO_COUNTS, f"{first.text}, {second.text}")
    if first.unit or second.is_count:
        return second, first
    if length_first and not (second.unit or first.is_count):
        return second, first
    return first, second


def _pieces(number: _Number) -> int:
    value = _decimal(number.text, comma_is_sure=False)
    if problem := pieces_problem(value):
        raise _RefusedError(_PIECES_PROBLEMS[problem], number.text)
    return int(value)


def _length(number: _Number) -> Decimal:
    value = _decimal(number.text, comma_is_sure=_UNITS.get(number.unit) == 1000)
    is_plain = not number.unit
    if number.unit and _UNITS[number.unit] == 1000 and _THOUSANDS.fullmatch(number.text):
        raise _RefusedError(Problem.TWO_READINGS, number.text)
    if is_plain and 0 < value <= AMBIGUOUS_MM:
        raise _RefusedError(Problem.NO_UNIT, number.text)
    length_mm = value * _UNITS.get(number.unit, Decimal(1))
    if problem := length_problem(length_mm):
        raise _RefusedError(_LENGTH_PROBLEMS[problem], number.shown)
    return _tidy(length_mm)


_PIECES_PROBLEMS = {
    MeasureProblem.NOT_A_NUMBER: Problem.BAD_NUMBER,
    MeasureProblem.NOT_POSITIVE: Problem.PIECES_NOT_POSITIVE,
    MeasureProblem.FRACTION: Problem.PIECES_FRACTION,
    MeasureProblem.TOO_LARGE: Problem.PIECES_TOO_LARGE,
}
_LENGTH_PROBLEMS = {
    MeasureProblem.NOT_A_NUMBER: Problem.BAD_NUMBER,
    MeasureProblem.NOT_POSITIVE: Problem.LENGTH_NOT_POSITIVE,
    MeasureProblem.FRACTION: Problem.LENGTH_FRACTION,
    MeasureProblem.TOO_LARGE: Problem.LENGTH_TOO_LARGE,
}


def _decimal(text: str, comma_is_sure: bool) -> Decimal:
    """Read a number as Brazilians write it.

    :param comma_is_sure: whether a comma before three digits can only be a decimal comma.

    >>> _decimal("2.500,5", False), _decimal("2.5", False), _decimal("2.000", False)
    (Decimal('2500.5'), Decimal('2.5'), Decimal('2000'))
    """
    sign, digits = (text[0], text[1:]) if text[0] in "+-" else ("", text)
    if _WHOLE.fullmatch(digits):
        plain = digits
    elif _THOUSANDS.fullmatch(digits):
        plain = digits.replace(".", "")
    elif _THOUSANDS_WITH_COMMA.fullmatch(digits):
        decimals = digits.rpartition(",")[2]
        if len(decimals) == 3 and "." not in digits and not comma_is_sure:
            raise _RefusedError(Problem.TWO_READINGS, text)
        plain = digits.replace(".", "").replace(",", ".")
    elif _POINT.fullmatch(digits):
        plain = digits
    else:
        raise _RefusedError(Problem.BAD_NUMBER, text)
    return Decimal(sign + plain)


def _tidy(value: Decimal) -> Decimal:
    """Whole millimetres without idle zeros, halves with one digit."""
    whole = value.to_integral_value()
    return whole if whole == value else value.quantize(Decimal("0.1"))
