"""Debian's packages without installing them: a private apt, its own lists and cache.

It works for an ordinary user and changes nothing on the machine. apt checks the
archive's signature; the machine's own apt.conf stays in force.
"""

import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

from . import system, versions
from .paths import LOCAL
from .shell import Stop, run, say

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
VARIABLE = "CANTONEIRA_DEBIAN_MIRROR"
HOME = LOCAL / "apt"

SOURCE = """\
Types: deb
URIs: {mirror}
Suites: {base} {odoo}
Components: main
Signed-By: {keyring}
"""
# Only what the base suite lacks comes from the other one.
PREFERENCES = """\
Package: *
Pin: release n={base}
Pin-Priority: 900
"""


def mirror():
    """The Debian mirror of this machine's own apt sources, or the variable's."""
    if os.environ.get(VARIABLE):
        return os.environ[VARIABLE]
    wanted = "$(REPO_URI) $(ORIGIN) $(LABEL)"
    lines = run("apt-get", "indextargets", "--format", wanted).splitlines()
    # Origins are known only after a first `apt-get update`; the path tells before.
    named = [line.split()[0] for line in lines if line.endswith(" Debian Debian")]
    shaped = [
        line.split()[0] for line in lines if re.search(r"/debian(\.list)?/?$", line.split()[0])
    ]
    if not named and not shaped:
        raise Stop(
            f"No Debian mirror is known here: set {VARIABLE} to one's address and run this again."
        )
    return (named or shaped)[0]


def fetch(packages, folder):
    """Download the newest allowed version of packages; gives the files."""
    system.ensure("debian-archive-keyring")
    options = _prepare()
    run("apt-get", *options, "update")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run("apt-get", *options, "download", *packages, cwd=folder)
    return sorted(folder.glob("*.deb"))


def _prepare():
    """Write the private apt's folders; gives the options that make apt use them."""
    for name in ("lists/partial", "cache/archives/partial", "sources", "preferences"):
        (HOME / name).mkdir(parents=True, exist_ok=True)
    (HOME / "status").touch()
    names = {"mirror": mirror(), "keyring": KEYRING, **versions.DEBIAN}
    (HOME / "sources/debian.sources").write_text(SOURCE.format(**names))
    (HOME / "preferences/base").write_text(PREFERENCES.format(**names))
    options = {
        "Dir::State": HOME,
        "Dir::State::Lists": HOME / "lists",
        "Dir::State::status": HOME / "status",
        "Dir::Cache": HOME / "cache",
        "Dir::Etc::SourceList": "/dev/null",
        "Dir::Etc::SourceParts": HOME / "sources",
        "Dir::Etc::Preferences": "/dev/null",
        "Dir::Etc::PreferencesParts": HOME / "preferences",
        # A list that cannot be fetched or verified is an error, not a warning.
        "APT::Update::Error-Mode": "any",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
    }
    return [word for key, value in options.items() for word in ("-o", f"{key}={value}")]


def unpack(deb, target, wanted=lambda name: True):
    """Unpack the wanted files of a package in one pass."""
    with subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE
    ) as process:
        with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
            for member in archive:
                member.name = member.name.removeprefix("./")
                if wanted(member.name):
                    # Debian's signed packages are trusted like installed ones; early
                    # 3.11 has no extraction filter to name anyway.
                    member.uid, member.gid = os.geteuid(), os.getegid()
                    archive.extract(member, target)
    if process.returncode:
        raise Stop(f"{deb} is damaged: remove {LOCAL / 'apt'} and run this again.")


def version(deb):
    return run("dpkg-deb", "-f", deb, "Version").strip()


def fetch_tool(package, program):
    """A single program of a package, unpacked; gives its path."""
    home = LOCAL / "tools" / package
    found = home / program
    if not found.exists():
        say(f"{package}: unpacking Debian's package")
        for deb in fetch([package], home / "debs"):
            unpack(deb, home)
    return found
