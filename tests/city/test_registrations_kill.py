"""Ended at each single step, taking back by file goes on without telling or storing twice.

Here the process is left at that step, with what it had done by then; really killed, at random
moments, it is in `make prove`.
"""

from __future__ import annotations

import pytest

from tests.city.taking_back import *  # noqa: F403 - fixtures are found by their names here
from tests.city.taking_back import Filed
from tests.city.test_bulk_kill import Steps
from vanzelf.city.bulk import work as bulk
from vanzelf.city.registrations import sending
from vanzelf.city.registrations.models import DeregistrationFile


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_ended_at_each_step_it_tells_and_stores_once(
    filed: Filed, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    everyone = filed.file()
    steps = Steps(monkeypatch)
    steps.after = after
    monkeypatch.setattr(sending, "_mark", steps._counted(sending._mark))

    def send() -> None:
        try:
            filed.send()
        finally:
            filed.repertory.answer()  # it takes what bears its own name, also in between

    assert steps.end_everywhere(send) > 3
    assert len(filed.repertory.told) == everyone
    assert set(filed.repertory.told.values()) == {1}
    assert steps.end_everywhere(bulk.collect) > 3
    assert filed.left == filed.held == set()
    assert not DeregistrationFile.objects.filter(ended_at=None).exists()
    assert not list(filed.server.box.glob("*_Vip/*"))
