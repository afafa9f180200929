"""The village, its regulations, and a secret."""

from __future__ import annotations

from datetime import date

import pytest

from vanzelf import rights
from vanzelf.population.statistics import Secret

ON = date(2026, 1, 15)


@pytest.fixture(scope="session")
def regulations() -> rights.Regulations:
    return rights.load(cases=False)


@pytest.fixture(scope="session")
def secret() -> Secret:
    return Secret(b"an invented secret of 32 bytes..")
