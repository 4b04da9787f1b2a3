"""What every test run of ours demands.

Two ways a run could look green without being so are closed here: tests that are
skipped because the machine lacks something, and warnings in Odoo's log that
nobody reads.
"""

import logging
import re
from pathlib import Path

import pytest

ALLOWED_LOG = Path(__file__).parent / "config" / "log-allowed.txt"

# Odoo and pytest-odoo skip browser tests quietly for these reasons.
FORBIDDEN_SKIPS = re.compile(
    r"websocket-client module is not installed"
    r"|--odoo-http is not set"
    r"|Chrome executable not found"
    r"|Chrome headless|chrome devtools|Chrome connection|chrome dev tools",
    re.IGNORECASE,
)


class LogWatch(logging.Handler):
    """Collects the warnings and errors that the allow-list does not name."""

    def __init__(self, allowed):
        super().__init__(logging.WARNING)
        self.allowed = allowed
        self.lines = []

    def emit(self, record):
        line = f"{record.levelname} {record.name}: {record.getMessage()}"
        if not any(pattern.search(line) for pattern in self.allowed):
            self.lines.append(line)

    def take(self):
        """Give the lines since the last call."""
        lines, self.lines = self.lines, []
        return lines


def read_allowed(path=ALLOWED_LOG):
    """The patterns of the allow-list: one a line, its reason after two spaces and #."""
    lines = (line.partition("  #")[0].strip() for line in path.read_text().splitlines())
    return [re.compile(line) for line in lines if line and not line.startswith("#")]


def pytest_configure(config):
    config.log_watch = LogWatch(read_allowed())
    logging.getLogger().addHandler(config.log_watch)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.skipped and FORBIDDEN_SKIPS.search(str(report.longrepr)):
        report.outcome = "failed"
        report.longrepr = f"Not run, but must be: {report.longrepr[-1]}"
    if report.when == "teardown" and report.passed:
        lines = item.config.log_watch.take()
        if lines:
            report.outcome = "failed"
            report.longrepr = "\n".join(["Odoo's log has:", *lines])


def pytest_sessionfinish(session):
    """Lines that no test was left to answer for fail the whole run."""
    if session.config.log_watch.lines and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    for line in config.log_watch.lines:
        terminalreporter.write_line(f"Odoo's log has: {line}", red=True)
