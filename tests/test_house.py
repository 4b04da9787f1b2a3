"""The platform's own promises that a quick test can keep."""

import configparser
import fcntl
import logging
import re
import socket
import subprocess
from pathlib import Path

import pytest
from house import debian, imports, locks, modules, postgres, run, server, translations, versions
from house.paths import LOCAL, ROOT
from house.shell import Stop

from odoo.tests import common
from odoo.tools import config as odoo_config

from conftest import FORBIDDEN_SKIPS, LogWatch, read_allowed


def tracked():
    listed = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True)
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


def test_no_registry_is_named():
    # Written in pieces: this file is searched too.
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org"]
    hosts += ["deb.debian" + ".org", "docker" + ".io"]
    for path in tracked():
        content = path.read_bytes()
        assert not [h for h in hosts if h.encode() in content], path


def test_locks_follow_versions():
    lock = (ROOT / "requirements/uv.txt").read_text()
    assert lock.startswith(f"uv=={versions.TOOLS['uv']} ")
    package = (ROOT / "requirements/lock.txt").read_text()
    for source in ("odoo.in", "addons.in", "test.in"):
        for pin in re.findall(r"^(\S+==\S+)", (ROOT / "requirements" / source).read_text(), re.M):
            assert re.search(f"^{re.escape(pin.lower())}[ ;]", package.lower(), re.M), pin


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ("http://a/debian/ Debian Debian\nhttp://a/sec/ Debian Debian-Security", "a"),
        ("http://b/debian  \nhttp://c/debian-security/  ", "b"),
        ("mirror+file:/etc/apt/mirrors/debian.list  ", "mirrors"),
    ],
)
def test_mirror_is_the_machine_s_own(monkeypatch, targets, expected):
    monkeypatch.delenv(debian.VARIABLE, raising=False)
    monkeypatch.setattr(debian, "run", lambda *words: targets)
    assert expected in debian.mirror()


def test_without_a_mirror_the_variable_is_named(monkeypatch):
    monkeypatch.delenv(debian.VARIABLE, raising=False)
    monkeypatch.setattr(debian, "run", lambda *words: "http://a/ubuntu/ Ubuntu Ubuntu")
    with pytest.raises(Stop, match=debian.VARIABLE):
        debian.mirror()
    monkeypatch.setenv(debian.VARIABLE, "http://d/debian")
    assert debian.mirror() == "http://d/debian"


@pytest.mark.parametrize("name", ["odoo.conf", "odoo.production.conf"])
def test_odoo_knows_every_option(name):
    file = configparser.RawConfigParser()
    file.read(ROOT / "config" / name)
    assert not set(file["options"]) - set(odoo_config.options)


def test_python_needs_of_manifests_are_locked():
    lock = (ROOT / "requirements/lock.txt").read_text().lower()
    for addon in modules.ours():
        needs = modules.manifest(addon).get("external_dependencies", {})
        for package in needs.get("python", []):
            assert f"\n{package.lower()}==" in lock, f"{addon} needs {package}"


def test_a_second_run_on_the_same_database_says_so():
    with locks.held(LOCAL / "run-test_twice.lock", fcntl.LOCK_EX):
        with (
            pytest.raises(Stop, match=r"Another ./run serves"),
            run.alone_on("test_twice"),
        ):
            pass


def test_a_taken_port_says_so():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Stop, match="--port"):
            run.check_port(taken.getsockname()[1])


def test_database_names_need_no_quoting():
    assert postgres.check_name("fabrica_2") == "fabrica_2"
    for name in ("", "2x", "a-b", 'a"b', "ção", "x" * 60):
        with pytest.raises(Stop):
            postgres.check_name(name)


def test_quiet_skips_are_known():
    """The reasons Odoo gives are still those that conftest.py looks for."""
    source = Path(common.__file__).read_text()
    assert "Chrome executable not found" in source
    assert "websocket-client module is not installed" in source
    assert FORBIDDEN_SKIPS.search("Skipped: Chrome executable not found")


def test_log_watch_sees_what_is_not_allowed(tmp_path):
    allowed = tmp_path / "allowed.txt"
    allowed.write_text("# comment\n\nWARNING odoo\\.a: fine  # it is\n")
    watch = LogWatch(read_allowed(allowed))
    for text in ("fine", "bad"):
        watch.emit(logging.LogRecord("odoo.a", logging.WARNING, "", 0, text, (), None))
    assert watch.take() == ["WARNING odoo.a: bad"]
    assert watch.take() == []


