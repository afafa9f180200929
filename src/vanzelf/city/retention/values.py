"""Until when the raw values of a decision are kept: as long as it can be appealed, and a margin."""

from __future__ import annotations

from datetime import date

from vanzelf.city import regulations
from vanzelf.city.retention.classes import DataClass, class_of
from vanzelf.city.retention.terms import Term

CLASS = "raw-values"


def until(right: str, decided: date) -> date:
    """The last day on which the raw values of a decision of this day on this right are kept.

    Of a right that is no longer in force here, the longest of all terms counts.
    """
    if right not in regulations.regulations():
        return longest(decided)
    return _until(regulations.regulation(right).authority.appeal_within, decided)


def longest(decided: date) -> date:
    """The last day for a decision of this day, on whichever right."""
    terms = {one.authority.appeal_within for one in regulations.regulations().values()}
    return max(_until(within, decided) for within in terms)


def _until(within: str, decided: date) -> date:
    kept: DataClass = class_of(CLASS)
    if not within:
        return kept.otherwise.after(decided)
    return kept.margin.after(Term.parse(within).after(decided))
