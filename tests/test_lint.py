"""The form of the code: the checks of tools/lint, one test each."""

import pytest
from house import lint, system


@pytest.mark.parametrize("name", lint.CHECKS)
def test_lint(name):
    if name == "prettier":
        system.ensure("npm")
    complaints = lint.CHECKS[name]()
    if complaints:
        pytest.fail(f"run tools/lint --fix {name}\n{complaints}", pytrace=False)
