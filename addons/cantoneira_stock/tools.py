"""Small helpers shared by the addons above: numbers as people read them."""

from __future__ import annotations

from odoo.api import Environment
from odoo.tools.misc import get_lang

from .arithmetic import Number, round_half_up

#: No key and no code is longer; an index does not take a text of any length.
LONGEST_CODE = 200


def clean_code(code: object) -> str:
    """Return a key or a scanned code as it was meant, stripped; empty when it is none.

    >>> clean_code(" B00001 "), clean_code("B\\x00"), clean_code("x" * 201), clean_code(None)
    ('B00001', '', '', '')
    """
    text = code.strip() if isinstance(code, str) else ""
    return text if text.isprintable() and len(text) <= LONGEST_CODE else ""


def format_number(env: Environment, value: Number, digits: int = 3) -> str:
    """Return ``value`` in the user's language, rounded to ``digits``, without idle zeros.

    ``2500.0`` reads ``2.500`` and ``0.375`` reads ``0,375`` in Portuguese. The language is the
    one that ``env._`` translates the sentence around it to.
    """
    rounded = round_half_up(value, digits).normalize()
    shown = max(0, -rounded.as_tuple().exponent)
    languages = env["res.lang"]
    language = languages._get_data(code=env.lang or "en_US") or get_lang(env)
    return languages.browse(language.id).format(f"%.{shown}f", float(rounded), grouping=True)
