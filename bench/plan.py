"""What planning costs: opening the board, drafting, saving, asking for a sequence, accepting it.

On a throw-away copy of a database with cantoneira_floor and cantoneira_sale.
"""

import argparse
import os

from compare import kept, worker
from house.postgres import Cluster
from house.server import Site
from house.shell import main, say

NAME = "bench_plan"
ADDONS = ["cantoneira_floor", "cantoneira_sale"]


def entry(arguments):
    parser = argparse.ArgumentParser(prog="bench/plan", description=__doc__)
    parser.add_argument(
        "--orders", type=int, nargs="+", default=[50, 500], help="open manufacturing orders"
    )
    parser.add_argument("--fresh", action="store_true", help="make the database anew")
    parser.add_argument("--source", help="a database of tools/dev to copy, instead of an own one")
    parser.add_argument("--profile", nargs="+", default=[], help="steps to be told in detail")
    chosen = parser.parse_args(arguments)
    with Cluster("dev", throw_away=True).running() as cluster:
        site = Site(cluster)
        source = chosen.source or kept(site, NAME, ADDONS, chosen.fresh)
        clone = f"{NAME}_{os.getpid()}"
        sides = {}
        for count in chosen.orders:
            site.clone(source, clone)
            say(f"{count} open orders in a copy of {source}")
            try:
                options = {"orders": count, "profile": chosen.profile}
                sides[count] = worker(site, clone, "plan", **options)
            finally:
                site.drop(clone)
            say(sides[count]["have it computed"]["found"])
        print(table(sides))
    return 0


def table(sides):
    """Markdown: one row per step, SQL and seconds waited per number of orders."""
    heads = " | ".join(f"{count} SQL | {count} s" for count in sides)
    lines = [f"| step | {heads} |", "|---|" + "---:|" * (2 * len(sides))]
    for step in next(iter(sides.values())):
        numbers = (f"{costs[step]['sql']:,} | {costs[step]['s']:.2f}" for costs in sides.values())
        lines.append(f"| {step} | {' | '.join(numbers)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main(entry)
