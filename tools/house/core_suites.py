"""tools/core_suites: Odoo's own tests, without and with our addons installed.

  tools/core_suites [--only MODULE]   run what has no result yet, then compare
  tools/core_suites --compare         compare the results there are
  tools/core_suites --again ...       forget the results first

A test that fails only with our addons is one we broke. Their tests assert what Odoo's
own settings give; those that our addons set otherwise when they are installed (see
SETTINGS) are set back first, so that only code is compared. Slow: about an hour.
Results stand under .local/core_suites and outlive an interruption.
"""

import argparse
import os
import re
import subprocess

from . import dev, modules, server, templates
from .paths import LOCAL, ROOT
from .shell import Stop, main, say

SUITES = ("stock", "mrp", "sale_stock", "sale_mrp", "sale_management")
SIDES = ("without", "with")
RESULTS = LOCAL / "core_suites"
# Odoo's runner ends a run with this line.
SUMMARY = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
FAILURE = re.compile(r"(?:FAIL|ERROR): (\w+\.\w+)")

# What anyone may set so in the settings, in Odoo's shell.
SETTINGS = """
env.ref("uom.decimal_product_uom").digits = 2
env.ref("stock.route_warehouse0_mto").active = False
env["ir.default"].set("res.company", "shortage_policy", "warn")
# Tests write midnight in UTC, which is the day before in São Paulo.
env["ir.default"].search([("field_id.name", "=", "tz")]).unlink()
env["res.users"].with_context(active_test=False).search([]).tz = "UTC"
env["res.company"].search([]).shortage_policy = "warn"
for warehouse in env["stock.warehouse"].search([]):
    warehouse.manu_type_id.reservation_method = "at_confirm"
    warehouse.manu_type_id.sequence_id.write(
        {"prefix": f"{warehouse.code}/MO/", "padding": 5}
    )
env.cr.commit()
"""


def entry(arguments):
    parser = argparse.ArgumentParser("tools/core_suites")
    parser.add_argument("--only", choices=SUITES, action="append")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--again", action="store_true")
    chosen = parser.parse_args(arguments)
    suites = chosen.only or SUITES
    RESULTS.mkdir(parents=True, exist_ok=True)
    if chosen.again:
        for path in results(suites):
            path.unlink(missing_ok=True)
    if not chosen.compare:
        run_missing(suites)
    return compare(suites)


def results(suites):
    return [result(suite, side) for suite in suites for side in SIDES]


def result(suite, side):
    return RESULTS / f"{suite}-{side}.log"


def run_missing(suites):
    with dev.site() as site:
        for side in SIDES:
            for suite in suites:
                if not result(suite, side).exists():
                    run_suite(site, suite, side)


def run_suite(site, suite, side):
    """Run one suite on a fresh database; its log becomes the result at the end."""
    say(f"{suite}, {side} our addons")
    name = f"suite_{os.getpid()}"
    log = RESULTS / f"{suite}-{side}.part"
    try:
        templates.clone_core(site, name)
        if side == "with":
            # The demo company is data that no test of Odoo's expects.
            site.install(name, [m for m in modules.ours() if m != "cantoneira_demo"])
            site.script(name, SETTINGS)
        # Tests at install run only for modules that are installed or updated.
        command = server.command(site.config(name, logfile=log, http_port=port()))
        options = ["-u", suite, "--test-tags", f"/{suite}", "--stop-after-init"]
        words = [str(word) for word in [*command, *options, "--max-cron-threads=0"]]
        log.unlink(missing_ok=True)
        subprocess.run(words, cwd=ROOT, env=server.environment(), check=False)
    finally:
        site.drop(name)
    if not SUMMARY.search(log.read_text()):
        raise Stop(f"{suite} did not come to its end: see {log}.")
    log.rename(result(suite, side))


def port():
    return 20000 + os.getpid() % 20000


def compare(suites):
    """Print what fails on one side only; gives 1 when something is broken by us."""
    broken = False
    for suite in suites:
        if not all(result(suite, side).exists() for side in SIDES):
            say(f"{suite}: no result yet")
            continue
        logs = {side: result(suite, side).read_text() for side in SIDES}
        failed = {side: set(FAILURE.findall(log)) for side, log in logs.items()}
        new = sorted(failed["with"] - failed["without"])
        tests = SUMMARY.search(logs["with"]).group(3)
        known = len(failed["without"])
        say(f"{suite}: {tests} tests, {known} fail in plain Odoo, {len(new)} by us")
        print("".join(f"    {name}\n" for name in new), end="")
        broken = broken or bool(new)
    return broken


if __name__ == "__main__":
    main(entry)
