"""`compile`: a tree to a Python function of a context."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol, overload

from vanzelf.feel import ast
from vanzelf.feel.compiler import (
    calls,
    control,
    filters,
    functions,
    literals,
    names,
    operators,
    tests,
)
from vanzelf.feel.compiler.core import Compiler, Scope, TracingCompiler
from vanzelf.feel.compiler.frame import FIRST_SLOT, Code, Frame, State
from vanzelf.feel.compiler.tracing import Recorder, Trace
from vanzelf.feel.limits import LimitExceeded, begin, end
from vanzelf.feel.messages import report
from vanzelf.feel.types import Type
from vanzelf.feel.values.unknown import Unknown

HANDLERS = (calls, control, filters, functions, literals, names, operators, tests)
"""The modules that know how to compile a kind of node; importing them registers it."""


class Compiled(Protocol):
    """A context to a value. Evaluations that share a state share its budget of steps."""

    def __call__(self, context: Mapping[str, object], state: State | None = None, /) -> object: ...


class Traced(Protocol):
    """A context to a value with its trace; with a shared state, one bound for all traces."""

    def __call__(
        self, context: Mapping[str, object], state: State | None = None, /
    ) -> tuple[object, Trace]: ...


@overload
def compile(
    tree: ast.Node,
    *,
    absent: Unknown | None = None,
    types: Mapping[str, Type] | None = None,
    traced: Literal[False] = False,
) -> Compiled: ...


@overload
def compile(
    tree: ast.Node,
    *,
    absent: Unknown | None = None,
    types: Mapping[str, Type] | None = None,
    traced: Literal[True],
) -> Traced: ...


def compile(
    tree: ast.Node,
    *,
    absent: Unknown | None = None,
    types: Mapping[str, Type] | None = None,
    traced: bool = False,
) -> Compiled | Traced:
    """The tree as a function from a context to a value; it never raises.

    A name or member that is not there gives `absent`: null, as the standard has it, or an
    Unknown. `types` are what the text may name beside FEEL's own types: item definitions.
    Beyond the bounds on steps and recursion the result is null, or unknown when an unknown
    condition may have led it there. `traced`: the function gives the value with its trace, in
    about three times the time.
    """
    compiler = (TracingCompiler if traced else Compiler)(absent, {} if types is None else types)
    code = compiler.code(tree, Scope())
    slots: Frame = [None] * (compiler.size - FIRST_SLOT)
    return _traced(tree, code, slots) if traced else _plain(code, slots)


def _plain(code: Code, slots: Frame) -> Compiled:
    def run(context: Mapping[str, object], state: State | None = None, /) -> object:
        if state is None:
            state = State()
        outer = begin(state)
        try:
            return code([context, state, *slots])
        except (LimitExceeded, RecursionError, MemoryError) as error:
            report(f"the evaluation was stopped: {error}")
            return state.unsettled
        finally:
            end(outer)

    return run


def _traced(tree: ast.Node, code: Code, slots: Frame) -> Traced:
    plain = _plain(code, slots)

    def run(context: Mapping[str, object], state: State | None = None, /) -> tuple[object, Trace]:
        state = State() if state is None else state
        recorder = state.recorder = state.recorder or Recorder()
        outer, recorder.parts = recorder.parts, []
        value = plain(context, state)
        parts, recorder.parts = recorder.parts, outer
        root = parts[0] if parts else None
        if root is None:  # a literal, or no room for it
            return value, Trace(tree, value, cut=bool(parts))
        return value, Trace(tree, value, root.parts, root.cut)

    return run
