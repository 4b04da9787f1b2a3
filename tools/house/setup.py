"""Everything that must be there before Odoo starts, in order."""

from . import locks, python, source, system
from .paths import LOCAL
from .shell import Stop, say

BROWSER = ("chromium", "fonts-dejavu-core", "fonts-liberation")


def ensure(browser_needed=False):
    """Set up what is missing; quick when nothing is. Gives Odoo's version."""
    with locks.held(LOCAL / "setup.lock"):
        _ensure_programs(browser_needed)
        folder, version = source.ensure()
        python.ensure(folder)
        return version


def _ensure_programs(browser_needed):
    """Without Chromium Odoo runs, but prints no PDF, draws no barcode on
    Python 3.13 (its libraries come along) and tests no page."""
    try:
        system.ensure("postgresql", *BROWSER)
    except Stop as stop:
        if browser_needed or system.missing("postgresql"):
            raise
        say(f"no PDF and no barcode until Chromium is there. {stop}")
