"""The frame that compiled code runs on, and the bounds that every evaluation keeps.

A frame is a list: the context, the state of this evaluation, then one slot per variable that
the expression binds. A function value takes a copy of the frame with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from vanzelf.feel import ast
from vanzelf.feel.compiler.tracing import Recorder
from vanzelf.feel.limits import Budget
from vanzelf.feel.syntax.height import size
from vanzelf.feel.values.unknown import Unknown

Frame = list[Any]
Code = Callable[[Frame], object]

CONTEXT: Final = 0
STATE: Final = 1
FIRST_SLOT: Final = 2

CALL: Final = 5
"""Steps that a call of a function written in FEEL counts for."""


def weight(body: ast.Node) -> int:
    """The steps that one turn of a loop over this body counts for."""
    return 1 + size(body) // 3


class State(Budget):
    """What one evaluation has used, and the unknown conditions of which it took both ways.

    Several trees evaluated with one state, such as the decisions of a model, share one budget
    of steps; so do the functions that they make, wherever these are called.
    """

    unsettled: Unknown | None = None
    recorder: Recorder | None = None
    """Gathers where values come from, in an evaluation that is traced."""

    def took_both(self, condition: Unknown) -> None:
        known = self.unsettled
        self.unsettled = condition.plain() if known is None else known | condition
