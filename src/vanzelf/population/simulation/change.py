"""What if: another value for a parameter, a criterion left out or put otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256

from vanzelf.rights import Regulation
from vanzelf.rights.document import Item
from vanzelf.rights.expressions import Expressions
from vanzelf.rights.model import (
    Content,
    CriteriaNode,
    Criterion,
    Dated,
    Expression,
    Group,
    Parameter,
    Row,
)
from vanzelf.rights.parameter_file import type_of
from vanzelf.rights.problems import Place, Problems, did_you_mean

Value = Decimal | date | tuple[Row, ...]
TOO_MUCH = 10**9  # beyond it, cents of everyone together do not fit in 64 bits
_SET = re.compile(r"\s*(?P<name>[^\[\]=]*?)\s*(?:\[(?P<row>[^\]]*)\])?\s*=(?P<value>.*)", re.DOTALL)


class ChangeError(ValueError):
    """A change that cannot be made; says which, where in its text, and what there is instead."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one regulation. Money is in euros, a percentage of 80 is 80.

    `parameters`: by name what they are worth instead, on every day; a table whole. `without`:
    criteria or groups that are left out. `instead`: by criterion the expression in its place.
    """

    parameters: Mapping[str, Value] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict)

    @property
    def only_parameters(self) -> bool:
        """Whether the rules stay as they are."""
        return not self.without and not self.instead

    def as_data(self) -> dict[str, object]:
        return {
            "parameters": {name: plain(value) for name, value in self.parameters.items()},
            "without": list(self.without),
            "instead": dict(self.instead),
        }


def read_change(
    regulation: Regulation,
    on: date,
    sets: Iterable[str] = (),
    without: Iterable[str] = (),
    instead: Iterable[str] = (),
) -> Change:
    """A change as it is written: `name=30000`, `table[row]=42`, `criterion=expression`.

    A row of a table is named as in the regulation; the other rows stay as they are on that day.
    Raises ChangeError.
    """
    parameters: dict[str, Value] = {}
    for text in sets:
        found = _SET.fullmatch(text)
        if found is None:
            raise ChangeError(f"{text!r}: write name=value, or name[row]=value for a table")
        name = found["name"]
        parameter = _parameter(regulation.content, name)
        value: Value = _value(parameter, found["value"].strip(), text)
        if parameter.by is None and found["row"] is not None:
            raise ChangeError(f'{text!r}: "{name}" is no table: write {name}=value')
        if parameter.by is not None:
            rows = parameters.get(name, _rows(parameter, regulation.reference_date(on)))
            value = _with_row(parameter, rows, found["row"], value, text)
        parameters[name] = value
    return Change(parameters, tuple(without), dict(_named(instead)))


def _named(texts: Iterable[str]) -> Iterable[tuple[str, str]]:
    for text in texts:
        name, equals, expression = text.partition("=")
        if not equals:
            raise ChangeError(f"{text!r}: write criterion=expression")
        yield name.strip(), expression.strip()


def _parameter(content: Content, name: str) -> Parameter:
    if name in content.parameters:
        return content.parameters[name]
    known = content.parameters
    hint = did_you_mean(name, known) or "; ".join(known) or "it has none"
    raise ChangeError(f'{content.id} has no parameter "{name}": {hint}')


def _value(parameter: Parameter, text: str, whole: str) -> Decimal | date:
    """A number as a person writes it, or a day."""
    try:
        if parameter.type == "date":
            return date.fromisoformat(text)
        number = Decimal(text.replace("_", "").replace(" ", ""))
        if number.is_finite() and abs(number) < TOO_MUCH:
            return number
    except (ValueError, InvalidOperation):
        pass
    wanted = {"date": "a day such as 2026-01-15", "money": "euros such as 1234.50"}
    raise ChangeError(f"{whole!r}: {wanted.get(parameter.type, 'a number')} is expected after =")


def _rows(parameter: Parameter, reference: date) -> tuple[Row, ...]:
    dated = parameter.on(reference)
    return dated.value if dated and isinstance(dated.value, tuple) else ()


def _with_row(
    parameter: Parameter, rows: Value, label: str | None, value: Value, whole: str
) -> tuple[Row, ...]:
    if not isinstance(rows, tuple) or label not in {row.label for row in rows}:
        known = ", ".join(row.label for row in rows) if isinstance(rows, tuple) else ""
        message = f'"{parameter.name}" is a table' if label is None else f'no row "{label}"'
        raise ChangeError(f"{whole!r}: {message}: write {parameter.name}[row]=value; rows: {known}")
    assert not isinstance(value, tuple)
    return tuple(replace(row, value=value) if row.label == label else row for row in rows)


def changed(regulation: Regulation, change: Change) -> Regulation:
    """The regulation with the change in it. Raises ChangeError; the regulation itself stays."""
    content = regulation.content
    parameters = dict(content.parameters)
    for name, value in change.parameters.items():
        parameter = _parameter(content, name)
        dated = Dated(date.min, None, value, (), False, {})
        parameters[name] = replace(parameter, values=(dated,))
    criteria: CriteriaNode | None = content.criteria
    known = set(_ids(content.criteria))
    for name in (*change.without, *change.instead):
        if name not in known:
            hint = did_you_mean(name, known) or "; ".join(sorted(known))
            raise ChangeError(f'{content.id} has no criterion "{name}": {hint}')
    for name in change.without:
        criteria = _without(criteria, name) if criteria else None
    if criteria is None:
        raise ChangeError(f"{content.id}: without {', '.join(change.without)} no criterion is left")
    for name, text in change.instead.items():
        criteria = _instead(criteria, name, _expression(regulation, name, text))
    told = f"{content.hash}{change.as_data()}"
    new = replace(
        content,
        parameters=parameters,
        criteria=criteria,
        hash=sha256(told.encode()).hexdigest(),
    )
    return Regulation(new, regulation.catalogue)


def _ids(node: CriteriaNode) -> Iterable[str]:
    """Of the node and all below it; a group without a name of its own has `any`, `any 2`, …"""
    yield node.id
    if isinstance(node, Group):
        for inner in node.nodes:
            yield from _ids(inner)


def _without(node: CriteriaNode, name: str) -> CriteriaNode | None:
    """The tree without a node; a group of which nothing is left goes too."""
    if node.id == name:
        return None
    if isinstance(node, Criterion):
        return node
    kept = tuple(found for inner in node.nodes if (found := _without(inner, name)) is not None)
    return replace(node, nodes=kept) if kept else None


def _instead(node: CriteriaNode, name: str, when: Expression) -> CriteriaNode:
    if isinstance(node, Criterion):
        return replace(node, when=when) if node.id == name else node
    if node.id == name:
        raise ChangeError(f'"{name}" is a group: only the text of a criterion can be replaced')
    return replace(node, nodes=tuple(_instead(inner, name, when) for inner in node.nodes))


def _expression(regulation: Regulation, name: str, text: str) -> Expression:
    """The text, read in the scope of the regulation."""
    content, problems = regulation.content, Problems()
    expressions = Expressions.of_unit(content.unit, regulation.catalogue, problems)
    for parameter in content.parameters.values():
        expressions.scope[parameter.name] = type_of(parameter)
        expressions.parameters.add(parameter.name)
    for definition in content.definitions.values():
        expressions.define(definition.name, definition.expression)
    item = Item(text, Place(content.id, 1), "scalar", (text,))
    found = expressions.condition(item, f'criterion "{name}"')
    if found is not None:
        return found
    told = "\n".join(
        f"  {text}\n  {' ' * (problem.column - 1)}^ {problem.message}"
        + (f" ({problem.hint})" if problem.hint else "")
        for problem in problems.found
    )
    raise ChangeError(
        f'{content.id}, criterion "{name}", column {problems.found[0].column}:\n{told}'
    )


def plain(value: Value) -> object:
    """As JSON knows it: a text, or for a table a text by row."""
    if isinstance(value, tuple):
        return {row.label: None if row.value is None else str(row.value) for row in value}
    return str(value)
