"""Columns of facts that were handed in one household at a time: a family to try, a test."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from vanzelf.feel import UNKNOWN, Unknown
from vanzelf.population.kernel.column import EPOCH, Coded, Column, Number, Truth
from vanzelf.population.kernel.people import Block, FactKey, of_person
from vanzelf.population.kernel.planes import settled
from vanzelf.rights.facts import Catalogue, Fact

LIST = "gezin.leden"
Facts = Mapping[str, Any]


def people_of(units: Sequence[Facts], wanted: Iterable[FactKey], catalogue: Catalogue) -> Block:
    """The households of these facts, nested as `Regulation.check` takes them.

    What is absent is not known, None is known to be absent. For a right of a person `persoon` is
    the first member of that household; of the others nothing is known as `persoon`.
    """
    homes = [_section(unit.get("gezin")) for unit in units]
    listed = [home.get("leden", UNKNOWN) for home in homes]
    members = [
        [_section(one) for one in people] if isinstance(people, list | tuple) else []
        for people in listed
    ]
    persons = [
        ([_section(unit["persoon"])] if "persoon" in unit else [])
        + [{}] * max(len(people) - ("persoon" in unit), 0)
        for unit, people in zip(units, members, strict=True)
    ]
    rows = [max(len(people), len(own)) for people, own in zip(members, persons, strict=True)]
    for people, own, count in zip(members, persons, rows, strict=True):
        people.extend([{}] * (count - len(people)))
        own.extend([{}] * (count - len(own)))
    starts = np.concatenate([[0], np.cumsum(rows, dtype=np.int64)]).astype(np.int64)
    facts: dict[FactKey, Column] = {}
    for key in wanted:
        fact = catalogue.at(key.path)
        if fact.members is not None:
            continue
        source = homes
        if of_person(key.path):
            nested = members if "[]" in key.path else persons
            source = [one for people in nested for one in people]
        facts[key] = column_of(fact, [one.get(fact.name, UNKNOWN) for one in source])
    return Block(
        starts,
        facts,
        len(units),
        settled(np.array([isinstance(one, Unknown) for one in listed], dtype=bool)),
        settled(np.array([one is None for one in listed], dtype=bool)),
    )


def _section(facts: object) -> dict[str, Any]:
    return dict(facts) if isinstance(facts, Mapping) else {}


def column_of(fact: Fact, values: Sequence[object]) -> Column:
    """The values of one fact as a column."""
    unknown = settled(np.array([isinstance(one, Unknown) for one in values], dtype=bool))
    null = settled(np.array([one is None for one in values], dtype=bool))
    if fact.type == "boolean":
        true = settled(np.array([one is True for one in values], dtype=bool))
        false = settled(np.array([one is False for one in values], dtype=bool))
        return Truth(true, false, null, unknown)
    if fact.type == "date":
        days = [one.toordinal() - EPOCH if isinstance(one, date) else 0 for one in values]
        return Number.of(_whole(days), unknown=unknown, null=null, is_date=True)
    if fact.type == "text":
        return _coded(values)
    numbers = [Fraction(Decimal(str(one))) if _is_number(one) else Fraction(0) for one in values]
    scale = math.lcm(1, *(number.denominator for number in numbers))
    whole = _whole([int(number * scale) for number in numbers])
    return Number.of(whole, scale, unknown=unknown, null=null)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _whole(values: list[int]) -> Any:
    most = max(map(abs, values), default=0)
    return np.array(values, dtype=object if most >= 2**62 else np.int64)


def _coded(values: Sequence[object]) -> Coded:
    distinct = tuple(dict.fromkeys(UNKNOWN if isinstance(v, Unknown) else v for v in values))
    places = {value: place for place, value in enumerate(distinct)}
    codes = [places[UNKNOWN if isinstance(v, Unknown) else v] for v in values]
    return Coded(np.array(codes, dtype=np.int32), distinct or (UNKNOWN,))
