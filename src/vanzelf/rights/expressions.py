"""From the text of an expression to a checked one, every problem at its place in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from vanzelf.feel import FeelSyntaxError, ast, parse
from vanzelf.rights import builtins
from vanzelf.rights.checking import Checker
from vanzelf.rights.document import Item
from vanzelf.rights.facts import Catalogue
from vanzelf.rights.model import Expression
from vanzelf.rights.names import word_runs
from vanzelf.rights.problems import Problems
from vanzelf.rights.trees import names_in, substitute
from vanzelf.rights.types import BOOLEAN, ERROR, NULL, Thing, Type


@dataclass(slots=True)
class Expressions:
    """Reads the expressions of one regulation: what names there are, and what they are."""

    catalogue: Catalogue
    problems: Problems
    scope: dict[str, Type]
    """Every name of the top level and its type."""
    definitions: dict[str, Expression] = field(default_factory=dict)
    parameters: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    """Every name that some expression reads."""

    @classmethod
    def of_unit(cls, unit: str, catalogue: Catalogue, problems: Problems) -> Expressions:
        """The scope of a right of that unit: a household's right knows no single person."""
        sections = ("gezin",) if unit == "gezin" else ("persoon", "gezin")
        things: dict[str, Type] = {name: Thing(name, name) for name in sections}
        return cls(catalogue, problems, {**builtins.ADDED, **things})

    def define(self, name: str, expression: Expression) -> None:
        self.definitions[name] = expression
        self.scope[name] = expression.type

    def condition(self, item: Item | None, what: str) -> Expression | None:
        """An expression that is true or false."""
        return self.true_or_false(self.read(item, what), item, what)

    def true_or_false(
        self, expression: Expression | None, item: Item | None, what: str
    ) -> Expression | None:
        """The expression if it is one; else a problem."""
        if expression is None or item is None or expression.type in (BOOLEAN, ERROR):
            return expression
        message = f"{what}: this must be true or false, and is {expression.type}"
        self.problems.add(item.place, message, "compare it with something")
        return None

    def read(self, item: Item | None, what: str) -> Expression | None:
        if item is None:
            return None
        if item.kind != "scalar" or item.value is None:
            self.problems.add(item.place, f"{what}: an expression is expected here")
            return None
        text = item.text
        tree = self._parse(item, text, what)
        if tree is None:
            return None
        before = len(self.problems.found)

        def report(node: ast.Node, message: str, hint: str) -> None:
            line, column = _line_and_column(text, node.span.start)
            self.problems.add(item.place_in_text(line, column), f"{what}: {message}", hint)

        self.used |= names_in(tree).keys()
        checker = Checker(self.catalogue.types(), text, report)
        kind = checker.type_of(tree, self.scope)
        if len(self.problems.found) > before:
            return None
        if kind == NULL:
            report(tree, "null decides nothing", "")
            return None
        return self.complete(text, tree, kind, checker.facts)

    def complete(self, text: str, tree: ast.Node, kind: Type, facts: Counter[str]) -> Expression:
        """The expression with its definitions filled in, and what they use added."""
        names = names_in(tree)
        used = [name for name in self.definitions if name in names]
        parameters = {name: None for name in names if name in self.parameters}
        repeated = {path for path, times in facts.items() if times > 1}
        paths = dict.fromkeys(facts)
        for name in used:
            definition = self.definitions[name]
            parameters.update(dict.fromkeys(definition.parameters))
            again = names[name] > 1
            repeated.update(path for path in definition.facts if again or path in paths)
            repeated.update(definition.repeated)
            paths.update(dict.fromkeys(definition.facts))
        trees = {name: self.definitions[name].tree for name in used}
        tables = dict.fromkeys(table for name in used for table in self.definitions[name].tables)
        whole = substitute(tree, trees) if trees else tree
        return Expression(
            text, whole, kind, tuple(paths), frozenset(repeated), tuple(parameters), tree,
            tuple(tables),
        )  # fmt: skip

    def _parse(self, item: Item, text: str, what: str) -> ast.Node | None:
        known = self._names()
        try:
            return parse(text, known)
        except FeelSyntaxError as error:
            # Perhaps a name of several words is misspelled: read it as a name, so that the
            # checker can say which fact or parameter does not exist and what comes near.
            try:
                return self._with_unknown_names(text, known)
            except FeelSyntaxError:
                place = item.place_in_text(error.line, error.column)
                hint = f"expected {_listed(error.expected)}" if error.expected else ""
                self.problems.add(place, f"{what}: {error.message}", hint)
                return None

    def _with_unknown_names(self, text: str, known: Collection[str]) -> ast.Node:
        runs = {run for run in word_runs(text) if " " in run}
        return parse(text, {*known, *runs})

    def _names(self) -> set[str]:
        members = {fact.name for fact in self.catalogue.values()}
        return {*self.scope, *members, *builtins.GIVES, "item"}


def _listed(expected: object) -> str:
    if isinstance(expected, str):
        return expected
    return " or ".join(str(item) for item in expected) if isinstance(expected, Collection) else ""


def _line_and_column(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
