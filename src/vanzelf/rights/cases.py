"""Running the worked examples of regulations: what was expected beside what came out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from vanzelf.feel import Unknown
from vanzelf.rights.case_file import OUTCOMES, UNKNOWN_AMOUNT, Amount, Case
from vanzelf.rights.loader import Regulations
from vanzelf.rights.problems import Problem
from vanzelf.rights.regulation import Regulation
from vanzelf.rights.verdict import Verdict


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case with its verdict; `differences` is empty when it is as expected."""

    regulation: str
    case: Case
    verdict: Verdict
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


def run_cases(regulations: Regulations) -> Iterator[CaseResult]:
    """Every case of every regulation, in the order of the files."""
    for name, cases in regulations.cases.items():
        for case in cases:
            yield run_case(regulations[name], case)


def run_case(regulation: Regulation, case: Case) -> CaseResult:
    verdict = regulation.check(case.facts, case.on)
    return CaseResult(regulation.id, case, verdict, tuple(_differences(case, verdict)))


def incomplete(regulations: Regulations) -> list[Problem]:
    """Rights without at least one case of each outcome."""
    found: list[Problem] = []
    for name, cases in regulations.cases.items():
        lacking = [o for o in OUTCOMES if all(case.expect.outcome != o for case in cases)]
        if lacking:
            file = cases[0].place.file if cases else f"{name}/cases.yaml"
            message = f"{name} has no case of {' and '.join(lacking)}"
            found.append(Problem(file, 1, message, "each right has YES, NO and UNKNOWN"))
    return found


def _differences(case: Case, verdict: Verdict) -> Iterator[str]:
    expect = case.expect
    if verdict.outcome != expect.outcome:
        why = ", ".join(verdict.reasons)
        yield f"outcome: expected {expect.outcome}, got {verdict.outcome} ({why})"
        return
    compared: dict[str, tuple[object, object]] = {
        "delivery": (expect.delivery, verdict.delivery),
        "missing": (expect.missing, frozenset(verdict.missing)),
        "settled_by": (expect.settled_by, frozenset(frozenset(one) for one in verdict.settled_by)),
        "next_question": (expect.next_question, verdict.next_question),
        "reasons": (expect.reasons, frozenset(verdict.reasons)),
    }
    for name, (wanted, got) in compared.items():
        if name in expect.stated and wanted != got:
            yield f"{name}: expected {_shown(wanted)}, got {_shown(got)}"
    worth = {amount.id: _worth(amount.value) for amount in verdict.amounts}
    for name, amount in expect.amounts.items():
        if worth.get(name) != amount:
            yield f"{name}: expected {_shown(amount)}, got {_shown(worth.get(name))}"


def _worth(value: Decimal | Unknown | None) -> Amount:
    return UNKNOWN_AMOUNT if isinstance(value, Unknown) else value


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return "{" + ", ".join(sorted(_shown(item) for item in value)) + "}"
    return "nothing" if value is None else str(value)
