"""What public services know of a CNPJ or a CEP.

Free of the ORM. Any service that answers ``GET <address>/<number>`` with one JSON object will do:
the names that BrasilAPI, ViaCEP, CNPJ.ws-like mirrors and ReceitaWS give to the same things are
understood. Whatever such a service answers, :func:`ask` returns a :class:`Found` or raises a
:class:`LookupFailure` within its time; nothing of it is trusted to be text, complete or short.

>>> found = read({"razao_social": " EMPACOTA  FACIL LTDA ", "municipio": "SAO JOSE DOS CAMPOS",
...     "descricao_tipo_de_logradouro": "RUA", "logradouro": "DAS FLORES", "numero": 100,
...     "uf": "SP", "cep": 12200000, "ddd_telefone_1": "1233334444", "email": None})
>>> found.name, found.street, found.city, found.state, found.zip, found.phone, found.email
('EMPACOTA FACIL LTDA', 'Rua das Flores 100', 'Sao Jose dos Campos', 'SP', '12200-000', \
'(12) 3333-4444', '')
>>> read({"street": "Rua B", "city": "Curitiba", "state": "PR", "neighborhood": "Centro"}).street2
'Centro'
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

import requests

#: No honest answer is longer, in bytes.
MAX_BYTES = 131_072
#: No honest name or street is longer, in characters.
MAX_TEXT = 200
USER_AGENT = "Cantoneira (Odoo 19)"
NUMBER = "{number}"

#: What is looked for, and what services call it; the first that holds something is taken.
KEYS = {
    "name": ("razao_social", "nome"),
    "trade_name": ("nome_fantasia", "fantasia"),
    "street_kind": ("descricao_tipo_de_logradouro", "tipo_logradouro"),
    "street_name": ("logradouro", "street"),
    "street_number": ("numero",),
    "complement": ("complemento",),
    "street2": ("bairro", "neighborhood"),
    "city": ("municipio", "localidade", "city"),
    "state": ("uf", "state"),
    "zip": ("cep",),
    "phone": ("ddd_telefone_1", "telefone"),
    "email": ("email",),
    "situation": ("descricao_situacao_cadastral", "situacao"),
}
#: Written small inside a name: *Rua das Flores*.
SMALL_WORDS = {"a", "à", "ao", "da", "das", "de", "do", "dos", "e", "em", "na", "no"}
ACTIVE = "ATIVA"


class Reason(StrEnum):
    """Why nothing was found."""

    ADDRESS = "address"
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    BUSY = "busy"
    MOVED = "moved"
    BROKEN = "broken"
    UNREADABLE = "unreadable"


class LookupFailure(Exception):
    """Nothing was found; ``reason`` tells why, ``host`` whom was asked."""

    def __init__(self, reason: Reason, host: str = ""):
        super().__init__(reason)
        self.reason, self.host = reason, host


@dataclass(frozen=True)
class Found:
    """What a service knows, every text clean and short, empty where it knows nothing."""

    name: str = ""
    trade_name: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    phone: str = ""
    email: str = ""
    situation: str = ""


def address_is_safe(template: str) -> bool:
    """Tell whether ``template`` is http(s), has a host of its own, and the number behind it.

    >>> address_is_safe("https://example.com/cnpj/{number}")
    True
    >>> [address_is_safe(wrong) for wrong in ("ftp://example.com/{number}", "https://{number}/",
    ...     "https://example.com/", "https://example.com{number}/", "//x/{number}", "https:///x")]
    [False, False, False, False, False, False]
    """
    try:
        parts = urlsplit(template or "")
        # Both raise for what is none.
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    behind = (parts.path or "").count(NUMBER) + (parts.query or "").count(NUMBER)
    return (
        parts.scheme in ("http", "https")
        and bool(host)
        and "{" not in parts.netloc
        and "@" not in parts.netloc
        and behind == 1
        and not re.search(r"[\s\\]", template)
    )


def ask(template: str, number: str, seconds: float) -> Found:
    """Ask the service at ``template`` about ``number`` (letters and digits only).

    :raises LookupFailure: when there is no usable answer within about ``seconds``.
    """
    if not address_is_safe(template) or not re.fullmatch(r"[0-9A-Z]{8,14}", number):
        raise LookupFailure(Reason.ADDRESS)
    host = urlsplit(template).hostname
    try:
        content = _get(template.replace(NUMBER, number), seconds)
    except requests.Timeout:
        raise LookupFailure(Reason.SLOW, host) from None
    except requests.RequestException:
        raise LookupFailure(Reason.UNREACHABLE, host) from None
    except LookupFailure as failure:
        raise LookupFailure(failure.reason, host) from None
    try:
        # RecursionError: ten thousand brackets.
        answer = json.loads(content)
    except (ValueError, RecursionError):
        raise LookupFailure(Reason.UNREADABLE, host) from None
    if not isinstance(answer, dict):
        raise LookupFailure(Reason.UNREADABLE, host)
    # ViaCEP and ReceitaWS say with 200 that they do not know.
    if answer.get("erro") or answer.get("status") == "ERROR":
        raise LookupFailure(Reason.NOT_FOUND, host)
    found = read(answer)
    if not (found.name or found.city):
        raise LookupFailure(Reason.UNREADABLE, host)
    return found


def _get(url: str, seconds: float) -> bytes:
    """Return the body, read to the end within ``seconds`` and never followed elsewhere."""
    deadline = time.monotonic() + seconds
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": "application/json",
        "Accept-Encoding": "identity",
    }
    with requests.get(
        url, headers=headers, timeout=seconds, allow_redirects=False, stream=True
    ) as response:
        _check_status(response.status_code)
        content = bytearray()
        # Byte by byte: a larger piece would wait for whoever sends one byte a second.
        for piece in response.iter_content(1):
            content += piece
            if len(content) > MAX_BYTES:
                raise LookupFailure(Reason.UNREADABLE)
            if time.monotonic() > deadline:
                raise LookupFailure(Reason.SLOW)
    return bytes(content)


def _check_status(status: int) -> None:
    if status == 200:
        return
    reasons = {400: Reason.REFUSED, 404: Reason.NOT_FOUND, 422: Reason.REFUSED, 429: Reason.BUSY}
    if 300 <= status < 400:
        raise LookupFailure(Reason.MOVED)
    raise LookupFailure(reasons.get(status, Reason.BROKEN))


def read(answer: dict) -> Found:
    """Return what ``answer`` says, whatever it calls it and however it is typed."""
    values = {
        name: next(filter(None, (_text(answer.get(key)) for key in keys)), "")
        for name, keys in KEYS.items()
    }
    street_name = " ".join(filter(None, (values.pop("street_kind"), values.pop("street_name"))))
    street = f"{titled(street_name)} {values.pop('street_number')}".strip()
    complement = titled(values.pop("complement"))
    if street and complement:
        street = f"{street} - {complement}"
    for name in ("street2", "city"):
        values[name] = titled(values[name])
    values["email"] = values["email"].lower() if "@" in values["email"] else ""
    values["state"] = values["state"].upper()
    values["zip"] = formatted_zip(values["zip"])
    values["phone"] = formatted_phone(values["phone"])
    values["situation"] = values["situation"].upper()
    return Found(street=street, **values)


def _text(value: object) -> str:
    """Return a short clean text; anything but texts and whole numbers is nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    try:
        text = str(value)
    except ValueError:  # a number of more than 4,300 digits
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:MAX_TEXT]


