"""Counts over groups of results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from vanzelf.dmn.conformance.running import Group, Result
from vanzelf.dmn.conformance.tally import Tally


@dataclass(frozen=True, slots=True)
class Totals:
    """`results` are the single expectations, of which a case has one or more.

    `non_null` are the results of which a value is expected: an engine that answers null to
    everything passes all others. `silent` are those that must fail and do, but without a
    message that says why.
    """

    cases: Tally
    results: Tally
    non_null: Tally
    silent: int


def totals(groups: Iterable[Group]) -> Totals:
    results = [result for group in groups for result in group.results]
    cases: dict[tuple[Path, int], bool] = {}
    for result in results:
        key = result.path, result.case.line
        cases[key] = cases.get(key, True) and result.passed
    return Totals(
        cases=Tally(sum(cases.values()), len(cases)),
        results=_tally(results),
        non_null=_tally(result for result in results if result.expected.value is not None),
        silent=sum(result.silent for result in results),
    )


def _tally(results: Iterable[Result]) -> Tally:
    passed = [result.passed for result in results]
    return Tally(sum(passed), len(passed))
