"""What the template database's installation and our addons' texts must fulfil."""

import io
import os
import re
from pathlib import Path

import polib
import pytest
from house import modules
from house.paths import ADDONS

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name
from odoo.tools.translate import trans_export

from conftest import read_allowed


def test_addons_install_without_warnings():
    log = os.environ.get("CANTONEIRA_INSTALL_LOG")
    if not log:
        pytest.skip("only ./test installs the addons anew; tools/dev does not")
    allowed = read_allowed()
    lines = re.findall(
        r"^\S+ \S+ \d+ ((?:WARNING|ERROR|CRITICAL) .*)$", Path(log).read_text(), re.M
    )
    assert not [line for line in lines if not any(p.search(line) for p in allowed)]


def exported(addon):
    """The addon's texts, as Odoo exports them from the database with all our addons."""
    target = io.BytesIO()
    with Registry(get_db_name()).cursor() as cursor:
        environment = Environment(cursor, SUPERUSER_ID, {})
        trans_export(None, [addon], target, "po", environment)
    return {entry.msgid for entry in polib.pofile(target.getvalue().decode())}


def template(addon):
    """The entries of the addon's .pot, by text."""
    path = ADDONS / addon / "i18n" / f"{addon}.pot"
    assert path.exists(), f"run tools/i18n export {addon}"
    return {entry.msgid: entry for entry in polib.pofile(str(path))}


def of_a_field(entry):
    return all(place.startswith("model:ir.model.fields,") for place, _ in entry.occurrences)


@pytest.mark.parametrize("addon", modules.ours())
def test_template_of_translations_is_up_to_date(addon):
    now, kept = exported(addon), template(addon)
    # A higher addon may give a lower one's field another label or help. That text is
    # in the higher one's template, and the lower one's is in no database with both.
    anywhere = {text for name in modules.ours() for text in template(name)}
    gone = {text for text in set(kept) - now if not of_a_field(kept[text])}
    assert (now - anywhere, gone) == (set(), set()), f"run tools/i18n export {addon}"
