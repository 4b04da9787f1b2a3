"""What a piece of work costs: SQL statements, CPU of Python and of PostgreSQL."""

import collections
import contextlib
import cProfile
import gc
import os
import pstats
import sys
import time

from odoo import sql_db

TICKS = os.sysconf("SC_CLK_TCK")


class Meter:
    """Collects the cost of named steps; see :meth:`step`."""

    def __init__(self, profiled=(), top=45):
        self.profiled = set(profiled)
        self.top = top
        self.costs = []

    @contextlib.contextmanager
    def step(self, name, cr):
        """Count what happens on `cr` inside the block, which flushes what it writes."""
        gc.collect()
        backend = cr._cnx.info.backend_pid
        profile = cProfile.Profile() if name in self.profiled else None
        with tagged_queries() if profile else contextlib.nullcontext() as tags:
            queries, cpu, server = sql_db.sql_counter, time.process_time(), backend_cpu(backend)
            if profile:
                profile.enable()
            yield
            if profile:
                profile.disable()
            self.costs.append(
                {
                    "step": name,
                    "sql": sql_db.sql_counter - queries,
                    "cpu": time.process_time() - cpu,
                    "server": backend_cpu(backend) - server,
                }
            )
        if profile:
            report(name, profile, tags, self.top)


def backend_cpu(pid):
    """Seconds of CPU used by a PostgreSQL process of this machine."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextlib.contextmanager
def tagged_queries():
    """Count queries by the business code that caused them."""
    tags, examples = collections.Counter(), {}
    tags.examples = examples
    original = sql_db.Cursor.execute

    def execute(cursor, query, *args, **kwargs):
        text = " ".join(str(getattr(query, "code", query)).split())
        tag = caller(text)
        tags[tag] += 1
        examples.setdefault(tag, text)
        return original(cursor, query, *args, **kwargs)

    sql_db.Cursor.execute = execute
    try:
        yield tags
    finally:
        sql_db.Cursor.execute = original


def caller(query, depth=4):
    """Names of the nearest callers outside the ORM, and how the query begins."""
    frame, names = sys._getframe(2), []
    while frame and len(names) < depth:
        code = frame.f_code
        _core, inside, path = code.co_filename.rpartition("/addons/")
        if inside and not path.startswith("base/"):
            name = f"{path.partition('/')[0]}:{code.co_name}"
            if not names or names[-1] != name:
                names.append(name)
        frame = frame.f_back
    verb = query.split(" ", 1)[0]
    table = query.partition(' FROM "' if verb in ("SELECT", "DELETE") else '"')[2].partition('"')[0]
    return f"{verb[:6]} {table:28} {' < '.join(names)}"


def report(name, profile, tags, top):
    print(f"\n== {name}: queries by caller", file=sys.stderr)
    for tag, count in tags.most_common(top):
        print(f"{count:6} {tag}", file=sys.stderr)
        if count > 50:
            print(f"{'':9}{tags.examples[tag][:400]}", file=sys.stderr)
    if folder := os.environ.get("BENCH_DUMP"):
        pstats.Stats(profile).dump_stats(f"{folder}/{name}.prof")
    print(f"== {name}: CPU", file=sys.stderr)
    for order in ("cumulative", "tottime"):
        pstats.Stats(profile, stream=sys.stderr).sort_stats(order).print_stats(top)
