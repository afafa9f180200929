"""A village on disk, read as a population; the shipped facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from vanzelf import rights
from vanzelf.population import Population, read
from vanzelf.rights.facts import Catalogue
from vanzelf.synthetic import City, build


@pytest.fixture(scope="session")
def village() -> City:
    """Three thousand residents."""
    return build(seed=11, residents=3_000)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The facts that ship."""
    return rights.load().facts


@pytest.fixture(scope="session")
def folder(village: City, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the village was written."""
    path = tmp_path_factory.mktemp("village")
    village.write(path)
    return path


@pytest.fixture(scope="session")
def population(folder: Path, catalogue: Catalogue) -> Population:
    """The village, opened."""
    return read(folder, catalogue=catalogue)
