"""Copies of a database that ./run serves, with its files, through Odoo's own dump.

  tools/backup FILE.zip [--database NAME]
  tools/restore FILE.zip --database NAME [--neutralize]

A restore never overwrites: NAME must be new. --neutralize stops its e-mail, payment
and scheduled jobs, for a copy to try things on.
"""

import argparse
from pathlib import Path

from . import server, setup
from .paths import ROOT
from .postgres import Cluster, check_name
from .server import Site
from .shell import Stop, main, run, say


def entry(arguments):
    parser = argparse.ArgumentParser("tools/backup or tools/restore")
    parser.add_argument("task", choices=("dump", "load"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--database", type=check_name, default="cantoneira")
    parser.add_argument("--neutralize", action="store_true")
    chosen = parser.parse_args(arguments)
    setup.ensure()
    with Cluster("run", throw_away=False).running() as cluster:
        there = chosen.database in cluster.databases()
        return TASKS[chosen.task](Site(cluster), chosen, there)


def dump(site, chosen, there):
    if not there:
        raise Stop(f"There is no database '{chosen.database}' to copy.")
    if chosen.file.exists():
        raise Stop(f"{chosen.file} exists already: name another file.")
    odoo_db(site, "dump", chosen.database, chosen.file.absolute())
    say(f"{chosen.file}: {chosen.file.stat().st_size / 1e6:.0f} MB")


def load(site, chosen, there):
    if there:
        raise Stop(f"'{chosen.database}' exists already: restore under another name.")
    if not chosen.file.exists():
        raise Stop(f"There is no file {chosen.file}.")
    flags = ["--neutralize"] if chosen.neutralize else []
    odoo_db(site, "load", *flags, chosen.database, chosen.file.absolute())
    say(f"ready: ./run --database {chosen.database}")


def odoo_db(site, *words):
    """Odoo's `db` command on the cluster of ./run."""
    config = site.config("backup", db_name="", pg_path=site.cluster.binaries())
    run(*server.command(config, "db"), *words, cwd=ROOT, env=server.environment())


TASKS = {"dump": dump, "load": load}

if __name__ == "__main__":
    main(entry)
