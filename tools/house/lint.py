"""tools/lint: the form of the code. `tools/lint --fix` mends what can be mended.

  tools/lint [--fix] [CHECK ...]

Checks: ruff, format, pylint, prettier, imports, translations.
"""

import os
import shutil
import subprocess

from . import imports, translations
from .paths import LOCAL, ROOT, VENV
from .shell import Stop, main, run, say

NPM = LOCAL / "npm"
REQUIREMENTS = ROOT / "requirements"


def ruff(fix=False):
    return _run(VENV / "bin/ruff", "check", "-q", *(["--fix"] if fix else []), ".")


def format(fix=False):
    return _run(VENV / "bin/ruff", "format", "-q", *([] if fix else ["--diff"]), ".")


def pylint(fix=False):
    found = sorted(p.parent for p in ROOT.glob("addons/*/__manifest__.py"))
    return _run(VENV / "bin/pylint", "--rcfile=.pylintrc", *found) if found else ""


def prettier(fix=False):
    """XML, JavaScript, styles and data, as prettier writes them."""
    modules = install_prettier()
    plugin = f"--plugin={modules}/@prettier/plugin-xml/src/plugin.js"
    mode = "--write" if fix else "--check"
    # A vendored library keeps its author's form.
    files = _tracked("*.xml", "*.js", "*.scss", "*.css", "*.json", "*.yml")
    ours = [name for name in files if "/lib/" not in name and "lock" not in name]
    program = modules / "prettier/bin/prettier.cjs"
    return _run("node", program, "--no-color", plugin, mode, *ours)


def install_prettier():
    """The pinned prettier, installed when its lock file changed."""
    modules = NPM / "node_modules"
    lock = REQUIREMENTS / "package-lock.json"
    seen = NPM / "package-lock.json"
    if not (modules.exists() and seen.exists() and seen.read_text() == lock.read_text()):
        if not shutil.which("npm"):
            raise Stop("npm is missing: as root, run `apt-get install npm`.")
        NPM.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", ".npmrc", "package-lock.json"):
            shutil.copy(REQUIREMENTS / name, NPM / name)
        run("npm", "ci", "--no-progress", "--ignore-scripts", cwd=NPM)
    return modules


def _tracked(*patterns):
    """Files of these patterns that git knows or would add."""
    listed = run(
        *("git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns),
        cwd=ROOT,
    )
    return [name for name in listed.splitlines() if (ROOT / name).exists()]


def _run(*command):
    """Run a checker; gives what it complains about, nothing when all is well."""
    result = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"RUFF_NO_CACHE": "true"},
    )
    return result.stdout.strip() or "failed" if result.returncode else ""


CHECKS = {
    "ruff": ruff,
    "format": format,
    "pylint": pylint,
    "prettier": prettier,
    "imports": imports.check,
    "translations": translations.check,
}


def entry(arguments):
    fix = "--fix" in arguments
    names = [name for name in arguments if name != "--fix"] or list(CHECKS)
    if unknown := [name for name in names if name not in CHECKS]:
        print(__doc__)
        raise Stop(f"There is no check '{unknown[0]}'.")
    failed = []
    for name in names:
        complaints = CHECKS[name](fix)
        say(f"{name}: {'not well' if complaints else 'well'}")
        if complaints:
            print(complaints)
            failed.append(name)
    return bool(failed)


if __name__ == "__main__":
    main(entry)
