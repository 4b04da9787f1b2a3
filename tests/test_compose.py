"""docker-compose.yml is accepted by compose itself, and mistakes are not."""

import os
import subprocess

import pytest
from house import debian, templates, versions
from house.paths import ROOT
from house.run import FACTORY

PROGRAM = "usr/libexec/docker/cli-plugins/docker-compose"
COMPOSE = ROOT / "docker-compose.yml"


@pytest.fixture(scope="module")
def compose():
    """compose's own check: needs its binary, but neither docker nor a server."""
    program = debian.fetch_tool("docker-compose", PROGRAM)

    def check(text, **variables):
        return subprocess.run(
            [program, "--project-directory", ROOT, "-f", "-", "config", "-q"],
            input=text,
            text=True,
            capture_output=True,
            env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **variables},
        )

    return check


def test_accepted(compose):
    result = compose(COMPOSE.read_text(), POSTGRES_PASSWORD="secret")
    assert result.returncode == 0, result.stderr


def test_missing_password_is_refused(compose):
    result = compose(COMPOSE.read_text(), POSTGRES_PASSWORD="")
    assert result.returncode != 0
    assert "set POSTGRES_PASSWORD in .env" in result.stderr


def test_wrong_key_is_refused(compose):
    text = COMPOSE.read_text().replace("healthcheck:", "healthchek:", 1)
    result = compose(text, POSTGRES_PASSWORD="secret")
    assert result.returncode != 0
    assert "healthchek" in result.stderr


def test_versions_and_modules_are_those_of_the_house():
    text = COMPOSE.read_text()
    assert f'ODOO: "{versions.IMAGES["odoo"]}"' in text
    assert f"image: postgres:{versions.IMAGES['postgres']}" in text
    assert f"--init={','.join([*templates.CORE, *FACTORY])}$" in text


def test_example_of_secrets_names_every_variable():
    example = (ROOT / ".env.example").read_text()
    for name in ("POSTGRES_PASSWORD", "ODOO_PORT", "ODOO_WEBSOCKET_PORT"):
        assert f"\n{name}=" in example
