"""CNPJ and CPF: what is wrong with one, and how it is written.

Free of the ORM. The check digits are python-stdnum's work; since July 2026 the first twelve
characters of a CNPJ may be letters. Here is only what a person needs to be told.

The numbers below belong to nobody: their roots spell that they are examples.

>>> problem("DE.MO0.001/0001-07", Kind.CNPJ), problem("999.999.991-31")
(None, None)
>>> problem("DE.MO0.001/0001-70").value, problem("1234567").value, problem("0" * 11).value
('check_digit', 'length', 'repeated')
>>> problem("999.99X.991-31", Kind.CPF).value
'character'
>>> formatted("demo0001000107"), formatted("99999999131"), formatted("17 anything")
('DE.MO0.001/0001-07', '999.999.991-31', '17 anything')
"""

from __future__ import annotations

import re
from enum import StrEnum

from stdnum.br import cnpj, cpf


class Kind(StrEnum):
    """Which register a number is of."""

    CNPJ = "cnpj"
    CPF = "cpf"


class Problem(StrEnum):
    """What is wrong with a number, in the order in which it is looked for."""

    CHARACTER = "character"
    LENGTH = "length"
    REPEATED = "repeated"
    CHECK_DIGIT = "check_digit"


LENGTHS = {Kind.CNPJ: 14, Kind.CPF: 11}
CHARACTERS = {Kind.CNPJ: r"[0-9A-Z]*", Kind.CPF: r"[0-9]*"}
MODULES = {Kind.CNPJ: cnpj, Kind.CPF: cpf}


def compact(number: str) -> str:
    """Return the number without points, strokes and spaces, in capitals.

    >>> compact(" de.mo0.001/0001-07 ")
    'DEMO0001000107'
    """
    return re.sub(r"[\s./-]", "", number).upper()


def kind_of(number: str) -> Kind | None:
    """Return which kind a number of this length can only be.

    >>> kind_of("999.999.991-31").value, kind_of("12345")
    ('cpf', None)
    """
    lengths = {length: kind for kind, length in LENGTHS.items()}
    return lengths.get(len(compact(number)))


def problem(number: str, kind: Kind | None = None) -> Problem | None:
    """Return what is wrong with ``number``, None when it is well.

    Without ``kind`` its length decides which kind it is.
    """
    number = compact(number)
    kind = kind or kind_of(number)
    if kind is None:
        return Problem.LENGTH
    if not re.fullmatch(CHARACTERS[kind], number):
        return Problem.CHARACTER
    if len(number) != LENGTHS[kind]:
        return Problem.LENGTH
    # 111.111.111-11 has right check digits and is nobody's.
    if len(set(number)) == 1:
        return Problem.REPEATED
    return None if MODULES[kind].is_valid(number) else Problem.CHECK_DIGIT


def formatted(number: str) -> str:
    """Return the number as it is printed; what is neither CNPJ nor CPF stays as it is."""
    kind = kind_of(number)
    return MODULES[kind].format(compact(number)) if kind else number
