"""Set up everything and serve Odoo with the addons of this checkout."""

import argparse
import contextlib
import ctypes
import fcntl
import http.client
import signal
import socket
import subprocess
import sys
import time

from . import locks, modules, setup, templates
from .paths import LOCAL, ROOT
from .postgres import Cluster, check_name
from .server import Site, command, environment
from .shell import Stop, main, say

# The addons that make a factory, with and without its story.
FACTORY = (
    "cantoneira_stock cantoneira_mrp cantoneira_sale cantoneira_terms cantoneira_purchase"
    " cantoneira_br cantoneira_reel cantoneira_portal cantoneira_import cantoneira_floor"
    " cantoneira_floor_reel cantoneira_dispatch cantoneira_quality cantoneira_surplus"
    " cantoneira_results"
).split()
STORY = ["cantoneira_demo"]
USERS = "vendas gerente producao estoque expedicao financeiro".split()


def options(arguments):
    parser = argparse.ArgumentParser("./run", description=__doc__)
    parser.add_argument("--port", type=int, default=8069, help="default: 8069")
    parser.add_argument("--database", default="cantoneira", help="default: cantoneira")
    parser.add_argument(
        "--empty", action="store_true", help="a new database without the demo company"
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=0,
        help="processes; 0 is one with threads. More need config/nginx.conf in front",
    )
    parser.add_argument(
        "--reset", action="store_true", help="delete the database first; asks before"
    )
    chosen = parser.parse_args(arguments)
    check_name(chosen.database)
    return chosen


def entry(arguments):
    chosen = options(arguments)
    # Until Odoo runs, being asked to end means to undo what was begun.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    started = time.monotonic()
    with alone_on(chosen.database):
        check_port(chosen.port)
        setup.ensure()
        with Cluster("run", throw_away=False).running() as cluster:
            site = Site(cluster)
            prepare(site, chosen)
            return serve(site, chosen, started)


@contextlib.contextmanager
def alone_on(database):
    try:
        with locks.held(LOCAL / f"run-{database}.lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield
    except BlockingIOError:
        raise Stop(
            f"Another ./run serves the database '{database}': stop that one, or name"
            " another with --database and --port."
        ) from None


def check_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Stop(f"Port {port} is taken: choose another one with --port.") from None


def prepare(site, chosen):
    """Have the database, with the addons as they are now."""
    name = chosen.database
    if chosen.reset and name in site.cluster.databases():
        confirm_reset(name)
        site.drop(name)
    if name not in site.cluster.databases():
        create(site, name, chosen.empty)
        return
    site.catch_up(name)
    # The story never enters a database that somebody may use in earnest.
    installed = site.installed(name)
    if new := [n for n in wanted(empty=True) if n not in installed]:
        say(f"{name}: installing {', '.join(new)}")
        site.install(name, new)


def confirm_reset(name):
    if not sys.stdin.isatty():
        raise Stop("--reset asks before it deletes: run it in a terminal.")
    answer = input(f"Delete the database '{name}' and all it holds? Type its name: ")
    if answer != name:
        raise Stop("Nothing was deleted.")


def create(site, name, empty):
    """Install under another name first: half a database is never served."""
    say(f"{name}: installing Odoo and the addons (about two minutes)")
    fresh = f"{name}_new"
    site.drop(fresh)
    site.create(fresh, [*templates.CORE, *wanted(empty)])
    site.rename(fresh, name)


def wanted(empty):
    """Those of our addons that are there."""
    names = FACTORY if empty else FACTORY + STORY
    return [name for name in names if name in modules.ours()]


def serve(site, chosen, started):
    """Run Odoo until it is asked to end; gives its exit code."""
    log = site.files / "log" / f"{chosen.database}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    config = site.config(
        chosen.database,
        http_port=chosen.port,
        gevent_port=chosen.port + 3,
        workers=chosen.workers,
        logfile=log,
    )
    # In a group of its own, so that Ctrl-C reaches it once, through us.
    odoo = subprocess.Popen(
        [str(word) for word in command(config)],
        env=environment(),
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=end_with_parent,
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: odoo.send_signal(number))
    if wait_until_answering(odoo, chosen.port):
        welcome(site, chosen, log, time.monotonic() - started)
    code = odoo.wait()
    if code:
        raise Stop(f"Odoo ended with {code}: the reason is at the end of {log}.")
    say("ended")
    return 0


def end_with_parent():
    """Ask the kernel to end this process when ./run is killed."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def wait_until_answering(odoo, port):
    while odoo.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/web/login")
            if connection.getresponse().status == 200:
                return True
        time.sleep(0.3)
    return False


def welcome(site, chosen, log, seconds):
    logins = set(site.cluster.sql("SELECT login FROM res_users", chosen.database).split())
    users = [name for name in USERS if name in logins]
    say(f"ready after {seconds:.0f} s; log: {log.relative_to(ROOT)}; Ctrl-C ends it")
    print(f"\n  http://127.0.0.1:{chosen.port}/odoo")
    print(f"  users: {', '.join([*users, 'admin'])} (password = user)\n", flush=True)


if __name__ == "__main__":
    main(entry)
