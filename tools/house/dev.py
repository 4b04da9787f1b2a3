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

import contextlib
import os
import subprocess

from . import locks, modules, server, setup, templates
from .paths import LOCAL, PYTHON, ROOT
from .postgres import Cluster, check_name
from .server import Site
from .shell import Stop, main, say


@contextlib.contextmanager
def site():
    """The cluster of development and tests, running."""
    setup.ensure()
    with Cluster("dev", throw_away=True).running() as cluster:
        yield Site(cluster)


def db(site, name, *addons):
    """A new database, on top of the copy of Odoo's own modules."""
    site.drop(name)
    templates.clone_core(site, name)
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
        return pytest(site, clone, arguments)
    finally:
        site.drop(clone)


def pytest(site, name, arguments):
    """Run pytest on a database; gives its exit code."""
    options = [f"--odoo-config={site.config(name)}", f"--odoo-database={name}"]
    options += ["--odoo-http", "--odoo-log-level=warn"]
    command = [str(PYTHON), "-m", "pytest", *options, *arguments]
    return subprocess.call(command, cwd=ROOT, env=server.environment())


def serve(site, name, *arguments):
    port = int(arguments[arguments.index("--port") + 1]) if "--port" in arguments else 8069
    say(f"http://127.0.0.1:{port}/odoo  admin / admin")
    return server.serve(server.command(site.config(name, http_port=port, gevent_port=port + 3)))


def shell(site, name, *arguments):
    return server.serve([*server.command(site.config(name), "shell"), "--no-http", *arguments])


def psql(site, name, *arguments):
    socket_folder = str(site.cluster.socket)
    command = [
        str(site.cluster.binaries() / "psql"),
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


COMMANDS = {f.__name__: f for f in (db, update, test, serve, shell, psql, drop)}


def entry(arguments):
    if arguments == ["list"]:
        with site() as here:
            print("\n".join(here.cluster.databases()))
        return 0
    if len(arguments) < 2 or arguments[0] not in COMMANDS:
        print(__doc__)
        return 2
    command, name, *rest = arguments
    check_name(name)
    with site() as here:
        if command not in ("db", "drop") and name not in here.cluster.databases():
            raise Stop(f"There is no database '{name}': make it with tools/dev db {name}.")
        return COMMANDS[command](here, name, *rest)


if __name__ == "__main__":
    main(entry)
