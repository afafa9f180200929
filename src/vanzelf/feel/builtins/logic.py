"""`not`, `all`, `any` and `is` (DMN 1.5, 10.3.4.1, 10.3.4.4, 10.3.4.8)."""

from __future__ import annotations

from collections.abc import Sequence

from vanzelf.feel.builtins.registry import built_in
from vanzelf.feel.messages import report
from vanzelf.feel.values import wide, zones
from vanzelf.feel.values.comparison import equal
from vanzelf.feel.values.kinds import kind
from vanzelf.feel.values.logic import Truth, conjunction, disjunction, negation
from vanzelf.feel.values.unknown import PartialList, Unknown, unknown_within
from vanzelf.feel.values.wide import DateTime, Time

Members = list[object] | PartialList


def _pairs(values: Members) -> Sequence[tuple[object, bool | Unknown]]:
    if isinstance(values, PartialList):
        return values.members
    return [(value, True) for value in values]


@built_in("not", "negand: any", sees_unknown=True)
def not_(negand: object) -> Truth:
    return _told(negation(negand), "not")


@built_in("all", "list: any...", sees_unknown=True)
@built_in("all", "list: list|partial", sees_unknown=True)
def all_(values: Members) -> Truth:
    result: Truth = True
    for value, sure in _pairs(values):
        result = conjunction(result, disjunction(negation(sure), value))
    return _told(result, "all")


@built_in("any", "list: any...", sees_unknown=True)
@built_in("any", "list: list|partial", sees_unknown=True)
def any_(values: Members) -> Truth:
    result: Truth = False
    for value, sure in _pairs(values):
        result = disjunction(result, conjunction(sure, value))
    return _told(result, "any")


def _told(result: Truth, name: str) -> Truth:
    return report(f"{name} takes true and false") if result is None else result


@built_in("is", "value1: any, value2: any", sees_unknown=True)
def is_(left: object, right: object) -> Truth:
    """Whether both are the very same element: times only in the same zone."""
    unknown = unknown_within([left, right])
    if unknown is not None:
        return unknown
    if kind(left) != kind(right):
        return False
    if isinstance(left, wide.DATE_TIME) and isinstance(right, wide.DATE_TIME):
        same_day = wide.date_part(left) == wide.date_part(right)
        return same_day and _same_clock(left, right)
    if isinstance(left, wide.TIME) and isinstance(right, wide.TIME):
        return _same_clock(left, right)
    return equal(left, right)


def _same_clock(left: Time | DateTime, right: Time | DateTime) -> bool:
    return wide.since_midnight(left) == wide.since_midnight(right) and (
        zones.zone_text(left) == zones.zone_text(right)
    )
