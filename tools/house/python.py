"""The virtual environment: locked packages, checked by their hashes."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys

from . import debian, versions
from .paths import LOCAL, PYTHON, ROOT, SOLVER, VENV
from .shell import Stop, run, say

LOCKS = ROOT / "requirements"
UV = LOCAL / "uv"


def ensure(source):
    """Have the environment, able to import Odoo from `source`."""
    _check_python()
    stamp = VENV / "complete"
    # base_prefix: the same whether the machine's Python asks or the environment's own.
    base = f"{sys.version} {sys.base_prefix}"
    lock = hashlib.sha256((LOCKS / "lock.txt").read_bytes()).hexdigest()
    key = f"{base}\n{source}\n{lock}"
    seen = stamp.read_text() if stamp.exists() else ""
    if seen == key:
        return
    say("Python: installing the locked packages")
    # Another set of packages is changed in place: somebody may be working with it.
    if not seen.startswith(f"{base}\n"):
        shutil.rmtree(VENV, ignore_errors=True)
        run(sys.executable, "-m", "venv", "--without-pip", VENV)
    sync(PYTHON, LOCKS / "lock.txt")
    paths = run(PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    with open(f"{paths.strip()}/odoo.pth", "w") as link:
        link.write(f"{source}\n")
    stamp.write_text(key)


def ensure_solver():
    """Have OR-Tools in a folder of its own, for the plan's suggestions; see requirements/solver.in."""
    lock = LOCKS / "solver.txt"
    stamp = SOLVER / "complete"
    key = f"{sys.version}\n{lock.read_text()}"
    if stamp.exists() and stamp.read_text() == key:
        return
    say("Python: installing OR-Tools")
    shutil.rmtree(SOLVER, ignore_errors=True)
    run(
        *(uv(), "pip", "install", "--python", PYTHON, "--target", SOLVER),
        *("--no-deps", "--require-hashes", "-r", lock),
        env=index_environment(),
    )
    stamp.write_text(key)


def sync(python, lock):
    """Make an environment hold exactly what a lock file says."""
    run(
        *(uv(), "pip", "sync", "--python", python, "--require-hashes", lock),
        env=index_environment(),
    )


def uv():
    """The pinned uv, installed by whatever pip there is."""
    program = UV / "bin" / "uv"
    stamp = UV / "complete"
    key = (LOCKS / "uv.txt").read_text()
    if not (stamp.exists() and stamp.read_text() == key):
        shutil.rmtree(UV, ignore_errors=True)
        command = ["install", "--quiet", "--require-hashes", "--target", UV]
        run(*_pip(), *command, "-r", LOCKS / "uv.txt")
        stamp.write_text(key)
    return program


def _pip():
    """A pip that runs: this Python's, or Debian's package, unpacked."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    main = debian.fetch_tool("python3-pip", "usr/lib/python3/dist-packages/pip")
    return [sys.executable, main]


def index_environment():
    """uv does not read pip's settings: hand it the index that pip would ask."""
    if {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & set(os.environ):
        return None
    asked = subprocess.run(
        [*map(str, _pip()), "config", "get", "global.index-url"],
        text=True,
        capture_output=True,
    )
    address = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    return os.environ | {"UV_DEFAULT_INDEX": address} if address else None


def _check_python():
    oldest, newest = versions.PYTHON["oldest"], versions.PYTHON["newest"]
    allowed = [tuple(map(int, v.split("."))) for v in (oldest, newest)]
    if not allowed[0] <= sys.version_info[:2] <= allowed[1]:
        raise Stop(
            f"Python {oldest} to {newest} is needed, and python3 here is"
            f" {sys.version.split()[0]}: put one of them first on the PATH."
        )
