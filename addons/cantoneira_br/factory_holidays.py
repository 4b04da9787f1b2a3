"""The days on which a Brazilian factory does not work: plain Python over ``holidays``.

``holidays`` knows what the law says of the country and of each state. It leaves Carnival and
Corpus Christi, which are no public holidays but which the trade keeps like the banks do, to the
calendar of the stock exchange. Municipal holidays are nobody's list: the company types them.

>>> [(str(day), day_off.kind.value) for day, day_off in of_year(2027, "SP").items()][:4]
[('2027-01-01', 'national'), ('2027-02-08', 'customary'), ('2027-02-09', 'customary'), ('2027-03-26', 'national')]
>>> date(2027, 11, 20) in of_year(2027, ""), date(2027, 7, 9) in of_year(2027, "RJ")
(True, False)
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

import holidays

LANGUAGE = "pt_BR"


class Kind(StrEnum):
    """Whose holiday it is."""

    NATIONAL = "national"
    STATE = "state"
    CUSTOMARY = "customary"
    MUNICIPAL = "municipal"


class DayOff(NamedTuple):
    """Why nobody works."""

    name: str
    kind: Kind


def of_year(year: int, state: str, customary: bool = True) -> dict[date, DayOff]:
    """Return the holidays of ``year``, by date.

    :param state: two letters of a state (``SP``); what is none has the national ones only.
    :param customary: with Carnival (Monday and Tuesday) and Corpus Christi.
    """
    found = {}
    if customary:
        names = holidays.Brazil(years=year, categories=("public", "optional"), language=LANGUAGE)
        for day in holidays.financial_holidays("BVMF", years=year):
            found[day] = DayOff(names.get(day, "Feriado bancário"), Kind.CUSTOMARY)
    known = state if state in holidays.Brazil.subdivisions else None
    for day, name in holidays.Brazil(years=year, subdiv=known, language=LANGUAGE).items():
        found[day] = DayOff(name, Kind.STATE)
    for day, name in holidays.Brazil(years=year, language=LANGUAGE).items():
        found[day] = DayOff(name, Kind.NATIONAL)
    return dict(sorted(found.items()))


def in_year(year: int, day: int, month: int) -> date | None:
    """Return that day of ``year``; None on the 29th of February of an ordinary year.

    >>> in_year(2027, 29, 2), in_year(2028, 29, 2)
    (None, datetime.date(2028, 2, 29))
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None
