"""Nothing stands in a file that left without ground; at full size: `make prove` (ground)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.city.exchange import *  # noqa: F403 - fixtures are found by their names here
from tests.city.exchange import Exchange
from tests.prove.ground.by_file import PERSONS, Desk
from tests.prove.ground.cases import Names
from vanzelf.city.regulations import regulations
from vanzelf.sources.catalogue import shipped


@pytest.fixture
def desk(exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    file = tmp_path / "grounds.json"
    monkeypatch.setenv("VANZELF_AUTHORISATIONS", str(file))
    return Desk(
        exchange.town.preparer,
        exchange.someone(PERSONS),
        exchange.server.box,
        file,
        Names.of(shipped(), regulations()),
    )


def test_files_that_left_have_ground(desk: Desk) -> None:
    found = desk.judged(range(40))
    assert found.problems == []
    assert min(found.files, found.refused, found.ended) > 0


def test_judge_of_files_sees_what_has_no_ground(desk: Desk) -> None:
    found = desk.judged(range(10), honest=False)
    assert found.problems
