"""The small form of the kill proof; at full size it is in tests/prove."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.prove.kill import Harness
from vanzelf import synthetic


@pytest.fixture(scope="module")
def little_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("little")
    synthetic.build(seed=5, residents=4_000).write(folder)
    return folder


def test_killed_run_awards_once_and_its_control_does_not(
    committed_db: str, little_town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANZELF_RUN_PIECE", "60")
    harness = Harness(little_town)
    reference = harness.reference()
    assert len(reference.awards) > 100

    result = harness.killed(reference, evaluating=1, awarding=2)
    assert (result.clean, sum(result.kills.values())) == (True, 3), result

    control = harness.control(reference, awarding=4)
    assert control.doubles > 0, control
