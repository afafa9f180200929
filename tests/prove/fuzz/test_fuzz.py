"""The small form of the fuzzing: every target on some inputs, without guidance."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from tests.prove.fuzz import record, worker
from tests.prove.fuzz.targets import TARGETS
from tests.prove.fuzz.words import HOSTILE
from vanzelf import feel
from vanzelf.feel import limits

INPUTS = {"text": 300, "xml": 100, "laws": 80, "bounds": 40}


@pytest.fixture
def small_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.Budget, "left", 10_000)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.usefixtures("small_budget")
def test_target_holds_for_seeds_and_changed_seeds(target: str, tmp_path: Path) -> None:
    check, seeds = TARGETS[target]
    feeder = worker.Feeder(target, check, tmp_path, guided=False)
    some = list(islice(seeds(), INPUTS[target] // 2))
    worker.feed_at_random(feeder, some, lambda: feeder.fed.executions < INPUTS[target])
    assert feeder.fed.findings == {}
    assert feeder.fed.executions == INPUTS[target]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_ends_within_a_small_budget(text: str) -> None:
    try:
        tree = feel.parse(text, ["x", "a", "b"])
    except feel.FeelSyntaxError:
        return
    state = feel.State.of(10_000)
    messages: list[str] = []
    with feel.messages.collected(messages):
        feel.text(feel.compile(tree)({"x": [1, 2]}, state))
    assert state.left >= 0 or any("stopped" in message for message in messages)


def test_failing_target_is_found_and_the_feeding_goes_on(tmp_path: Path) -> None:
    """The control: a harness that finds nothing in a broken target proves nothing."""

    def broken(data: bytes) -> None:
        assert b"date" not in data, "a date"

    feeder = worker.Feeder("text", broken, tmp_path, guided=False)
    worker.feed_at_random(feeder, [b"1", b"date(1)"], lambda: feeder.fed.executions < 20)
    assert len(feeder.fed.findings) == 1
    assert feeder.fed.executions == 20
    result = record.Result(vars(feeder.fed), None, "")
    bounds = record.Result({**vars(feeder.fed), "target": "bounds", "findings": {}}, None, "")
    assert not record.proven([result, bounds])
    assert "a date" in record.report([result, bounds])
