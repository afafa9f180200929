"""Hit policies over rows that surely fire (DMN 1.5, 8.2.8 and 8.2.11)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from vanzelf.dmn.definitions import Aggregation, HitPolicy
from vanzelf.dmn.tables.nodes import Table
from vanzelf.dmn.tables.outputs import Outputs
from vanzelf.feel.builtins.library import LIBRARY
from vanzelf.feel.extending import Frame, report
from vanzelf.feel.values.comparison import equal
from vanzelf.feel.values.unknown import Unknown

Hits: TypeAlias = Sequence[int]
"""The rows that fire, by index, in the order of the table."""
Decide: TypeAlias = Callable[[Frame, Hits], object]

LISTS: Final = frozenset({HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT})


def gives_list(table: Table) -> bool:
    return table.policy in LISTS and table.aggregation is None


def decide(table: Table, outputs: Outputs) -> Decide:
    """What the table gives for the rows that fire.

    No row: the default outputs, in a list where the policy gives lists; without default the
    empty list there, 0 for a count, and null for the others.
    """
    some = _aggregate(table, outputs) if table.aggregation else _POLICIES[table.policy](outputs)
    none = _no_hit(table, outputs)
    return lambda frame, hits: some(frame, hits) if hits else none(frame)


def _no_hit(table: Table, outputs: Outputs) -> Callable[[Frame], object]:
    default = outputs.default
    if default is not None:
        return (lambda frame: [default(frame)]) if gives_list(table) else default
    if gives_list(table):
        return lambda frame: []
    if table.aggregation is Aggregation.COUNT and not outputs.several:
        count = LIBRARY["count"]
        return lambda frame: count.call([[]])
    return lambda frame: report("no rule of the table fits, and it has no default output")


def named(hits: Hits) -> str:
    """The rules as a message names them."""
    numbers = [str(index + 1) for index in hits]
    return f"rules {', '.join(numbers[:-1])} and {numbers[-1]}"


def _unique(outputs: Outputs) -> Decide:
    def run(frame: Frame, hits: Hits) -> object:
        if len(hits) > 1:
            every = "both" if len(hits) == 2 else "all"
            return report(f"{named(hits)} {every} fit; in a UNIQUE table only one may")
        return outputs.rows[hits[0]](frame)

    return run


def _any(outputs: Outputs) -> Decide:
    def run(frame: Frame, hits: Hits) -> object:
        value = outputs.rows[hits[0]](frame)
        for hit in hits[1:]:
            same = equal(value, outputs.rows[hit](frame))
            if isinstance(same, Unknown):
                return same
            if same is not True:
                return report(f"{named([hits[0], hit])} both fit, and differ")
        return value

    return run


def _first(outputs: Outputs) -> Decide:
    return lambda frame, hits: outputs.rows[hits[0]](frame)


def _list(outputs: Outputs) -> Decide:
    return lambda frame, hits: [outputs.rows[hit](frame) for hit in hits]


def _ordered(frame: Frame, hits: Hits, outputs: Outputs) -> list[object] | Unknown:
    """The outputs by priority, rows of equal priority in their own order."""
    values = [outputs.rows[hit](frame) for hit in hits]
    if len(values) == 1:
        return values
    ranked: list[tuple[tuple[int, ...], object]] = []
    for value in values:
        rank = outputs.priority(frame, value)
        if isinstance(rank, Unknown):
            return rank
        ranked.append((rank, value))
    return [value for _, value in sorted(ranked, key=lambda pair: pair[0])]


def _output_order(outputs: Outputs) -> Decide:
    return lambda frame, hits: _ordered(frame, hits, outputs)


def _priority(outputs: Outputs) -> Decide:
    def run(frame: Frame, hits: Hits) -> object:
        found = _ordered(frame, hits, outputs)
        return found[0] if isinstance(found, list) else found

    return run


_POLICIES: Final[dict[HitPolicy, Callable[[Outputs], Decide]]] = {
    HitPolicy.UNIQUE: _unique,
    HitPolicy.ANY: _any,
    HitPolicy.FIRST: _first,
    HitPolicy.PRIORITY: _priority,
    HitPolicy.RULE_ORDER: _list,
    HitPolicy.OUTPUT_ORDER: _output_order,
    HitPolicy.COLLECT: _list,
}


def _aggregate(table: Table, outputs: Outputs) -> Decide:
    """Aggregations are FEEL's own functions; over several outputs they are undefined."""
    if outputs.several:
        return lambda frame, hits: report("several outputs cannot be aggregated")
    assert table.aggregation is not None
    function = LIBRARY[table.aggregation.value.lower()]
    return lambda frame, hits: function.call([[outputs.rows[hit](frame) for hit in hits]])
