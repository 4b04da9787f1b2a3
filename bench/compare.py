"""Compare the cost of the main job in Odoo alone and in Odoo with our addons.

Each side runs in a throw-away copy of a database that is made at first use
(`--fresh` makes it anew: needed after a change of the addons' data or views).
"""

import argparse
import json
import os
import subprocess
from pathlib import Path

from house import server, templates
from house.paths import PYTHON, ROOT
from house.postgres import Cluster
from house.server import Site
from house.shell import Stop, main, say

HERE = Path(__file__).parent
# What sale and mrp install by themselves in a shop that has both.
PLAIN = ["sale_stock_margin"]
#: name: (modules, digits of quantities, when an MO reserves, parameters)
SIDES = {
    "plain": (PLAIN, 2, "at_confirm", {}),
    "plain-manual": (PLAIN, 6, "manual", {}),
    # The main job alone, without discounts, freight and price steps shared over the lines.
    "foundation": (["cantoneira_sale", *PLAIN], 6, "manual", {}),
    "ours": (["cantoneira_terms", *PLAIN], 6, "manual", {}),
    "ours-slow": (["cantoneira_terms", *PLAIN], 6, "manual", {"cantoneira.acceleration": "off"}),
}

#: Steps of who looks and types; the rest is the whole job.
SCREEN = ("open", "onchange", "new line")


def options(arguments):
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument(
        "--lines", type=int, nargs="+", default=[100, 200], help="composite lines per order"
    )
    parser.add_argument("--resale", type=int, default=20, help="resale lines per order (20)")
    parser.add_argument("--sides", nargs="+", choices=SIDES, default=["plain", "ours"])
    parser.add_argument(
        "--old", type=int, default=0, help="closed lines that lie in the database before"
    )
    parser.add_argument("--steps", nargs="+", help="only these steps after `create`")
    parser.add_argument(
        "--profile", nargs="+", default=[], help="steps whose queries and CPU are told on stderr"
    )
    parser.add_argument("--repeat", type=int, default=1, help="runs per side; the least CPU counts")
    parser.add_argument("--fresh", action="store_true", help="make the databases anew")
    parser.add_argument("--json", type=Path, help="also write the numbers to this file")
    return parser.parse_args(arguments)


def entry(arguments):
    chosen = options(arguments)
    with Cluster("dev", throw_away=True).running() as cluster:
        site = Site(cluster)
        sources = {side: template(site, side, chosen.fresh) for side in chosen.sides}
        # Sides take turns, so that what else the machine does hits all of them.
        runs = {side: [] for side in chosen.sides}
        for _turn in range(chosen.repeat):
            for side, source in sources.items():
                runs[side].append(once(site, source, side, chosen))
        results = {side: cheapest(each) for side, each in runs.items()}
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=1))
    for count in chosen.lines:
        print(table(count, {side: result[str(count)] for side, result in results.items()}, chosen))
    return 0


# ------------------------------------------------------------------ databases
def template(site, side, fresh):
    """The prepared database of a side; made when it is missing."""
    modules, digits, reservation, _parameters = SIDES[side]
    name = f"bench_{side.replace('-slow', '').replace('-', '_')}"
    settings = {"digits": digits, "reservation": reservation}
    return kept(site, name, modules, fresh, lambda: worker(site, name, "prepare", **settings))


def kept(site, name, addons, fresh, prepare=lambda: None):
    """The database ``name`` with ``addons``, made at first use; ``prepare`` fills a new one."""
    if fresh or name not in site.cluster.databases():
        say(f"making {name}")
        site.drop(name)
        templates.clone_core(site, name)
        site.install(name, addons)
        prepare()
    elif changed := site.catch_up(name):
        say(f"{name}: {', '.join(changed)} changed; --fresh also makes its data anew")
    return name


def cheapest(runs):
    """The least CPU of some runs, step by step."""
    return {
        count: [
            min(steps, key=lambda cost: cost["cpu"])
            for steps in zip(*(r[count] for r in runs), strict=True)
        ]
        for count in runs[0]
    }


def once(site, source, side, chosen):
    clone = f"{source}_{os.getpid()}"
    site.clone(source, clone)
    say(f"{side}: {chosen.lines} lines, {chosen.old} old ones")
    try:
        return worker(
            site,
            clone,
            "measure",
            lines=chosen.lines,
            resale=chosen.resale,
            old=chosen.old,
            profile=chosen.profile,
            steps=chosen.steps,
            settings=SIDES[side][3],
        )
    finally:
        site.drop(clone)


def worker(site, name, task, **arguments):
    command = [PYTHON, HERE / "worker.py", site.config(name), task, json.dumps(arguments)]
    done = subprocess.run(
        [str(word) for word in command],
        env=server.environment(PYTHONHASHSEED="0"),
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
    )
    if done.returncode:
        raise Stop(f"{name}: `{task}` failed")
    return json.loads(done.stdout.splitlines()[-1])


# --------------------------------------------------------------------- output
def table(count, sides, chosen):
    """Markdown: one row per step, SQL and CPU (Python + PostgreSQL) per side."""
    first = next(iter(sides))
    heads = [f"{side} SQL | {side} CPU s" for side in sides]
    heads += [f"{side}/{first} SQL | CPU" for side in sides if side != first]
    rows = [f"\n{count} composite + {chosen.resale} resale lines, {chosen.old} old lines\n"]
    rows.append(f"| step | {' | '.join(heads)} |")
    rows.append("|---|" + "---:|" * (2 * len(heads)))
    by_step = {side: {cost["step"]: cost for cost in costs} for side, costs in sides.items()}
    names = list(by_step[first])
    for side in by_step.values():
        side["whole job"] = {
            key: sum(side[n][key] for n in names if n not in SCREEN)
            for key in ("sql", "cpu", "server")
        }
    for name in [*names, "whole job"]:
        rows.append(row(name, [side[name] for side in by_step.values()]))
    return "\n".join(rows)


def row(name, costs):
    cells = [f"{cost['sql']} | {cost['cpu']:.2f} + {cost['server']:.2f}" for cost in costs]
    base = costs[0]
    for cost in costs[1:]:
        queries = cost["sql"] / base["sql"] if base["sql"] else 0
        cells.append(f"{queries:.2f} | {cost['cpu'] / base['cpu'] if base['cpu'] else 0:.2f}")
    return f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main(entry)
