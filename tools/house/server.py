"""Odoo as a program: its configuration, its databases and their files."""

import json
import os
import shutil
import subprocess

from . import modules
from .paths import ADDONS, LOCAL, PYTHON, ROOT
from .postgres import ROLE
from .shell import run, say


class Site:
    """Databases of one cluster, with the files that belong to them."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.files = LOCAL / f"files-{cluster.name}"

    # -- configuration -----------------------------------------------------

    def config(self, name, port=8069, **more):
        """Write the configuration file of a database; gives its path."""
        options = {
            "db_host": self.cluster.socket,
            "db_user": ROLE,
            "db_name": name,
            "db_template": "template1",
            "list_db": False,
            "unaccent": True,
            "addons_path": ADDONS,
            "data_dir": self.files,
            "http_interface": "127.0.0.1",
            "http_port": port,
            "gevent_port": port + 1,
            "server_wide_modules": "base,rpc,web",
            **more,
        }
        path = self.files / "config" / f"{name}.conf"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{key} = {value}" for key, value in options.items()]
        path.write_text("\n".join(["[options]", *lines, ""]))
        return path

    def odoo(self, name, *arguments, **config):
        """Run `odoo` on a database and wait for its end."""
        path = self.config(name, **config)
        return run(*command(path), *arguments, env=environment(), cwd=ROOT)

    # -- databases -----------------------------------------------------------

    def create(self, name, install):
        """A new database with some modules and Brazilian Portuguese."""
        self.cluster.create(name)
        self.install(name, install, "--load-language=pt_BR")

    def install(self, name, names, *arguments):
        self._change(name, "-i", names, "--skip-auto-install", *arguments)

    def update(self, name, names):
        self._change(name, "-u", names, "--i18n-overwrite")

    def _change(self, name, flag, names, *arguments):
        self.odoo(
            name,
            *(flag, ",".join(names), "--stop-after-init", "--no-http"),
            *("--max-cron-threads=0", "--log-level=warn", *arguments),
        )
        self.remember(name)

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

    def remember(self, name):
        ours = self.installed(name) & set(modules.ours())
        self._memory(name).parent.mkdir(parents=True, exist_ok=True)
        self._memory(name).write_text(json.dumps(modules.fingerprints(sorted(ours))))

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
    return [PYTHON, "-m", "odoo", *subcommand, "-c", config]


def environment(**more):
    """What Odoo sees of our environment: its time zone is always UTC."""
    # PYTHONPATH found this package; Odoo must not see it.
    mine = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return mine | {"TZ": "UTC"} | more


def serve(command):
    """Run Odoo in the foreground; gives its exit code."""
    return subprocess.call([str(word) for word in command], env=environment(), cwd=ROOT)
