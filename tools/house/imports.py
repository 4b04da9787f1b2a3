"""The direction of knowledge: a lower addon never names a higher one."""

import ast

from . import modules
from .paths import ADDONS, ROOT

# Who may know whom: each may know those to its left.
ORDER = (
    "report_chromium",
    "cantoneira_stock",
    "cantoneira_mrp",
    "cantoneira_floor",
    "cantoneira_reel",
    "cantoneira_sale",
    "cantoneira_terms",
    "cantoneira_purchase",
    "cantoneira_br",
)
# What comes to be later stands above all of these.
TEXT = {".xml", ".csv", ".js"}


def rank(addon):
    return ORDER.index(addon) if addon in ORDER else len(ORDER)


def higher(addon):
    return [name for name in modules.ours() if rank(name) > rank(addon)]


def check(fix=False):
    """Complaints about imports, dependencies and record ids that point upwards."""
    complaints = []
    for addon in modules.ours():
        above = higher(addon)
        for name in above:
            if name in modules.manifest(addon)["depends"]:
                complaints.append(f"{addon} depends on the higher {name}")
        for path in sorted((ADDONS / addon).rglob("*")):
            complaints += [f"{path.relative_to(ROOT)}: {what}" for what in named(path, above)]
    return "\n".join(complaints)


def named(path, above):
    """The higher addons that a file imports or refers to."""
    if path.suffix == ".py":
        imported = _imports(ast.parse(path.read_text()))
        return [f"imports {n}" for n in above if any(n in i.split(".") for i in imported)]
    if path.suffix in TEXT:
        text = path.read_text()
        return [f"refers to {n}" for n in above if f"{n}." in text or f"@{n}/" in text]
    return []


def _imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or ''}.{alias.name}" for alias in node.names)
