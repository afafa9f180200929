"""A place in a model: which names are in scope there, which types, and whom to tell problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from vanzelf import feel
from vanzelf.dmn.definitions import Literal, Place
from vanzelf.dmn.errors import Problem
from vanzelf.dmn.lowering.external import with_equivalents
from vanzelf.dmn.lowering.nodes import Broken, Conform
from vanzelf.dmn.types import Report, Types
from vanzelf.feel import ast
from vanzelf.feel.builtins.library import LIBRARY
from vanzelf.feel.parsing import Start
from vanzelf.feel.syntax.height import children
from vanzelf.feel.syntax.names import Shape
from vanzelf.feel.types import ANY, Type


@dataclass(frozen=True, slots=True)
class Here:
    """The package's docstring says what each method is for."""

    names: Mapping[str, Shape]
    types: Types
    report: Report
    element: str = ""
    """Whose logic stands here, such as `decision 'Fee'`, for problems."""
    elsewhere: frozenset[str] = frozenset()
    """Names of the model's elements: the use of one that is not in scope is a likely mistake."""

    def knowing(self, extra: Mapping[str, Shape]) -> Here:
        """The same place with more names in scope."""
        return replace(self, names={**self.names, **extra})

    def parse(
        self,
        text: str,
        place: Place,
        *,
        start: Start = "expression",
        extra: Mapping[str, Shape] | None = None,
    ) -> ast.Node:
        scope = {**self.names, **extra} if extra else self.names
        try:
            tree = feel.parse(text, scope, start=start, types=self._types_in(text))
        except feel.FeelSyntaxError as error:
            self.problem(place, f"this is no FEEL: {error}", self._missing(text, scope, start))
            return Broken(f"the text is no FEEL: {str(error).partition(chr(10))[0]}")
        self._look_for_missing(tree, text, place, scope)
        return with_equivalents(tree) if "external" in text else tree

    def foreign(self, literal: Literal, what: str) -> ast.Node | None:
        """What stands for a text in another language than FEEL; None for one in FEEL."""
        if not literal.language or "FEEL" in literal.language.upper():
            return None
        self.problem(literal.place, f"{what} is written in {literal.language}", "write it in FEEL")
        return Broken(f"{what} is written in {literal.language}, not in FEEL")

    def parse_iteration(self, text: str, place: Place) -> tuple[ast.Node, ast.Node] | None:
        """The ends of a range to iterate over, `1..n`, which only stands behind `for … in`."""
        try:
            tree = feel.parse(text, self.names, start="iteration")
        except feel.FeelSyntaxError:
            return None
        if not isinstance(tree, ast.Iterator) or tree.until is None:
            return None
        self._look_for_missing(tree, text, place, self.names)
        return tree.source, tree.until

    def _types_in(self, text: str) -> Types | None:
        """The types, if the text may name one."""
        return self.types if "instance" in text or "function" in text else None

    def type_of(self, type_ref: str | None, place: Place) -> Type:
        return self.types.named(type_ref, place)

    def conforming(self, node: ast.Node, type_ref: str | None, what: str, place: Place) -> ast.Node:
        kind = self.type_of(type_ref, place)
        if type_ref is None or kind == ANY:
            return node
        return Conform(node, kind, type_ref, what, span=node.span)

    def problem(self, place: Place, message: str, hint: str = "") -> None:
        message = f"{self.element}: {message}" if self.element else message
        self.report(Problem(place, message, hint))

    # --- what is not required -----------------------------------------------------------------

    def _missing(self, text: str, scope: Mapping[str, Shape], start: Start) -> str:
        """A hint, if the text would be FEEL with the names of other elements in scope."""
        if not self.elsewhere:
            return ""
        try:
            wide = {**dict.fromkeys(self.elsewhere), **scope}
            tree = feel.parse(text, wide, start=start, types=self._types_in(text))
        except feel.FeelSyntaxError:
            return ""
        return _hint(sorted((self._free(tree) & self.elsewhere) - scope.keys()))

    def _look_for_missing(
        self, tree: ast.Node, text: str, place: Place, scope: Mapping[str, Shape]
    ) -> None:
        free = self._free(tree) - scope.keys()
        required = sorted(free & self.elsewhere)
        if required:
            message = f"`{_shortened(text)}` uses what is not in scope here: {', '.join(required)}"
            self.problem(place, message, _hint(required))
        for name in sorted(free - self.elsewhere):
            called = re.search(re.escape(name) + r"\s*\(", text)
            close = get_close_matches(name, [*scope, *LIBRARY] if called else list(scope), 1)
            hint = f"did you mean {close[0]}?" if close else _NOWHERE
            self.problem(place, f"`{_shortened(text)}`: nothing is called {name}", hint)

    @staticmethod
    def _free(tree: ast.Node) -> set[str]:
        """The names that a tree does not bind itself, built-in functions apart.

        Filters are left out: there a name may well be a member of the elements.
        """
        used: set[str] = set()
        bound = {"item", "partial"}
        pending = [tree]
        while pending:
            node = pending.pop()
            if isinstance(node, ast.Name):
                used.add(node.name)
            elif isinstance(node, ast.Iterator | ast.Parameter):
                bound.add(node.name)
            elif isinstance(node, ast.ContextEntry):
                bound.add(node.key)
            pending += [node.source] if isinstance(node, ast.Filter) else children(node)
        return used - bound - LIBRARY.keys()


_NOWHERE = "it is null; an input is input data in the diagram, with an arrow to where it is used"


def _hint(used: list[str]) -> str:
    return f"add {' and '.join(used)} to its requirements" if used else ""


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}…"
