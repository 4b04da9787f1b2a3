"""tools/dev: throw-away databases for who writes addons.

  tools/dev db NAME [ADDON ...]          new database with these addons (or all of ours)
  tools/dev update NAME [ADDON ...]      -u these addons (or all that changed)
  tools/dev test NAME PATH... [options]  pytest on a clone of NAME, updated when needed
  tools/dev serve NAME --port N          web server on 127.0.0.1, login admin/admin
  tools/dev shell NAME                   Odoo's Python shell
  tools/dev psql NAME                    the database's own prompt
  tools/dev drop NAME                    remove it
  tools/dev list                         what there is

Several people may use it at the same time on different names.
"""

import hashlib
import os
import socket
import subprocess

from . import locks, modules, odoo
from .odoo import Site
from .paths import LOCAL, PYTHON, ROOT
from .postgres import Cluster, binaries, check_name
from .shell import Stop, main, say

# Core modules that every addon of ours stands on, installed once and copied.
CORE = (
    "mrp sale_management sale_stock sale_mrp sale_margin purchase_stock purchase_mrp"
    " mrp_account sale_purchase l10n_br l10n_br_sales account delivery stock_delivery"
    " base_import rpc auth_totp api_doc resource_mail sale_purchase_stock sale_stock_margin"
).split()


def core_database(site):
    """The database with core modules only; made at first use."""
    key = hashlib.sha256(" ".join(CORE).encode()).hexdigest()[:8]
    name = f"core_{key}"
    with locks.held(LOCAL / f"{name}.lock"):
        if name not in site.cluster.databases():
            say("installing Odoo's own modules once (about a minute)")
            site.drop(f"{name}_new")
            site.create(f"{name}_new", ["base", *CORE])
            site.rename(f"{name}_new", name)
    return name


def db(site, name, *addons):
    core = core_database(site)
    site.drop(name)
    with locks.held(LOCAL / f"{core}.lock"):
        site.clone(core, name)
    addons = list(addons) or modules.ours()
    if addons:
        say(f"{name}: installing {', '.join(addons)}")
        site.install(name, addons)
    say(f"{name}: ready")


def update(site, name, *addons):
    if addons:
        site.update(name, list(addons))
    else:
        site.catch_up(name)


def test(site, name, *arguments):
    with locks.held(LOCAL / f"{name}.lock"):
        site.catch_up(name)
        clone = f"{name[:30]}_test_{os.getpid()}"
        site.clone(name, clone)
    try:
        config = site.config(clone, port=free_port())
        options = [f"--odoo-config={config}", f"--odoo-database={clone}"]
        options += ["--odoo-http", "--odoo-log-level=warn"]
        command = [str(PYTHON), "-m", "pytest", *options, "-rs", *arguments]
        return subprocess.call(command, cwd=ROOT, env=odoo.environment())
    finally:
        site.drop(clone)


def serve(site, name, *arguments):
    port = (
        int(arguments[arguments.index("--port") + 1]) if "--port" in arguments else 8069
    )
    say(f"http://127.0.0.1:{port}/odoo  admin / admin")
    return odoo.serve(site.command(site.config(name, port=port)))


def shell(site, name, *arguments):
    return odoo.serve(
        [*site.command(site.config(name), "shell"), "--no-http", *arguments]
    )


def psql(site, name, *arguments):
    socket_folder = str(site.cluster.socket)
    command = [
        str(binaries() / "psql"),
        "-h",
        socket_folder,
        "-U",
        "odoo",
        name,
        *arguments,
    ]
    return subprocess.call(command)


def drop(site, name):
    site.drop(name)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


COMMANDS = {f.__name__: f for f in (db, update, test, serve, shell, psql, drop)}


def entry(arguments):
    if arguments == ["list"]:
        with Cluster("dev", throw_away=True).running() as cluster:
            print("\n".join(cluster.databases()))
        return 0
    if len(arguments) < 2 or arguments[0] not in COMMANDS:
        print(__doc__)
        return 2
    command, name, *rest = arguments
    with Cluster("dev", throw_away=True).running() as cluster:
        site = Site(cluster)
        check_name(name)
        if command not in ("db", "drop") and name not in cluster.databases():
            raise Stop(
                f"There is no database '{name}': make it with tools/dev db {name}."
            )
        return COMMANDS[command](site, name, *rest)


if __name__ == "__main__":
    main(entry)
