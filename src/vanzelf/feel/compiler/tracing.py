"""Where a value came from: the sub-expressions that were evaluated, with what each gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vanzelf.feel import ast
from vanzelf.feel.syntax.unparse import unparse

MOST: Final = 10_000
"""Values that one explanation may hold; what comes after them is left out."""


@dataclass(frozen=True, slots=True, repr=False)
class Trace:
    """A value, the node that gave it, and the values it came from in the order they came.

    What a node did not need is not in it, and literals are not: they stand in the text. A
    loop has its body once per turn, a call of a FEEL function the function's body; a chain
    such as `a + b + c` is one node. `cut` says that parts were left out: there were too many,
    or the evaluation was stopped here.
    """

    node: ast.Node
    value: object
    parts: tuple[Trace, ...] = ()
    cut: bool = False

    def __repr__(self) -> str:
        return f"<Trace {self.text} → {self.value!r}, parts: {len(self.parts)}>"

    @property
    def text(self) -> str:
        """The expression that gave the value."""
        return unparse(self.node)


Parts = list[Trace | None]
"""Traces as they come; None, once, stands at the end for those left out."""


class Recorder:
    """The traces of one evaluation while it runs: `parts` are those of the node at work."""

    __slots__ = ("left", "parts")

    def __init__(self) -> None:
        self.parts: Parts = []
        self.left = MOST

    def begin(self) -> Parts | None:
        """A node starts its work: the parts of the node around it, to hand back at the end.

        None when there is no room for it, and so for nothing below it.
        """
        outer = self.parts
        if self.left == 0:
            if outer[-1:] != [None]:
                outer.append(None)
            return None
        self.left -= 1
        self.parts = []
        return outer

    def end(self, outer: Parts, node: ast.Node, value: object, *, stopped: bool = False) -> None:
        """The node has its value, or was stopped; its trace is a part of the node around it."""
        parts = tuple(part for part in self.parts if part is not None)
        outer.append(Trace(node, value, parts, stopped or len(parts) < len(self.parts)))
        self.parts = outer
