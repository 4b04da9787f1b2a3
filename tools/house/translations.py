"""Every text of ours has its Brazilian Portuguese: checks without a database."""

import re

from . import modules
from .paths import ADDONS, ROOT

ENTRY = re.compile(r'^msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)^msgstr ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.M)


def check(fix=False):
    """Complaints about missing, empty, fuzzy and superfluous translations."""
    return "\n".join(line for addon in modules.ours() for line in check_addon(addon))


def check_addon(addon):
    folder = ADDONS / addon / "i18n"
    pot, po = folder / f"{addon}.pot", folder / "pt_BR.po"
    for path in (pot, po):
        if not path.exists():
            return [f"{path.relative_to(ROOT)} is missing: run tools/i18n export {addon}"]
    terms, translated = read(pot), read(po)
    name = po.relative_to(ROOT)
    empty = [f"{name}: no translation of {t}" for t in sorted(terms) if not translated.get(t)]
    extra = [f"{name}: {t} is in no source" for t in sorted(set(translated) - set(terms))]
    fuzzy = [f"{name}: fuzzy entries"] if re.search(r"^#,.*fuzzy", po.read_text(), re.M) else []
    return empty + extra + fuzzy


def read(path):
    """A catalogue as {text: translation}, its header and retired entries left out."""
    found = {}
    for source, target in ENTRY.findall(path.read_text()):
        found[_joined(source)] = _joined(target)
    found.pop("", None)
    return found


def _joined(lines):
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', lines))
