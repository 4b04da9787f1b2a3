"""The number WhatsApp dials, from a telephone as people type it; plain Python.

Odoo's own formatting needs a library that an installation may lack, and then silently returns what
was typed. What is dialled here is Brazilian unless it begins with + and a country code.
"""

import re

BRAZIL = "55"


def international_digits(typed):
    """Return country code, area code and number as digits, or None when it cannot be dialled.

    >>> international_digits("(19) 98765-4321")
    '5519987654321'
    >>> international_digits("019 98765 4321") == international_digits("+55 19 98765-4321")
    True
    >>> international_digits("(11) 3456-7890")
    '551134567890'
    >>> international_digits("+351 912 345 678")
    '351912345678'
    >>> international_digits("98765-4321")
    >>> international_digits("call me")
    """
    typed = (typed or "").strip()
    digits = re.sub(r"\D", "", typed)
    if typed.startswith("+") and not digits.startswith(BRAZIL):
        return digits if 8 <= len(digits) <= 15 and not digits.startswith("0") else None
    if len(digits) in (12, 13) and digits.startswith(BRAZIL):
        digits = digits[len(BRAZIL) :]
    digits = digits.lstrip("0")
    # Area codes have no zero; a mobile has nine digits beginning with 9, a landline eight, 2 to 5.
    national = re.fullmatch(r"[1-9][1-9](9\d{8}|[2-5]\d{7})", digits)
    return BRAZIL + digits if national else None
