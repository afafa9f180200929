"""Ended at each single step, sending and taking in go on without asking or storing twice.

Here the process is not killed but left at that step, with what it had done by then; really killed,
at random moments and at full size, it is in `make prove`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from tests.city.exchange import *  # noqa: F403 - fixtures are found by their names here
from tests.city.exchange import Exchange
from vanzelf.city.bulk import archive, work
from vanzelf.city.bulk.models import ListFile, Received
from vanzelf.sources.magda.bulk import Mailbox


class Ended(BaseException):
    """As a kill: nobody catches it."""


class Steps:
    """Lets so many steps happen, then ends before the next one, or right after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left: int | None = None
        self.after = False
        places = [(Mailbox, "upload"), (Mailbox, "release"), (Mailbox, "remove")]
        for place, name in [*places, (work, "_mark"), (archive, "keep"), (work, "_take")]:
            monkeypatch.setattr(place, name, self._counted(getattr(place, name)))

    def _counted(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any) -> Any:
            ends = self.left == 0
            self.left = None if self.left is None or ends else self.left - 1
            if ends and not self.after:
                raise Ended
            result = step(*arguments)
            if ends:
                raise Ended
            return result

        return counted

    def end_everywhere(self, work: Callable[[], object]) -> int:
        """Ends the work at its first step, its second, and so on, each time beginning again; the
        last time it is done. Returns at how many steps it ended."""
        for step in count():
            self.left = step
            try:
                work()
            except Ended:
                continue
            self.left = None
            return step
        raise AssertionError


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_ended_at_each_step_it_asks_and_stores_once(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    order = exchange.order(9, per_file=3)
    steps = Steps(monkeypatch)
    steps.after = after

    def send() -> None:
        try:
            work.send(order.pk)
        finally:
            exchange.source.answer()  # it takes what bears its own name, also in between

    assert steps.end_everywhere(send) > 3
    assert set(exchange.source.taken.values()) == {1}
    assert set(exchange.source.asked.values()) == {1}
    assert steps.end_everywhere(work.collect) > 3
    assert set(exchange.told()) == set(exchange.people)
    assert [one.state for one in Received.objects.all()] == [Received.State.TAKEN] * 3
    assert [file.answered for file in ListFile.objects.filter(order=order)] == [3, 3, 3]
    assert not list(exchange.server.box.glob("*_Vip/*"))
