"""The compiler: a table from node type to the function that compiles it, and static scopes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from vanzelf.feel import ast
from vanzelf.feel.compiler.frame import FIRST_SLOT, STATE, Code, Frame
from vanzelf.feel.constants import constant
from vanzelf.feel.types import Type
from vanzelf.feel.values.unknown import Unknown

N = TypeVar("N", bound=ast.Node)
Run = TypeVar("Run", bound=Callable[..., Any])


@dataclass(slots=True)
class Scope:
    """The variables that are bound at a place in the tree, and the slots they live in.

    In the condition of a filter `item` is the slot of the element: if it is a context, its
    members are names there.
    """

    parent: Scope | None = None
    slots: dict[str, int] = field(default_factory=dict)
    item: int | None = None

    def find(self, name: str) -> int | None:
        """The slot of a variable, if it is bound by the text itself."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.slots:
                return scope.slots[name]
            scope = scope.parent
        return None


class Compiler:
    """Compiles one tree. `absent` is what a name or member that is not there gives; `types`
    are the types that the text may name beside FEEL's own.

    A handler compiles the children of its node with `code`, each in the scope it stands in,
    and gives a function of the frame that calls theirs.
    """

    def __init__(
        self, absent: Unknown | None, types: Mapping[str, Type] = MappingProxyType({})
    ) -> None:
        self.absent = absent
        self.types = types
        self.size = FIRST_SLOT

    def new_slot(self) -> int:
        """A place in the frame of its own, for a variable."""
        self.size += 1
        return self.size - 1

    def code(self, node: ast.Node, scope: Scope) -> Code:
        """The node as a function of a frame."""
        return self.watch(node, _HANDLERS[type(node)](self, node, scope))

    def watch(self, node: ast.Node, run: Run) -> Run:
        """The function that evaluates a node, as it will be called.

        `code` does this by itself. What evaluates a node in another way (a test of a value, a
        row of a table) goes through here, so that a trace has it: a function of the frame and
        whatever else.
        """
        return run


class TracingCompiler(Compiler):
    """Compiles a tree so that every evaluation of a node is recorded, literals apart."""

    def code(self, node: ast.Node, scope: Scope) -> Code:
        code = _HANDLERS[type(node)](self, node, scope)
        return code if constant(node) else self.watch(node, code)

    def watch(self, node: ast.Node, run: Run) -> Run:
        def traced(frame: Frame, *rest: object) -> object:
            recorder = frame[STATE].recorder
            outer = recorder.begin() if recorder is not None else None
            if outer is None:
                return run(frame, *rest)
            try:
                value = run(frame, *rest)
            except BaseException:
                recorder.end(outer, node, None, stopped=True)
                raise
            recorder.end(outer, node, value)
            return value

        return traced  # type: ignore[return-value] # it takes and gives the same


_HANDLERS: dict[type[ast.Node], Callable[[Compiler, ast.Node, Scope], Code]] = {}

Handler = Callable[[Compiler, N, Scope], Code]


def compiles(*node_types: type[N]) -> Callable[[Handler[N]], Handler[N]]:
    """Registers the function that compiles nodes of these types."""

    def register(handler: Handler[N]) -> Handler[N]:
        for node_type in node_types:
            _HANDLERS[node_type] = handler  # type: ignore[assignment] # keyed by the very type
        return handler

    return register
