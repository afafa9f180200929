"""Checking a decision again, from nothing but its own record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vanzelf.feel import Unknown
from vanzelf.rights.record import verdict_from_data
from vanzelf.rights.regulation import Regulation
from vanzelf.rights.verdict import Used, Verdict


def facts_of_record(used: Iterable[Used]) -> dict[str, object]:
    """The facts that a verdict looked at, nested as `check` takes them.

    With the regulation of the same content hash they give the same outcome again. Lists come
    before their members, as `Explanation.facts` has them.
    """
    facts: dict[str, object] = {}
    for item in sorted(used, key=lambda item: item.path.count(".")):
        if isinstance(item.value, Unknown):
            continue
        *steps, name = item.path.split(".")
        point: Any = facts
        for step in steps:
            section, _, index = step.partition("[")
            point = point.setdefault(section, {})
            if index:
                point = point[int(index.removesuffix("]")) - 1]
        # Only a list is recorded as an int: its number of members.
        if type(item.value) is int:
            point[name] = [{} for _ in range(item.value)]
        else:
            point[name] = item.value
    return facts


def check_again(regulation: Regulation, data: Mapping[str, object]) -> Verdict:
    """The verdict once more, from nothing but its own record."""
    verdict = verdict_from_data(data)
    if verdict.explanation is None:
        raise ValueError("this verdict was recorded without its explanation")
    return regulation.check(facts_of_record(verdict.explanation.facts), verdict.on)
