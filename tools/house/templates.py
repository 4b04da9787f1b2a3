"""Databases that are prepared once and copied often."""

import hashlib

from . import locks, modules, source
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
    name = f"core_{_key(CORE, source.ensure())}"
    if name not in site.cluster.databases():
        say("installing Odoo's own modules once (about a minute)")
        _forget(site, "core_")
        _build(site, name, lambda fresh: site.create(fresh, CORE))
    return name


def clone_core(site, target):
    """Copy the core database. One at a time: PostgreSQL copies no database in use."""
    with _lock(site):
        site.clone(core(site), target)


def clone_ours(site, target):
    """Copy the database with all our addons; gives the log of their installation."""
    with _lock(site):
        base = core(site)
        name = f"ours_{_key(base, modules.fingerprints(modules.ours()))}"
        log = site.files / "log" / f"{name}.log"
        if name not in site.cluster.databases():
            say("installing our addons for the tests")
            _forget(site, "ours_")
            log.parent.mkdir(parents=True, exist_ok=True)
            _build(site, name, lambda fresh: log.write_text(_install(site, base, fresh)))
        site.clone(name, target)
        return log


def _install(site, base, fresh):
    site.clone(base, fresh)
    log = site.install(fresh, modules.ours())
    # A test rolls back what its browser made the server compile, so that each would compile it again.
    return log + site.script(fresh, "env['ir.qweb']._pregenerate_assets_bundles(); env.cr.commit()")


def _build(site, name, make):
    """Make a database under another name first: half a one is never copied."""
    site.drop(f"{name}_new")
    make(f"{name}_new")
    site.rename(f"{name}_new", name)


def _forget(site, prefix):
    for name in site.cluster.databases():
        if name.startswith(prefix):
            site.drop(name)


def _key(*parts):
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]


def _lock(site):
    return locks.held(LOCAL / f"templates-{site.cluster.name}.lock")
