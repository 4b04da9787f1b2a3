"""What must be installed on the machine itself: Debian's or Ubuntu's packages."""

import os
import shutil
from pathlib import Path

from .shell import Stop, run, say

# package: how to see that it is there
PRESENT = {
    "postgresql": lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    "chromium": lambda: any(map(shutil.which, BROWSERS)),
    "fonts-dejavu-core": lambda: Path("/usr/share/fonts/truetype/dejavu").exists(),
    "fonts-liberation": lambda: any(Path("/usr/share/fonts").rglob("LiberationSans-*")),
    "npm": lambda: shutil.which("npm"),
    "debian-archive-keyring": lambda: any(
        Path("/usr/share/keyrings").glob("debian-archive-keyring.*")
    ),
}
BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")

# Debian would start a cluster of its own; ours is enough.
NO_MAIN_CLUSTER = Path("/etc/postgresql-common/createcluster.d/cantoneira.conf")


def missing(*packages):
    return [name for name in packages if not PRESENT[name]()]


def ensure(*packages):
    """Install what is missing, or say who can."""
    lacking = missing(*packages)
    if not lacking:
        return
    if os.geteuid():
        raise Stop(f"Missing here: as root, run `apt-get install {' '.join(lacking)}`.")
    say(f"installing Debian's {', '.join(lacking)}")
    if "postgresql" in lacking:
        NO_MAIN_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        NO_MAIN_CLUSTER.write_text("create_main_cluster = false\n")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", env=quiet)
    options = ("-y", "-q", "--no-install-recommends")
    run("apt-get", "install", *options, *lacking, env=quiet)
    if still := missing(*lacking):
        raise Stop(f"{', '.join(still)} could not be had from this machine's apt.")
