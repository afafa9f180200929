"""`compile`: a tree to a Python function of a context."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vanzelf.feel import ast
from vanzelf.feel.compiler import control, filters, functions, literals, names, operators, tests
from vanzelf.feel.compiler.core import Compiler, Scope
from vanzelf.feel.compiler.frame import FIRST_SLOT, Frame, LimitExceeded, State
from vanzelf.feel.messages import report
from vanzelf.feel.values.unknown import Unknown

Compiled = Callable[[Mapping[str, object]], object]

HANDLERS = (control, filters, functions, literals, names, operators, tests)
"""The modules that know how to compile a kind of node; importing them registers it."""


def compile(tree: ast.Node, *, absent: Unknown | None = None) -> Compiled:
    """The tree as a function from a context to a value; it never raises.

    A name or member that is not there gives `absent`: null, as the standard has it, or an
    Unknown. Beyond the bounds on steps and recursion the result is null, or unknown when an
    unknown condition may have led it there.
    """
    compiler = Compiler(absent)
    code = compiler.code(tree, Scope())
    slots: Frame = [None] * (compiler.size - FIRST_SLOT)

    def run(context: Mapping[str, object]) -> object:
        state = State()
        try:
            return code([context, state, *slots])
        except (LimitExceeded, RecursionError, MemoryError) as error:
            report(f"the evaluation was stopped: {error}")
            return state.unsettled

    return run
