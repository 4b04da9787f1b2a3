"""Databases that are prepared once and copied often."""

import hashlib

from . import locks
from .paths import LOCAL
from .shell import say

# Odoo's own modules that every addon of ours stands on, or that a user misses. They
# are named one by one because --skip-auto-install keeps out everything unnamed.
CORE = """
    base mrp sale_management sale_stock sale_mrp sale_margin purchase_stock
    purchase_mrp mrp_account sale_purchase l10n_br l10n_br_sales account delivery
    stock_delivery base_import rpc auth_totp api_doc resource_mail
    sale_purchase_stock sale_stock_margin
""".split()


def core(site):
    """The database with Odoo's own modules only; made at first use."""
    key = hashlib.sha256(" ".join(CORE).encode()).hexdigest()[:8]
    name = f"core_{key}"
    if name not in site.cluster.databases():
        say("installing Odoo's own modules once (about a minute)")
        site.drop(f"{name}_new")
        site.create(f"{name}_new", CORE)
        site.rename(f"{name}_new", name)
    return name


def clone_core(site, target):
    """Copy the core database. One at a time: PostgreSQL copies no database in use."""
    with locks.held(LOCAL / f"core-{site.cluster.name}.lock"):
        site.clone(core(site), target)
