"""A folder with ordinary answers, and a stand-in that serves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.invented import NOW, ordinary, write_answer
from tests.sources.values import Anew, Answers
from vanzelf.sources import endurance
from vanzelf.sources.magda.standin import AnswerFiles, Standin


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return ordinary(tmp_path / "answers")


@pytest.fixture
def standin(folder: Path) -> Iterator[Standin]:
    with Standin(AnswerFiles(folder)) as running:
        yield running


@pytest.fixture
def magda(tmp_path: Path) -> Iterator[Standin]:
    """A stand-in that knows nothing yet; see `answers`."""
    folder = tmp_path / "answers"
    folder.mkdir()
    endurance.forget()
    with Standin(Anew(folder), now=lambda: NOW) as running:
        yield running
    endurance.forget()


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    """Gives `magda` an answer about someone: `answers(service, insz, content)`."""
    return lambda service, insz, content: write_answer(tmp_path / "answers", service, insz, content)