def test_lower_addon_may_not_name_higher(tmp_path):
    module = tmp_path / "x.py"
    module.write_text("from odoo.addons.cantoneira_sale.models import y\n")
    assert imports.named(module, ["cantoneira_sale"]) == ["imports cantoneira_sale"]
    view = tmp_path / "x.xml"
    view.write_text('<field ref="cantoneira_mrp.view"/>')
    assert imports.named(view, ["cantoneira_mrp"]) == ["refers to cantoneira_mrp"]
    assert imports.named(view, ["cantoneira_sale"]) == []


def test_catalogue_is_read_over_several_lines(tmp_path):
    path = tmp_path / "x.po"
    path.write_text('msgid ""\nmsgstr "head"\n\nmsgid "a"\n"b \\"c\\""\nmsgstr ""\n"d"\n')
    assert translations.read(path) == {'ab \\"c\\"': "d"}


def test_guards_exist():
    """A docstring or DEVELOP.md that names a test names one there is."""
    texts = {path: path.read_text() for path in tracked() if path.suffix in {".py", ".md"}}
    defined = set()
    for path, text in texts.items():
        if "tests" in path.parts:
            defined |= {path.stem, *re.findall(r"def (test_\w+)", text)}
    named = {
        (str(path.relative_to(ROOT)), name)
        for path, text in texts.items()
        for name in re.findall(r"`(test_\w+)`", text)
    }
    assert len(named) > 50
    assert not {(path, name) for path, name in named if name not in defined}


def unexplained_sudo(source):
    """Lines of ``source`` that call ``sudo()`` where no comment before them says why.

    A reason stands in the same function, in its docstring or in the three lines above it.
    """
    lines, found = source.splitlines(), []
    for number, line in enumerate(lines):
        if ".sudo()" not in line or line.lstrip().startswith("#"):
            continue
        start = number
        while start and not re.match(r"\s*(def|class) ", lines[start]):
            start -= 1
        before = "\n".join(lines[max(start - 3, 0) : number + 1]).replace(".sudo()", "")
        if "sudo" not in before:
            found.append(number + 1)
    return found


def test_every_sudo_says_why():
    for path in tracked():
        if path.suffix == ".py" and "addons" in path.parts and "tests" not in path.parts:
            assert not unexplained_sudo(path.read_text()), path
    assert unexplained_sudo("def f(self):\n    return self.sudo().name\n") == [2]
    assert not unexplained_sudo("def f(self):\n    # sudo: a name.\n    return self.sudo().name\n")


def uncallable_creates(source):
    """Lines of ``source`` with a ``create`` that programs cannot call: Odoo takes its list for ids."""
    found = re.finditer(r"^( *@.*\n)?    def create\(self, vals", source, re.M)
    return [
        source.count("\n", 0, match.end()) + 1
        for match in found
        if "api.model" not in match.group()
    ]


def test_programs_create():
    for path in tracked():
        if path.suffix == ".py" and "addons" in path.parts and "tests" not in path.parts:
            assert not uncallable_creates(path.read_text()), path
    assert uncallable_creates("\n    def create(self, vals_list):\n") == [2]
    assert not uncallable_creates("    @api.model_create_multi\n    def create(self, vals_list):\n")


def cells_that_vanish(source):
    """Expressions of table cells of ``source`` that may be false.

    QWeb leaves such a cell out, and the columns after it move: say ``or ''``.
    """
    found = re.findall(r'<t[dh]\b[^>]*?\bt-out="([^"]*)"', source)
    return [each for each in found if " or " not in each and not each.endswith((")", "]"))]


def test_cells_of_tables_stay():
    for path in tracked():
        if path.suffix == ".xml" and "addons" in path.parts and "static" not in path.parts:
            assert not cells_that_vanish(path.read_text()), path
    assert cells_that_vanish('<td class="n" t-out="line.lot_id.name" />') == ["line.lot_id.name"]
    assert not cells_that_vanish("""<td t-out="line.lot_id.name or ''" />""")


def test_odoo_can_be_started_again_by_its_path():
    """As Odoo does for the process of its websockets; -m odoo would fail there."""
    words = [str(word) for word in server.command("x.conf")]
    assert Path(words[1]).is_file()
    assert "Odoo Server" in subprocess.check_output([*words[:2], "--version"], text=True)


def test_data_of_another_postgresql_is_not_touched(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres, "PROGRAMS", tmp_path)
    (tmp_path / "17/bin").mkdir(parents=True)
    (tmp_path / "17/bin/initdb").touch()
    assert postgres.binaries() == postgres.binaries("17") == tmp_path / "17/bin"
    with pytest.raises(Stop, match="postgresql-15"):
        postgres.binaries("15")
