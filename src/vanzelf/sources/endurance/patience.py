"""Asking again: how often, and how long to wait first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    retry_if_result,
    stop_after_attempt,
    wait_random_exponential,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to ask again when a source is busy, and how long to wait (seconds).

    The wait is drawn between nothing and a bound that doubles each time: whoever was refused in
    the same moment does not come back in the same moment.
    """

    retries: int = 2
    pause: float = 0.2  # the first bound
    longest_pause: float = 10.0
    budget: float = 5.0  # how long to wait for room in the budget of calls

    def persist(
        self,
        call: Callable[[], T],
        *,
        after: Callable[[BaseException], bool],
        unless: Callable[[T], bool],
        sleep: Callable[[float], None],
    ) -> T:
        """Call again after these errors, and until the result is good, as long as patience lasts.

        Gives the last result, or raises the last error.
        """
        retrying = Retrying(
            stop=stop_after_attempt(self.retries + 1),
            wait=wait_random_exponential(multiplier=self.pause, max=self.longest_pause),
            retry=retry_if_exception(after) | retry_if_result(lambda result: not unless(result)),
            retry_error_callback=_last,
            sleep=sleep,
        )
        return retrying(call)


def _last(state: RetryCallState) -> object:
    return state.outcome.result() if state.outcome else None
