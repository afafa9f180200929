"""One full city and one small one, drawn once."""

from __future__ import annotations

import pytest

from vanzelf.synthetic import City, build


@pytest.fixture(scope="session")
def city() -> City:
    """All of Ghent, as `vanzelf city` writes it."""
    return build()


@pytest.fixture(scope="session")
def village() -> City:
    """Two thousand residents: enough to look at each household."""
    return build(seed=7, residents=2_000)
