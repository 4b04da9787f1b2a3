"""Bring each folder's pt_BR.po up to its .pot; runs with the environment's Python."""

import sys
from pathlib import Path

import polib

import odoo.addons

LANGUAGE = "pt_BR"
# They would change at every export and say nothing.
DATES = ("POT-Creation-Date", "PO-Revision-Date")


# Whose translation of the very same text is taken over, the first one first.
MEMORY = ("base", "web", "mail", "product", "stock", "mrp", "sale", "account")


def memory():
    """Odoo's own translations, {text: translation}."""
    found = {}
    for name in reversed(MEMORY):
        for root in map(Path, odoo.addons.__path__):
            for path in root.glob(f"{name}/i18n/{LANGUAGE}.po"):
                entries = polib.pofile(str(path)).translated_entries()
                found.update((entry.msgid, entry.msgstr) for entry in entries)
    return found


def merge(folder, known):
    template = polib.pofile(str(folder / f"{folder.parent.name}.pot"))
    for date in DATES:
        template.metadata.pop(date, None)
    template.save()
    path = folder / f"{LANGUAGE}.po"
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
    catalogue.metadata = template.metadata | {
        "Language": LANGUAGE,
        "Plural-Forms": "nplurals=2; plural=(n > 1);",
    }
    # polib's merge keeps translations by exact text and never guesses.
    catalogue.merge(template)
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    for entry in catalogue.untranslated_entries():
        entry.msgstr = known.get(entry.msgid, "")
    catalogue.sort(key=lambda entry: entry.msgid)
    catalogue.save(str(path))


if __name__ == "__main__":
    known = memory()
    for argument in sys.argv[1:]:
        merge(Path(argument), known)
