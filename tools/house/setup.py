"""Everything that must be there before Odoo starts, in order."""

import os

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
        _ensure_solver()
        return version


def _ensure_solver():
    try:
        python.ensure_solver()
    except Stop as stop:
        say(f"suggested sequences by quick rules only until OR-Tools is there. {stop}")


def _ensure_programs(browser_needed):
    """Without Chromium Odoo runs, but prints no PDF and tests no page."""
    if os.geteuid() and system.missing("postgresql"):
        system.ensure("postgresql", *BROWSER)  # says at once all there is to ask for
    system.ensure("postgresql")
    try:
        system.ensure(*BROWSER)
    except Stop as stop:
        if browser_needed:
            raise
        # Its libraries draw the barcodes on Python 3.13.
        say(f"no PDF and no barcode until Chromium is there. {stop}")
