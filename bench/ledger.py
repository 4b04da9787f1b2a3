"""What the ledger and the reports cost over a million movements.

On a throw-away copy of a database that is made at first use (`--fresh` makes it anew).
"""

import argparse
import os

from compare import kept, worker
from house.postgres import Cluster
from house.server import Site
from house.shell import main, say

NAME = "bench_ledger"
ADDONS = ["cantoneira_purchase"]


def entry(arguments):
    parser = argparse.ArgumentParser(prog="bench/ledger", description=__doc__)
    parser.add_argument("--moves", type=int, default=1_000_000, help="done movements (1,000,000)")
    parser.add_argument("--fresh", action="store_true", help="make the database anew")
    parser.add_argument("--source", help="a database of tools/dev to copy, instead of an own one")
    chosen = parser.parse_args(arguments)
    with Cluster("dev", throw_away=True).running() as cluster:
        site = Site(cluster)
        source = chosen.source or kept(site, NAME, ADDONS, chosen.fresh)
        clone = f"{NAME}_{os.getpid()}"
        site.clone(source, clone)
        say(f"{chosen.moves:,} movements in a copy of {source}")
        try:
            print(table(worker(site, clone, "volume", moves=chosen.moves)))
        finally:
            site.drop(clone)
    return 0


def table(costs):
    """Markdown: one row per screen."""
    lines = ["| screen | rows | SQL | CPU ms | wait ms |", "|---|---:|---:|---:|---:|"]
    for what, cost in costs.items():
        numbers = f"{cost['rows']:,} | {cost['sql']} | {cost['cpu']:,.0f} | {cost['ms']:,.0f}"
        lines.append(f"| {what} | {numbers} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main(entry)
