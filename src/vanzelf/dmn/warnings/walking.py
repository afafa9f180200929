"""Walks a tree with what missing inputs do, and tells where a null becomes an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from vanzelf.dmn.definitions import NOWHERE, Place
from vanzelf.dmn.lowering import nodes as dmn
from vanzelf.dmn.tables import Table
from vanzelf.dmn.warnings.facts import SURE, Fact, Scope, either
from vanzelf.dmn.warnings.rows import table_fact
from vanzelf.feel import ast, unparse
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.builtins.names import BUILT_IN
from vanzelf.feel.constants import constant
from vanzelf.feel.extending import children


@dataclass(frozen=True, slots=True)
class Warning:
    """A place where a missing input becomes an answer: why, and what to write instead."""

    place: Place
    element: str
    expression: str
    why: str
    instead: str

    def __str__(self) -> str:
        where = f"{self.place.file}:{self.place.line}: " if self.place.file else ""
        return f"{where}{self.element}: `{self.expression}`: {self.why}\n    {self.instead}"


@dataclass(frozen=True, slots=True)
class Told:
    """A warning of which the place may be that of the element around it."""

    expression: str
    why: str
    instead: str
    place: Place = NOWHERE


_ANSWERS: Final = {
    "list contains": "`list contains` says false of null",
    "is": "`is` says false of anything and null",
    "index of": "`index of` finds null nowhere",
    "string join": "`string join` leaves null out",
}
"""Built-ins that give a value for a null among their arguments."""


class Walker:
    """`tell` hears of each place; `fact` looks at a tree and says what its value may be."""

    def __init__(self, tell: Callable[[Told], None]) -> None:
        self.tell = tell

    def say(
        self, node: ast.Node | str, why: str, cause: str, instead: str = "", place: Place = NOWHERE
    ) -> None:
        text = node if isinstance(node, str) else unparse(node)
        self.tell(
            Told(
                text,
                why,
                instead or f"say what a missing {cause} gives: test `{cause} = null` first",
                place,
            )
        )

    def fact(self, node: ast.Node, scope: Scope) -> Fact:
        """What a missing input does to the value of a node."""
        method = _METHODS.get(type(node))
        return method(self, node, scope) if method else self._together(children(node), scope)

    def _together(self, nodes: Iterable[ast.Node], scope: Scope) -> Fact:
        return either(*[self.fact(node, scope) for node in nodes])

    # --- names --------------------------------------------------------------------------------

    def _name(self, node: ast.Name, scope: Scope) -> Fact:
        name = node.name
        if name in scope.names:
            found = scope.names[name]
        elif name in BUILT_IN.shapes:
            return SURE
        elif scope.item is not None:
            found = Fact(name, name) if scope.item.inside else SURE
        else:
            found = Fact(name, name)
        return found.known() if name in scope.known else found

    def _input(self, node: ast.Input, scope: Scope) -> Fact:
        return scope.names.get("?", SURE)

    def _path(self, node: ast.Path, scope: Scope) -> Fact:
        source, text = self.fact(node.source, scope), unparse(node)
        if source.members is not None and node.member in source.members:
            found = source.members[node.member]
        elif source.inside:
            found = Fact(text, text)
        else:
            found = Fact(source.null)
        return found.known() if text in scope.known else found

    # --- operators ----------------------------------------------------------------------------

    def _binary(self, node: ast.Binary, scope: Scope) -> Fact:
        """The left spine in a loop: a chain may be longer than Python's stack is deep."""
        chain = [node]
        while isinstance(node.left, ast.Binary):
            node = node.left
            chain.append(node)
        found, inner, logic = self.fact(node.left, scope), scope, None
        for link in reversed(chain):
            if link.operator not in (Op.AND, Op.OR):
                found = self._operate(link, found, self.fact(link.right, scope))
                continue
            if link.operator is not logic:
                inner, logic = scope.seen(link.left, link.operator is Op.AND), link.operator
            found = self._operate(link, found, self.fact(link.right, inner))
            inner = inner.seen(link.right, link.operator is Op.AND)
        return found

    def _operate(self, node: ast.Binary, left: Fact, right: Fact) -> Fact:
        if node.operator not in (Op.EQUAL, Op.NOT_EQUAL):
            return Fact(left.null or right.null)
        of_null = isinstance(node.left, ast.Null) or isinstance(node.right, ast.Null)
        if not of_null and (left.null or right.null):
            self._tell_equal(node, left.null or "", right.null or "")
        return SURE

    def _tell_equal(self, node: ast.Binary, left: str, right: str) -> None:
        cause, other = (left, node.right) if left else (right, node.left)
        shown = unparse(other)
        if node.operator is Op.EQUAL:
            why = f"null = {shown} is false, so a missing {cause} counts as not {shown}"
        else:
            why = f"null != {shown} is true, so a missing {cause} counts as other than {shown}"
        self.say(node, why, cause)

    def _in(self, node: ast.In, scope: Scope) -> Fact:
        value = self.fact(node.value, scope)
        inner = scope.having({"?": value})
        tests = either(*[self.fact(test, inner) for test in node.tests])
        if all(isinstance(test, ast.Range | ast.UnaryComparison) for test in node.tests):
            return Fact(value.null or tests.null)
        if value.null:
            why = f"null is in no list, so a missing {value.null} counts as not one of these"
            self.say(node, why, value.null)
        return SURE

    def _instance_of(self, node: ast.InstanceOf, scope: Scope) -> Fact:
        self.fact(node.value, scope)
        return SURE

    # --- control ------------------------------------------------------------------------------

    def _if(self, node: ast.If, scope: Scope) -> Fact:
        condition = self.fact(node.condition, scope)
        if condition.null:
            why = (
                f"`{unparse(node.condition)}` is null when {condition.null} is missing, and `if` "
                "then takes the `else`"
            )
            self.say(node, why, condition.null)
        self._look_for_default(node)
        then = self.fact(node.then, scope.seen(node.condition, True))
        return either(then, self.fact(node.otherwise, scope.seen(node.condition, False)))

    def _look_for_default(self, node: ast.If) -> None:
        """`if x = null then 0 else x`: a value that stands for what is not known."""
        condition = node.condition
        if not isinstance(condition, ast.Binary) or condition.right != ast.Null():
            return
        default, value = node.then, node.otherwise
        if condition.operator is Op.NOT_EQUAL:
            default, value = value, default
        elif condition.operator is not Op.EQUAL:
            return
        known = constant(default)
        if value == condition.left and known and known[0] is not None:
            cause = unparse(value)
            why = f"a missing {cause} counts as {unparse(default)}"
            self.say(node, why, cause, "leave it null, and ask with what is missing as unknown")

    def _filter(self, node: ast.Filter, scope: Scope) -> Fact:
        source = self.fact(node.source, scope)
        if constant(node.condition) or isinstance(node.condition, ast.Negate):  # a position
            return Fact(source.null or source.inside, source.inside)
        condition = self.fact(node.condition, scope.filtering(source))
        if source.null:
            why = f"a missing {source.null} is filtered as an empty list"
            self.say(node, why, source.null)
        if condition.null:
            why = (
                f"`{unparse(node.condition)}` is null when {condition.null} is missing, and what "
                "it is null for is left out"
            )
            self.say(node, why, condition.null)
        return Fact(None, source.inside)

    def _iterators(self, iterators: Iterable[ast.Iterator], scope: Scope) -> tuple[Fact, Scope]:
        sources: list[Fact] = []
        for one in iterators:
            source = self.fact(one.source, scope)
            until = self.fact(one.until, scope) if one.until else SURE
            sources += [source, until]
            element = SURE if one.until else source.element()
            scope = scope.having({one.name: element})
        return either(*sources), scope

    def _for(self, node: ast.For, scope: Scope) -> Fact:
        source, inner = self._iterators(node.iterators, scope)
        result = self.fact(node.result, inner.having({"partial": SURE}))
        return Fact(source.null, result.inside, result.null)

    def _quantified(self, node: ast.Quantified, scope: Scope) -> Fact:
        source, inner = self._iterators(node.iterators, scope)
        condition = self.fact(node.condition, inner)
        return Fact(source.null or condition.null)

    # --- values -------------------------------------------------------------------------------

    def _list(self, node: ast.ListLiteral, scope: Scope) -> Fact:
        items = [self.fact(item, scope) for item in node.items]
        inside = next((one.inside for one in items if one.inside), None)
        return Fact(None, inside, next((one.null for one in items if one.null), None))

    def _entries(
        self, entries: Iterable[ast.ContextEntry], scope: Scope
    ) -> tuple[dict[str, Fact], Scope]:
        members: dict[str, Fact] = {}
        for entry in entries:
            members[entry.key] = self.fact(entry.value, scope)
            scope = scope.having({entry.key: members[entry.key]})
        return members, scope

    def _context(self, node: ast.ContextLiteral, scope: Scope) -> Fact:
        members, _ = self._entries(node.entries, scope)
        inside = next((one.null or one.inside for one in members.values()), None)
        return Fact(None, inside, None, members)

    def _context_result(self, node: dmn.ContextResult, scope: Scope) -> Fact:
        _, inner = self._entries(node.entries, scope)
        return self.fact(node.result, inner)

    def _relation_row(self, node: dmn.Row, scope: Scope) -> Fact:
        members = {cell.key: self.fact(cell.value, scope) for cell in node.cells}
        return Fact(None, either(*members.values()).null, None, members)

    def _function(self, node: ast.Function, scope: Scope) -> Fact:
        """What it is called with may be missing too."""
        names = [parameter.name for parameter in node.parameters]
        self.fact(node.body, scope.having({name: Fact(name, name) for name in names}))
        return SURE

    def _call(self, node: ast.Call, scope: Scope) -> Fact:
        arguments = [*node.arguments, *(one.value for one in node.named)]
        facts = [self.fact(one, scope) for one in arguments]
        given = either(*facts)
        if not isinstance(node.function, ast.Name) or node.function.name in scope.names:
            self.fact(node.function, scope)
            return Fact(given.null or given.inside, given.inside)
        name = node.function.name
        if name in _ANSWERS:
            cause = given.holes if name == "string join" else either(*facts[-1:]).null
            if cause:
                self.say(node, f"{_ANSWERS[name]}, so a missing {cause} gives an answer", cause)
            return Fact(facts[0].null if facts else None)
        if name == "count":
            if given.holes:
                self.say(node, f"a missing {given.holes} is counted", given.holes)
            return Fact(given.null)
        return Fact(given.null or given.holes, given.inside)

    def _table(self, node: Table, scope: Scope) -> Fact:
        return table_fact(self, node, scope)


_METHODS: Final[dict[type[ast.Node], Callable[[Walker, Any, Scope], Fact]]] = {
    ast.Name: Walker._name,
    ast.Input: Walker._input,
    ast.Path: Walker._path,
    ast.Binary: Walker._binary,
    ast.In: Walker._in,
    ast.InstanceOf: Walker._instance_of,
    ast.If: Walker._if,
    ast.Filter: Walker._filter,
    ast.For: Walker._for,
    ast.Quantified: Walker._quantified,
    ast.ListLiteral: Walker._list,
    ast.ContextLiteral: Walker._context,
    ast.Function: Walker._function,
    ast.Call: Walker._call,
    dmn.ContextResult: Walker._context_result,
    dmn.Row: Walker._relation_row,
    Table: Walker._table,
}
