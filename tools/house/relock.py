"""tools/relock: write every lock file anew from versions.toml and requirements/*.in.

Raise a version there, run this, then ./test. No lock file names a registry.
"""

from . import python, versions
from .paths import ROOT
from .shell import main, run, say

HERE = ROOT / "requirements"
COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--generate-hashes", "--upgrade"),
    *("--no-annotate", "--no-header", "--python-version", versions.PYTHON["oldest"]),
    *("--no-emit-package", "pycairo"),
)


def entry(arguments):
    needs = [HERE / "odoo.in", HERE / "addons.in", HERE / "test.in"]
    compile_lock(needs, HERE / "lock.txt")
    compile_lock([HERE / "addons.in"], HERE / "addons.txt")
    compile_lock([HERE / "solver.in"], HERE / "solver.txt")
    relock_uv()
    run("npm", "install", "--package-lock-only", "--ignore-scripts", cwd=HERE)
    say("requirements/package-lock.json")


def compile_lock(sources, lock):
    environment = python.index_environment()
    run(python.uv(), *COMPILE, *sources, "-o", lock, env=environment)
    say(lock.relative_to(ROOT))


def relock_uv():
    """uv locks its own successor."""
    wanted = HERE / "uv.in"
    try:
        wanted.write_text(f"uv=={versions.TOOLS['uv']}\n")
        compile_lock([wanted], HERE / "uv.txt")
    finally:
        wanted.unlink()


if __name__ == "__main__":
    main(entry)
