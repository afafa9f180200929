"""What one evaluation may use: a budget of steps that all its work is charged to.

A step stands for about a microsecond and at most a few hundred bytes. What loops over its
operands says so with `charge`, from wherever it is: a built-in, an equality deep in a list.
Beyond the budget the evaluation stops and its result is null.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import thread_time
from typing import Final, Self

MAX_STEPS: Final = 1_000_000
"""Steps that one evaluation may take: one per iteration. Beyond, the result is null."""

CHARACTERS: Final = 64
"""Characters of a string that are made or searched in one step."""


class LimitExceeded(Exception):
    """The evaluation took more steps than it may."""


class Budget:
    """The steps that are left. Made for every evaluation, so made cheaply: no `__init__`."""

    left: int = MAX_STEPS

    @classmethod
    def of(cls, steps: int) -> Self:
        """A budget of another size."""
        budget = cls()
        budget.left = steps
        return budget

    def charge(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise LimitExceeded("it took more steps than it may")


_under_way: ContextVar[Budget | None] = ContextVar("feel_budget", default=None)
begin = _under_way.set
"""Makes a budget the one that `charge` takes from; gives what `end` wants."""
end = _under_way.reset


def charge(steps: int) -> None:
    """Counts so many steps of the evaluation under way; raises LimitExceeded beyond its budget."""
    budget = _under_way.get()
    if budget is not None:
        budget.charge(steps)


@contextmanager
def stopwatch() -> Iterator[None]:
    """Charges the processor's time that the block takes, beyond the first millisecond, in
    microseconds: not the clock's, which depends on what else the machine does.

    For work whose cost cannot be told beforehand: a regular expression.
    """
    begun = thread_time()
    try:
        yield
    finally:
        charge(max(0, int((thread_time() - begun) * 1e6) - 1000))
