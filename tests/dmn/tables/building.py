"""Decision tables made in a test, without a model around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vanzelf import feel
from vanzelf.dmn.definitions import Aggregation, Definitions, HitPolicy, ItemDefinition
from vanzelf.dmn.tables import InputColumn, Missing, OutputColumn, Row, Table
from vanzelf.dmn.types import Types
from vanzelf.feel import ast
from vanzelf.feel.messages import collected
from vanzelf.feel.types import ANY, SIMPLE, Type

Rows = Sequence[tuple[Sequence[str], Sequence[str]]]
"""For each row the texts of its cells and of its outputs."""


def table(
    inputs: Sequence[str],
    rows: Rows,
    policy: str = "UNIQUE",
    *,
    aggregation: str | None = None,
    outputs: Sequence[str] = ("result",),
    allowed: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    names: Sequence[str] = (),
) -> Table:
    """A table over input expressions; `allowed` by input expression or output name."""
    allowed, defaults = allowed or {}, defaults or {}
    scope = [*names, *(text for text in inputs if text.isalnum())]

    def tests(text: str | None) -> ast.Node | None:
        return None if text is None else feel.parse(text, scope, start="unary tests")

    def value(text: str | None) -> ast.Node | None:
        return None if text is None else feel.parse(text, scope)

    return Table(
        tuple(InputColumn(value(text), tests(allowed.get(text)), text) for text in inputs),
        tuple(
            OutputColumn(
                name, tests(allowed.get(name)), tests(allowed.get(name)), value(defaults.get(name))
            )
            for name in outputs
        ),
        tuple(
            Row(number, tuple(map(tests, cells)), tuple(map(value, given)))
            for number, (cells, given) in enumerate(rows, 1)
        ),
        HitPolicy(policy),
        Aggregation(aggregation) if aggregation else None,
    )


def value_of(
    node: Table, context: Mapping[str, object], messages: list[str] | None = None
) -> object:
    """What the table gives; the context holds FEEL values and unknowns."""
    with collected(messages):
        return feel.compile(node)(context)


def text_of(node: Table, **context: object) -> str:
    """What the table gives, as FEEL writes it, strings quoted."""
    context = {
        name: feel.evaluate(one) if isinstance(one, str) else one for name, one in context.items()
    }
    return feel.text([value_of(node, context)])[1:-1]


def kind(base: str, allowed: str | None = None) -> Type:
    """A type, such as an item definition with allowed values makes."""
    if base == "Any":
        return ANY
    if allowed is None:
        return SIMPLE[base]
    item = ItemDefinition(name="kind", type_ref=base, allowed_values=allowed)
    definitions = Definitions(name="types", namespace="types", item_definitions=(item,))
    return Types(definitions, lambda problem: None)["kind"]


def missing(path: str, base: str = "Any", allowed: str | None = None) -> Missing:
    return Missing.of(path, kind(base, allowed))