def titled(text: str) -> str:
    """Return shouted text as it is written; what is not shouted stays.

    >>> titled("AVENIDA DAS AGUAS"), titled("Rua XV de Novembro"), titled("RUA XV DE MAIO")
    ('Avenida das Aguas', 'Rua XV de Novembro', 'Rua XV de Maio')
    """
    if not text.isupper():
        return text
    words = text.split(" ")
    return " ".join(
        word.lower()
        if position and word.lower() in SMALL_WORDS
        else word
        if re.fullmatch(r"[IVX]+|[^A-ZÀ-Ü]*", word)
        else word.capitalize()
        for position, word in enumerate(words)
    )


def compact_zip(text: str) -> str:
    """Return the eight digits of a CEP, empty when it is none.

    >>> compact_zip(" 88.800-000 "), compact_zip("8880"), compact_zip("8880000a")
    ('88800000', '', '')
    """
    digits = re.sub(r"[\s.-]", "", text or "")
    return digits if re.fullmatch(r"[0-9]{8}", digits) else ""


def formatted_zip(text: str) -> str:
    """Return a CEP as it is written; one that lost its zeros as a number has them again.

    >>> formatted_zip("1310100"), formatted_zip("88800-000"), formatted_zip("?")
    ('01310-100', '88800-000', '')
    """
    digits = compact_zip(text.zfill(8) if text.isdecimal() else text)
    return f"{digits[:5]}-{digits[5:]}" if digits else ""


def formatted_phone(text: str) -> str:
    """Return a Brazilian number as it is written; of several the first.

    >>> formatted_phone("11987654321"), formatted_phone("(48) 5550-0111/ (48) 5550-0112")
    ('(11) 98765-4321', '(48) 5550-0111')
    """
    digits = re.sub(r"[^0-9]", "", text.split("/")[0])
    if len(digits) not in (10, 11):
        return ""
    return f"({digits[:2]}) {digits[2:-4]}-{digits[-4:]}"
