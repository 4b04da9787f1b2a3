"""The examples in our plain arithmetic are true. They need no database."""

import doctest
import importlib.util

import pytest
from house.paths import ADDONS


@pytest.mark.parametrize(
    "path", sorted(ADDONS.glob("*/arithmetic.py")), ids=lambda path: path.parent.name
)
def test_doctests(path):
    spec = importlib.util.spec_from_file_location("arithmetic", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    failed, tried = doctest.testmod(module)
    assert tried, f"{path} has no examples"
    assert not failed
