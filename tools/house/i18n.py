"""tools/i18n: the translations of our addons, through Odoo's own exporter.

  tools/i18n export [ADDON ...]   write i18n/<addon>.pot and bring pt_BR.po up to date

What a changed source leaves behind is retired from pt_BR.po; new texts stand there
with an empty translation, which tools/lint refuses until somebody writes it.
"""

import os

from . import dev, modules, server
from .paths import ADDONS, PYTHON, ROOT
from .shell import Stop, main, run, say


def export(names):
    with dev.site() as site:
        for addon in names:
            export_one(site, addon)
    folders = [ADDONS / addon / "i18n" for addon in names]
    run(PYTHON, ROOT / "tools/house/merge_po.py", *folders)
    for addon in names:
        say(f"addons/{addon}/i18n: exported")


def export_one(site, addon):
    """Write the template from a database without higher addons: those may change the
    labels of its fields, and such texts belong to them."""
    name = f"i18n_{os.getpid()}"
    try:
        dev.db(site, name, addon)
        command = server.command(site.config(name), "i18n", "export")
        (ADDONS / addon / "i18n").mkdir(exist_ok=True)
        run(*command, addon, cwd=ROOT, env=server.environment())
    finally:
        site.drop(name)


def entry(arguments):
    if not arguments or arguments[0] != "export":
        print(__doc__)
        return 2
    names = arguments[1:] or modules.ours()
    if unknown := set(names) - set(modules.ours()):
        raise Stop(f"There is no addon {', '.join(sorted(unknown))} in addons/.")
    export(names)
    return 0


if __name__ == "__main__":
    main(entry)
