"""A folder with ordinary answers, and a stand-in that serves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.invented import ordinary
from vanzelf.sources.magda.standin import AnswerFiles, Standin


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return ordinary(tmp_path / "answers")


@pytest.fixture
def standin(folder: Path) -> Iterator[Standin]:
    with Standin(AnswerFiles(folder)) as running:
        yield running
