"""Odoo's source: Debian's package unpacked here, or the checkout ODOO_SRC names."""

import os
import shutil
from pathlib import Path

from . import debian, versions
from .paths import LOCAL
from .shell import Stop, say

HOME = LOCAL / "odoo"
PACKAGES = "usr/lib/python3/dist-packages/"
# The package's links lead into these; the same tree keeps them whole.
COMPANIONS = (
    "fonts-font-awesome fonts-inconsolata fonts-montserrat fonts-ocr-b"
    " fonts-roboto-unhinted libjs-jquery libjs-jquery-form libjs-underscore"
    " python3-cairo"  # barcodes on Python 3.13, see requirements/odoo.in
).split()
LANGUAGES = {"pt.po", "pt_BR.po", "es.po"}
# Debian left this library out, and the web client asks for it.
LEFT_OUT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def ensure():
    """Have Odoo's source; gives the folder to import it from and its version."""
    if os.environ.get("ODOO_SRC"):
        return _other_checkout(Path(os.environ["ODOO_SRC"]).resolve())
    stamp = HOME / "VERSION"
    seen = stamp.read_text().split() if stamp.exists() else []
    # The second word: what versions.toml asked for when this was unpacked.
    if seen[1:] != [versions.ODOO["package"]]:
        seen = [_unpack(), versions.ODOO["package"]]
        stamp.write_text(" ".join(seen))
    return HOME / PACKAGES, seen[0]


def _other_checkout(path):
    release = path / "odoo" / "release.py"
    if not release.exists():
        raise Stop(f"ODOO_SRC={path} holds no odoo/release.py: name a checkout's root.")
    return path, f"checkout {path}"


def _unpack():
    say(f"Odoo {versions.ODOO['series']}: fetching Debian's package (130 MB)")
    package = f"odoo-{versions.ODOO['series'].partition('.')[0]}"
    debs = debian.fetch([package, *COMPANIONS], LOCAL / "debs")
    fresh = HOME.with_name("odoo.new")
    shutil.rmtree(fresh, ignore_errors=True)
    say("Odoo: unpacking")
    for deb in debs:
        debian.unpack(deb, fresh, wanted)
    lacking = fresh / PACKAGES / LEFT_OUT
    lacking.parent.mkdir(parents=True, exist_ok=True)
    lacking.touch()
    version = debian.version(next(d for d in debs if d.name.startswith(package)))
    _check(version)
    shutil.rmtree(HOME, ignore_errors=True)
    fresh.rename(HOME)
    shutil.rmtree(LOCAL / "debs")
    return version


def wanted(name):
    """Odoo itself and the languages of ours: a third of the package."""
    if name.startswith(PACKAGES):
        foreign = name.endswith(".po") and Path(name).name not in LANGUAGES
        ours = name.startswith((f"{PACKAGES}odoo/", f"{PACKAGES}cairo/"))
        return ours and not foreign
    return name.startswith("usr/share/")


def _check(version):
    if not version.startswith(versions.ODOO["series"]):
        raise Stop(
            f"The mirror has Odoo {version}, not {versions.ODOO['series']}:"
            " set ODOO_SRC to a checkout of it."
        )
    if version != versions.ODOO["package"]:
        say(f"Odoo {version} is newer than the tested {versions.ODOO['package']}")
