"""A private PostgreSQL cluster inside the checkout, reached by its socket only."""

import contextlib
import fcntl
import os
import re
import shutil
import stat
import tempfile
from pathlib import Path

from . import locks
from .paths import CHECKOUT, LOCAL
from .shell import Stop, run, say

# initdb refuses root, so root runs the servers as the user Debian made for them.
SERVER_USER = "postgres" if os.geteuid() == 0 else None
PROGRAMS = Path("/usr/lib/postgresql")
ROLE = "odoo"  # Odoo refuses to work as `postgres`

COMMON = {
    "listen_addresses": "''",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "timezone": "UTC",
}
# Nothing in a throw-away cluster is worth a disk flush.
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "5min",
}


def binaries(version=None):
    """The folder of the server programs: the newest, or of a version."""
    found = {p.parent.parent.name: p.parent for p in PROGRAMS.glob("*/bin/initdb")}
    if not found:
        raise Stop("PostgreSQL is missing: as root, run `apt-get install postgresql`.")
    if version and version not in found:
        raise Stop(
            f"The databases here were written by PostgreSQL {version}, which is gone:"
            f" as root, run `apt-get install postgresql-{version}`."
        )
    return found[version or max(found, key=int)]


class Cluster:
    """One PostgreSQL server; the last one who uses it stops it."""

    def __init__(self, name, throw_away):
        self.name = name
        self.throw_away = throw_away
        self.home = self._home()
        self.data = self.home / "data"
        # Socket paths are limited to 107 bytes, so they cannot stand in the checkout.
        self.socket = Path(tempfile.gettempdir(), f"cantoneira-{os.geteuid()}-{CHECKOUT}-{name}")
        self.start_lock = LOCAL / f"postgres-{name}.start.lock"
        self.users_lock = LOCAL / f"postgres-{name}.users.lock"

    def _home(self):
        """Inside the checkout, or beside Debian's when its user cannot go there."""
        inside = LOCAL / f"postgres-{self.name}"
        if not SERVER_USER:
            return inside
        LOCAL.mkdir(exist_ok=True)
        command = ["runuser", "-u", SERVER_USER, "--", "test", "-x", str(LOCAL)]
        reachable = not os.spawnvp(os.P_WAIT, command[0], command)
        outside = Path("/var/lib/postgresql", f"cantoneira-{CHECKOUT}-{self.name}")
        return inside if reachable else outside

    def _server(self, program, *arguments):
        prefix = ["runuser", "-u", SERVER_USER, "--"] if SERVER_USER else []
        return run(*prefix, self.binaries() / program, *arguments, cwd="/")

    def binaries(self):
        """The programs of the version that wrote the data."""
        written = self.data / "PG_VERSION"
        return binaries(written.read_text().strip() if written.exists() else None)

    @contextlib.contextmanager
    def running(self):
        """The cluster runs inside this block."""
        try:
            with locks.held(self.users_lock, fcntl.LOCK_SH):
                with locks.held(self.start_lock):
                    self._start()
                yield self
        finally:
            self._stop_when_alone()

    def _stop_when_alone(self):
        with locks.held(self.start_lock), locks.try_held(self.users_lock) as alone:
            if alone and self._is_up():
                self._halt()
                self.socket.rmdir()

    def _start(self):
        if not (self.home / "complete").exists():
            self._create()
        self._private_folder(self.socket)
        if not self._is_up():
            self._launch(COMMON | (THROW_AWAY if self.throw_away else {}))

    def _launch(self, settings):
        options = " ".join(f"-c {key}={value}" for key, value in settings.items())
        self._server(
            "pg_ctl",
            *("-D", self.data, "-w", "-t", "60", "-l", self.home / "server.log"),
            *("-o", f"-k {self.socket} {options}", "start"),
        )

    def _halt(self):
        self._server("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def _is_up(self):
        program = str(self.binaries() / "pg_isready")
        return not os.spawnv(os.P_WAIT, program, [program, "-q", "-h", str(self.socket)])

    def _create(self):
        say(f"PostgreSQL: new private cluster '{self.name}'")
        shutil.rmtree(self.home, ignore_errors=True)
        self._private_folder(self.home)
        self._private_folder(self.socket)
        # Only who may enter the socket's folder can connect: no password needed.
        self._server(
            "initdb",
            *("-D", self.data, "-U", "postgres", "--auth=trust"),
            *("--encoding=UTF8", "--locale=C", "--no-sync"),
        )
        self._launch(COMMON)
        self.sql(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        # Every new database copies template1. Odoo logs an error when its search
        # without accents cannot be indexed, hence IMMUTABLE.
        self.sql("CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent", "template1")
        self.sql("ALTER FUNCTION unaccent(text) IMMUTABLE", "template1")
        self._halt()
        (self.home / "complete").touch()

    def _private_folder(self, path):
        """Make a folder only the server's user can enter; refuse somebody else's."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if SERVER_USER:
            shutil.chown(path, SERVER_USER, SERVER_USER)
        status = path.lstat()
        mine = status.st_uid == os.geteuid() or SERVER_USER
        if not (stat.S_ISDIR(status.st_mode) and mine and not status.st_mode & 0o077):
            raise Stop(f"{path} belongs to somebody else: remove it.")

    def sql(self, statement, database="postgres"):
        """Run a statement as the superuser; gives psql's bare output."""
        return run(
            self.binaries() / "psql",
            *("-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1"),
            *("-h", self.socket, "-U", "postgres", "-d", database, "-c", statement),
        ).strip()

    def databases(self):
        return self.sql("SELECT datname FROM pg_database WHERE NOT datistemplate").split()

    def clone(self, source, target):
        """Copy a database; idle connections to the source are closed first."""
        self.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{source}' AND state = 'idle'"
        )
        self.sql(f'CREATE DATABASE "{target}" OWNER {ROLE} TEMPLATE "{source}"')

    def create(self, name):
        self.clone("template1", name)

    def drop(self, name):
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def rename(self, source, target):
        self.sql(f'ALTER DATABASE "{source}" RENAME TO "{target}"')


def check_name(name):
    """A database name that needs no quoting anywhere."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,47}", name):
        raise Stop(f"'{name}' is no database name: use a-z, 0-9 and _, a letter first.")
    return name
