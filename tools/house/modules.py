"""Our addons: which there are, what they need, and whether they changed."""

import ast
import hashlib

from .paths import ADDONS

# What no database depends on: a change of these asks for no update.
UNSEEN = {"tests", "__pycache__", "README.md", "DEVELOP.md"}


def manifest(name):
    return ast.literal_eval((ADDONS / name / "__manifest__.py").read_text())


def ours():
    """All addons of this checkout, by name."""
    return sorted(p.parent.name for p in ADDONS.glob("*/__manifest__.py"))


def needed(names):
    """The addons of ours among `names` and what they depend on."""
    found, waiting = set(), [n for n in names if n in ours()]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [d for d in manifest(name)["depends"] if d in ours()]
    return sorted(found)


def fingerprint(name):
    """A hash of everything in the addon that a database depends on."""
    digest = hashlib.sha256()
    for path in sorted((ADDONS / name).rglob("*")):
        inside = path.relative_to(ADDONS / name)
        if path.is_file() and not UNSEEN & set(inside.parts):
            digest.update(f"{inside}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def fingerprints(names):
    return {name: fingerprint(name) for name in names}
