"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

# How long an example takes says more of the machine than of the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in so many words how much was not proven for want of the reference material."""
    skipped = terminalreporter.stats.get("skipped", [])
    absent = [report for report in skipped if "reference material absent" in str(report.longrepr)]
    if absent:
        terminalreporter.write_line(
            f"{len(absent)} tests skipped: set VANZELF_REFERENCE to the reference material"
        )
