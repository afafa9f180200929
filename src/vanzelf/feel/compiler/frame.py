"""The frame that compiled code runs on, and the bounds that every evaluation keeps.

A frame is a list: the context, the state of this evaluation, then one slot per variable that
the expression binds. A function value takes a copy of the frame with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from vanzelf.feel.compiler.tracing import Recorder
from vanzelf.feel.limits import MAX_STEPS, Budget
from vanzelf.feel.values.unknown import Unknown

Frame = list[Any]
Code = Callable[[Frame], object]

CONTEXT: Final = 0
STATE: Final = 1
FIRST_SLOT: Final = 2

CALL: Final = 5
"""Steps that a call of a function written in FEEL counts for."""


class State(Budget):
    """What one evaluation has used, and the unknown conditions of which it took both ways.

    Several trees evaluated with one state, such as the decisions of a model, share one budget
    of steps; so do the functions that they make, wherever these are called.
    """

    __slots__ = ("recorder", "unsettled")

    def __init__(self, steps: int = MAX_STEPS) -> None:
        super().__init__(steps)
        self.unsettled: Unknown | None = None
        self.recorder: Recorder | None = None
        """Gathers where values come from, in an evaluation that is traced."""

    def took_both(self, condition: Unknown) -> None:
        known = self.unsettled
        self.unsettled = condition.plain() if known is None else known | condition
