"""Reais in words, in Portuguese and English. Plain Python, nothing of Odoo.

Core joins a number and the name of the currency: *Quatrocentos Real*.
"""

from decimal import ROUND_HALF_UP, Decimal

from num2words import num2words

# One and many, of the currency and of its hundredth; what joins them.
UNITS = {
    "pt_BR": (("real", "reais"), ("centavo", "centavos"), "e", "menos"),
    "en": (("real", "reais"), ("centavo", "centavos"), "and", "minus"),
}
MILLION = 1_000_000


def language(code):
    """The language of ours that an Odoo language is written in, None if it is another.

    >>> language("pt_BR"), language("pt_PT"), language("en_US"), language("es_AR")
    ('pt_BR', 'pt_BR', 'en', None)
    """
    return {"pt": "pt_BR", "en": "en"}.get((code or "").split("_")[0])


def reais(amount, lang):
    """An amount of R$ in words.

    >>> reais(400, "pt_BR"), reais(1, "pt_BR")
    ('Quatrocentos reais', 'Um real')
    >>> reais(1.01, "pt_BR"), reais(0.5, "pt_BR")
    ('Um real e um centavo', 'Cinquenta centavos')
    >>> reais(2_000_000, "pt_BR"), reais(1_000_001, "pt_BR")
    ('Dois milhões de reais', 'Um milhão e um reais')
    >>> reais(400.29, "en")
    'Four hundred reais and twenty-nine centavos'
    >>> reais(0, "pt_BR"), reais(-2.5, "pt_BR")
    ('Zero reais', 'Menos dois reais e cinquenta centavos')
    """
    unit, hundredth, joined, minus = UNITS[lang]
    cents = int(Decimal(str(amount)).scaleb(2).to_integral_value(ROUND_HALF_UP))
    whole, rest = divmod(abs(cents), 100)
    parts = []
    if whole or not rest:
        # Portuguese: dois milhões *de* reais.
        of = " de" if lang == "pt_BR" and whole and whole % MILLION == 0 else ""
        parts.append(f"{num2words(whole, lang=lang)}{of} {unit[whole != 1]}")
    if rest:
        parts.append(f"{num2words(rest, lang=lang)} {hundredth[rest != 1]}")
    text = f" {joined} ".join(parts)
    text = f"{minus} {text}" if cents < 0 else text
    return text[0].upper() + text[1:]
