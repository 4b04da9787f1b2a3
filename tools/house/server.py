"""Odoo as a program: its configuration, its databases and their files."""

import configparser
import json
import os
import shutil
import subprocess

from . import modules
from .paths import ADDONS, LOCAL, PYTHON, ROOT, SOLVER
from .postgres import ROLE
from .shell import run, say

BASE_CONFIG = ROOT / "config" / "odoo.conf"


class Site:
    """Databases of one cluster, with the files that belong to them."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.files = LOCAL / f"files-{cluster.name}"

    # -- configuration -----------------------------------------------------

    def config(self, name, **more):
        """Write a database's configuration, on top of config/odoo.conf."""
        file = configparser.RawConfigParser()
        file.read(BASE_CONFIG)
        options = {
            "db_host": self.cluster.socket,
            "db_user": ROLE,
            "db_name": name,
            "addons_path": ADDONS,
            "data_dir": self.files,
            **more,
        }
        file["options"].update({key: str(value) for key, value in options.items()})
        path = self.files / "config" / f"{name}.conf"
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "w") as target:
            file.write(target)
        return path

    def odoo(self, name, *arguments):
        """Run `odoo` on a database to its end; gives what it printed."""
        words = command(self.config(name))
        return run(*words, *arguments, env=environment(), cwd=ROOT)

    def script(self, name, python):
        """Run lines of Python in Odoo's shell; gives what they and the log printed."""
        words = [*command(self.config(name), "shell"), "--no-http", "--log-level=warn"]
        return run(*words, env=environment(), cwd=ROOT, input=python)

    # -- databases -----------------------------------------------------------

    def create(self, name, install):
        """A new database with some modules and Brazilian Portuguese."""
        self.cluster.create(name)
        return self.install(name, install, "--load-language=pt_BR")

    def install(self, name, names, *arguments):
        return self._change(name, "-i", names, "--skip-auto-install", *arguments)

    def update(self, name, names):
        return self._change(name, "-u", names, "--i18n-overwrite")

    def _change(self, name, flag, names, *arguments):
        # Taken before: what is saved meanwhile counts as a change the next time.
        now = modules.fingerprints(modules.ours())
        log = self.odoo(
            name,
            *(flag, ",".join(names), "--stop-after-init", "--no-http"),
            *("--max-cron-threads=0", "--log-level=warn", *arguments),
        )
        self._remember(name, now)
        return log

    def clone(self, source, target):
        self.cluster.clone(source, target)
        here = self.files / "filestore" / source
        there = self.files / "filestore" / target
        shutil.rmtree(there, ignore_errors=True)
        if here.exists():
            # Odoo never writes into an existing file of its store: links are enough.
            shutil.copytree(here, there, copy_function=os.link)
        if self._memory(source).exists():
            shutil.copy(self._memory(source), self._memory(target))

    def drop(self, name):
        self.cluster.drop(name)
        shutil.rmtree(self.files / "filestore" / name, ignore_errors=True)
        self._memory(name).unlink(missing_ok=True)
        (self.files / "config" / f"{name}.conf").unlink(missing_ok=True)

    def rename(self, source, target):
        self.cluster.rename(source, target)
        for folder, ending in (("filestore", ""), ("memory", ".json")):
            old = self.files / folder / f"{source}{ending}"
            if old.exists():
                old.rename(self.files / folder / f"{target}{ending}")

    def installed(self, name):
        query = "SELECT name FROM ir_module_module WHERE state = 'installed'"
        return set(self.cluster.sql(query, name).split())

    # -- what a database was last updated with ---------------------------------

    def _memory(self, name):
        return self.files / "memory" / f"{name}.json"

    def _remember(self, name, fingerprints):
        installed = self.installed(name)
        seen = {key: value for key, value in fingerprints.items() if key in installed}
        self._memory(name).parent.mkdir(parents=True, exist_ok=True)
        self._memory(name).write_text(json.dumps(seen))

    def changed(self, name):
        """Our installed addons that changed since the database saw them."""
        memory = self._memory(name)
        seen = json.loads(memory.read_text()) if memory.exists() else {}
        ours = sorted(self.installed(name) & set(modules.ours()))
        return [n for n in ours if modules.fingerprint(n) != seen.get(n)]

    def catch_up(self, name):
        """Update what changed; gives the names."""
        changed = self.changed(name)
        if changed:
            say(f"{name}: updating {', '.join(changed)}")
            self.update(name, changed)
        return changed


def command(config, *subcommand):
    return [PYTHON, ROOT / "tools" / "odoo-bin", *subcommand, "-c", config]


def environment(**more):
    """What Odoo sees of our environment: its time zone is always UTC."""
    # PYTHONPATH found this package; Odoo must not see it.
    mine = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return mine | {"TZ": "UTC", "CANTONEIRA_SOLVER": str(SOLVER)} | more


def serve(words):
    """Run a program of Odoo's in the foreground; gives its exit code."""
    return subprocess.call([str(word) for word in words], env=environment(), cwd=ROOT)
