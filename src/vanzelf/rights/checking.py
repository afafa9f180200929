"""The type of every expression, found before anything is checked for anyone.

Members resolve by the declared type, so an unlisted fact is an error at loading. Along the way
the checker notes which facts an expression uses: `gezin.leden[].leefloon` for all members.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable as Function
from collections.abc import Mapping
from dataclasses import dataclass, field

from vanzelf.feel import ast
from vanzelf.rights import builtins
from vanzelf.rights.names import broken_rule
from vanzelf.rights.operations import COMPARISONS, calculated, common
from vanzelf.rights.problems import did_you_mean
from vanzelf.rights.trees import names_in, unbracketed
from vanzelf.rights.types import (
    ANY,
    BOOLEAN,
    DATE,
    DURATION,
    ERROR,
    NULL,
    NUMBER,
    Callable,
    ListOf,
    Quantity,
    Record,
    Thing,
    Type,
    Words,
    mismatch,
)

Scope = Mapping[str, Type]
Report = Function[[ast.Node, str, str], None]


@dataclass(slots=True)
class Checker:
    """Finds the type of an expression in `text` and reports what does not fit."""

    sections: Mapping[str, Mapping[str, Type]]
    """Per section (`persoon`, `gezin`) the declared type of each of its facts."""
    text: str
    report: Report
    facts: Counter[str] = field(default_factory=Counter)
    """The facts used and how often, in the order of the text."""

    def type_of(self, node: ast.Node, scope: Scope) -> Type:
        match node:
            case ast.Null():
                return NULL
            case ast.Boolean():
                return BOOLEAN
            case ast.Number(value=value):
                return Quantity(literal=str(value))
            case ast.String(value=value):
                return Words(literal=value)
            case ast.AtLiteral(text=text):
                return DURATION if text.lstrip("-").startswith("P") else DATE
            case ast.Name(name=name):
                return self._name(node, name, scope)
            case ast.Path(source=source, member=member):
                return self._member(node, self.type_of(source, scope), member)
            case ast.Filter():
                return self._filter(node, scope)
            case ast.Call():
                return self._call(node, scope)
            case ast.Binary():
                return self._binary(node, scope)
            case _:
                return self._other(node, scope)

    def _other(self, node: ast.Node, scope: Scope) -> Type:
        match node:
            case ast.Negate(operand=operand):
                inner = self.type_of(operand, scope)
                if isinstance(inner, Quantity) and inner.literal:
                    return Quantity(literal="-" + inner.literal)
                return inner
            case ast.Between(value=value, low=low, high=high):
                tested = self.type_of(value, scope)
                self._comparable(low, tested, self.type_of(low, scope))
                self._comparable(high, tested, self.type_of(high, scope))
                return BOOLEAN
            case ast.In(value=value, tests=tests):
                tested = self.type_of(value, scope)
                for test in tests:
                    self._test(test, tested, scope)
                return BOOLEAN
            case ast.If(condition=condition, then=then, otherwise=otherwise):
                self._boolean(condition, scope)
                return self._same(node, self.type_of(then, scope), self.type_of(otherwise, scope))
            case ast.Quantified(iterators=iterators, condition=condition):
                inner_scope = self._bind(iterators, scope)
                self._boolean(condition, inner_scope)
                self._brackets(condition)
                return BOOLEAN
            case ast.For(iterators=iterators, result=result):
                return ListOf(self.type_of(result, self._bind(iterators, scope)))
            case ast.ListLiteral(items=items):
                return self._list(node, items, scope)
            case ast.ContextLiteral(entries=entries):
                typed: dict[str, Type] = {}
                for entry in entries:
                    typed[entry.key] = self.type_of(entry.value, {**scope, **typed})
                return Record(tuple(typed.items()))
            case ast.Range(low=low, high=high):
                ends = [self.type_of(end, scope) for end in (low, high) if end is not None]
                return self._same(node, ends[0], ends[-1]) if ends else ANY
            case ast.InstanceOf(value=value):
                self.type_of(value, scope)
                return BOOLEAN
            case ast.Function():
                self.report(node, "a regulation defines no functions", "use definitions:")
        return ANY

    # --- names and members --------------------------------------------------------------------

    def _name(self, node: ast.Node, name: str, scope: Scope) -> Type:
        known = scope.get(name)
        if known is not None:
            return known
        if name in builtins.FORBIDDEN:
            self.report(node, f'"{name}" brings in a clock', "use peildatum")
            return ERROR
        if name in builtins.OPAQUE:
            self.report(node, f'a regulation does not use "{name}"', "name the fact itself")
            return ERROR
        if name in builtins.GIVES:
            return Callable(name, None, ANY)
        if name in self.sections:
            other = next((section for section in self.sections if section in scope), "")
            self.report(node, f'"{name}" does not exist in a right of a {other}', "")
            return ERROR
        hint = did_you_mean(name, {*scope, *builtins.GIVES})
        self.report(node, f'"{name}" is not a fact, a parameter, a definition or a function', hint)
        return ERROR

    def _member(self, node: ast.Node, source: Type, member: str) -> Type:
        if isinstance(source, ListOf):
            return ListOf(self._member(node, source.element, member))
        if isinstance(source, Record):
            return dict(source.entries).get(member, ANY)
        if isinstance(source, Thing):
            facts = self.sections[source.section]
            if member not in facts:
                message = f'"{member}" is not a listed fact of {source.section}'
                self.report(node, message, did_you_mean(member, facts))
                return ERROR
            return self._fact(f"{source.path}.{member}", facts[member])
        if source in (DATE, DURATION) and member in builtins.DATE_MEMBERS:
            return NUMBER
        if source == ANY:
            return ANY
        if source != ERROR:
            self.report(node, f'{source} has no "{member}"', "")
        return ERROR

    def _fact(self, path: str, kind: Type) -> Type:
        self.facts[path] += 1
        if isinstance(kind, ListOf) and isinstance(kind.element, Thing):
            return ListOf(Thing(kind.element.section, path + "[]"))
        return kind

    def _filter(self, node: ast.Filter, scope: Scope) -> Type:
        source = self.type_of(node.source, scope)
        if isinstance(source, Callable):
            self.report(node, f'the table "{source.name}" is not a list', "read it as a function: "
                        f"{source.name}(…)")  # fmt: skip
            return ERROR
        element = source.element if isinstance(source, ListOf) else source
        inner: dict[str, Type] = {**scope, "item": element}
        if isinstance(element, Thing):
            members = self.sections[element.section].keys()
            bare = members & names_in(node.condition).keys() - scope.keys()
            for name in bare:
                inner[name] = self._fact(
                    f"{element.path}.{name}", self.sections[element.section][name]
                )
        condition = self.type_of(node.condition, inner)
        if isinstance(condition, Quantity):
            return element
        if condition not in (BOOLEAN, ANY, ERROR):
            self.report(node.condition, f"a filter is true or false, not {condition}", "")
        return source if isinstance(source, ListOf) else ListOf(element)

    # --- calls and operators ------------------------------------------------------------------

    def _call(self, node: ast.Call, scope: Scope) -> Type:
        function = self.type_of(node.function, scope)
        values = node.arguments or tuple(argument.value for argument in node.named)
        given = [self.type_of(value, scope) for value in values]
        if not isinstance(function, Callable):
            if function not in (ANY, ERROR):
                self.report(node, f"{function} is not a function", "")
            return ERROR
        if function.takes is None:
            if function.name in builtins.AGREE:
                self._agree(node, given)
            if function.name in builtins.PUT_IN and given:
                self._agree(node, [given[0], given[-1]])
            return builtins.result(function.name, given)
        if len(given) != len(function.takes):
            takes = len(function.takes)
            self.report(node, f'"{function.name}" takes {takes} value{"s" * (takes != 1)}', "")
            return function.gives
        for value, wanted, found in zip(values, function.takes, given, strict=True):
            if not builtins.fits(wanted, found):
                self.report(value, f'"{function.name}" takes {wanted}, not {found}', "")
        return builtins.crossed(function, given)

    def _agree(self, node: ast.Node, given: list[Type]) -> None:
        """The arguments, or the members of those that are lists, are of one type."""
        elements = [kind.element if isinstance(kind, ListOf) else kind for kind in given]
        for other in elements[1:]:
            self._comparable(node, elements[0], other)

    def _binary(self, node: ast.Binary, scope: Scope) -> Type:
        if node.operator in (ast.BinaryOperator.AND, ast.BinaryOperator.OR):
            self._boolean(node.left, scope)
            self._boolean(node.right, scope)
            return BOOLEAN
        left, right = self.type_of(node.left, scope), self.type_of(node.right, scope)
        if node.operator in COMPARISONS:
            self._comparable(node, left, right)
            return BOOLEAN
        found = calculated(node.operator, left, right)
        if isinstance(found, tuple):
            self.report(node, *found)
            return ERROR
        return found

    # --- helpers ------------------------------------------------------------------------------

    def _comparable(self, node: ast.Node, left: Type, right: Type) -> None:
        problem = mismatch(left, right)
        if problem:
            self.report(node, *problem)

    def _same(self, node: ast.Node, left: Type, right: Type) -> Type:
        self._comparable(node, left, right)
        return common(left, right)

    def _boolean(self, node: ast.Node, scope: Scope) -> None:
        found = self.type_of(node, scope)
        if found not in (BOOLEAN, ANY, ERROR):
            self.report(
                node, f"this must be true or false, and is {found}", "compare it with something"
            )

    def _test(self, test: ast.Node, tested: Type, scope: Scope) -> None:
        match test:
            case ast.UnaryTests(tests=tests):
                for inner in tests:
                    self._test(inner, tested, scope)
            case ast.UnaryComparison(operand=operand):
                self._comparable(test, tested, self.type_of(operand, scope))
            case _:
                found = self.type_of(test, {**scope, "?": tested})
                if found == BOOLEAN and tested != BOOLEAN:
                    return
                element = found.element if isinstance(found, ListOf) else found
                self._comparable(test, tested, element)

    def _list(self, node: ast.Node, items: tuple[ast.Node, ...], scope: Scope) -> Type:
        found = [self.type_of(item, scope) for item in items]
        if not found:
            return ListOf(ANY)
        for other in found[1:]:
            self._comparable(node, found[0], other)
        return ListOf(found[0] if len(found) == 1 else self._same(node, found[0], found[1]))

    def _bind(self, iterators: tuple[ast.Iterator, ...], scope: Scope) -> Scope:
        inner = dict(scope)
        for iterator in iterators:
            source = self.type_of(iterator.source, inner)
            if iterator.until is not None:
                self.type_of(iterator.until, inner)
            if (
                not isinstance(source, ListOf)
                and iterator.until is None
                and source not in (ANY, ERROR)
            ):
                self.report(iterator.source, f"{source} is not a list", "")
            self._loop_name(iterator, scope)
            inner[iterator.name] = source.element if isinstance(source, ListOf) else source
        return inner

    def _loop_name(self, iterator: ast.Iterator, scope: Scope) -> None:
        broken = broken_rule(iterator.name, builtins.GIVES)
        if broken:
            self.report(iterator, f"loop variable: {broken[0]}", broken[1])
        elif iterator.name in scope:
            self.report(iterator, f'loop variable "{iterator.name}" hides another', "rename it")

    def _brackets(self, condition: ast.Node) -> None:
        operator = unbracketed(condition, self.text)
        if operator:
            reach = f'"{operator}" after "satisfies" reaches to the end'
            self.report(condition, reach, "put brackets: satisfies (… or …)")
