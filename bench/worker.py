"""Runs inside Odoo, on a throw-away database: `python worker.py CONFIG TASK [OPTIONS as JSON]`.

Every step has its own cursor and environment, like a request of its own. The
costs are printed as one JSON document on the last line.
"""

import contextlib
import json
import logging
import sys

import odoo.cli  # noqa: F401  (makes odoo.addons importable)
from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import config


def main(config_file, task, options="{}"):
    config.parse_config(
        ["-c", config_file, "--no-http", "--max-cron-threads=0", "--log-level=warn"],
        setup_logging=True,
    )
    logging.getLogger("odoo.modules.loading").setLevel(logging.ERROR)
    import catalogue
    import planning
    import scenario
    import volume

    site = Site(config["db_name"][0] if isinstance(config["db_name"], list) else config["db_name"])
    options = json.loads(options)
    if task == "prepare":
        catalogue.prepare(site, **options)
        print("{}")
    elif task == "volume":
        print(json.dumps(volume.measure(site, **options)))
    elif task == "plan":
        print(json.dumps(planning.measure(site, **options)))
    else:
        print(json.dumps(scenario.measure(site, **options)))


class Site:
    """A database, opened as often as one likes."""

    def __init__(self, name):
        self.registry = Registry(name)

    @contextlib.contextmanager
    def request(self, uid=2, **context):
        """A fresh environment of a user; committed when the block ends well."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, uid, {"lang": "pt_BR", "tz": "America/Sao_Paulo", **context})
            yield env
            env.flush_all()


if __name__ == "__main__":
    main(*sys.argv[1:])
