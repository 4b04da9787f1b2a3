"""Lint and the whole suite, browser tours included, on a database of its own.

./test                      everything
./test PATH... [options]    pytest's own arguments: -k, -x, --cov=addons, ...
"""

import os

from . import dev, setup, templates
from .shell import main


def entry(arguments):
    setup.ensure(browser_needed=True)
    with dev.site() as site:
        name = f"test_{os.getpid()}"
        log = templates.clone_ours(site, name)
        os.environ["CANTONEIRA_INSTALL_LOG"] = str(log)
        try:
            return dev.pytest(site, name, arguments)
        finally:
            site.drop(name)


if __name__ == "__main__":
    main(entry)
