"""Running cases: each against its model, a group being the cases of one folder."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vanzelf import dmn
from vanzelf.dmn.conformance.cases import (
    Case,
    CaseFile,
    CasesError,
    Expectation,
    Input,
    Kind,
    read_cases,
)
from vanzelf.dmn.conformance.comparing import alike
from vanzelf.dmn.errors import DmnError

UNREAD = Expectation("?", None)
"""Stands for what a case expects that could not be read."""


MOMENT = datetime(2026, 1, 15, 12, tzinfo=UTC)
"""What `now()` and `today()` read."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came out for one expectation. `problem`: why nothing could come out."""

    path: Path
    case: Case
    expected: Expectation
    value: object = None
    messages: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def passed(self) -> bool:
        return self.problem is None and alike(self.expected.value, self.value)

    @property
    def silent(self) -> bool:
        """Whether it failed as it must, but no message says why."""
        return self.expected.error and self.passed and not self.messages


@dataclass(frozen=True, slots=True)
class Group:
    """The results of a folder; `name` is its path within the folder that was asked for."""

    name: str
    results: tuple[Result, ...]

    @property
    def failures(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if not result.passed)


def run(folder: Path, pattern: str = "*") -> Iterator[Group]:
    """The groups under a folder whose name has the pattern, one by one, in order of name.

    A case file or model that cannot be read counts as failed cases. Raises CasesError if there
    is no such folder, or no group with that name in it.
    """
    if not folder.is_dir():
        raise CasesError(f"{folder}: there is no such folder")
    empty = True
    for path in sorted({file.parent for file in folder.rglob("*.xml")}):
        name = folder.resolve().name if path == folder else path.relative_to(folder).as_posix()
        if not fnmatch.fnmatch(name, f"*{pattern}*"):
            continue
        results = tuple(_results_of(path))
        if results:
            empty = False
            yield Group(name, results)
    if empty:
        wanted = "" if pattern == "*" else f" in a folder of which the name is like {pattern!r}"
        raise CasesError(f"{folder}: there are no case files (testCases, .xml){wanted}")


def _results_of(folder: Path) -> Iterator[Result]:
    for path in sorted(folder.glob("*.xml")):
        try:
            file = read_cases(path)
        except CasesError as error:
            unread = Case(path.stem, Kind.DECISION, None, (), (), 0)
            yield Result(path, unread, UNREAD, problem=str(error))
            continue
        if file is not None:
            yield from run_file(file)


def run_file(file: CaseFile) -> Iterator[Result]:
    """The results of one case file, its model read once."""
    model: dmn.Model | None = None
    problem: str | None = None
    try:
        model = dmn.read(file.model)
    except DmnError as error:
        problem = f"the model cannot be read: {error}"
    except OSError as error:
        problem = f"{file.model.name}: {error.strerror}"
    for case in file.cases:
        for expected in case.expectations or (UNREAD,):
            trouble = case.problem or problem
            if trouble or model is None:
                yield Result(file.path, case, expected, problem=trouble)
            else:
                yield _result(file.path, model, case, expected)


def _result(path: Path, model: dmn.Model, case: Case, expected: Expectation) -> Result:
    try:
        outcome = _ask(model, case, expected)
    except DmnError as error:
        return Result(path, case, expected, problem=str(error))
    except Exception as error:  # one case that breaks the engine must not end the others
        return Result(path, case, expected, problem=f"{type(error).__name__}: {error}")
    value = outcome.value
    member = _outputs(model, case.invocable).get(expected.name)
    if case.kind is Kind.SERVICE and member is not None:
        value = value.get(member) if isinstance(value, dict) else None
    return Result(path, case, expected, value, tuple(map(str, outcome.messages)))


def _ask(model: dmn.Model, case: Case, expected: Expectation) -> dmn.Outcome:
    """The outcome of what the case, or this expectation of it, calls."""
    inputs = {_called(model, one): one.value for one in case.inputs}
    kind = case.kind if expected.kind is Kind.DECISION else expected.kind
    name = case.invocable or expected.name
    if kind is Kind.SERVICE:
        return model.call(name, inputs, now=MOMENT)
    if kind is Kind.KNOWLEDGE:
        return model.invoke(name, inputs, now=MOMENT)
    return model.decide(expected.name, inputs, now=MOMENT)


def _called(model: dmn.Model, one: Input) -> str:
    """What an input is called from the model: one of an imported model, after its import."""
    for imported in model.definitions.imports:
        name = f"{imported.name}.{one.name}"
        if imported.namespace == one.namespace and name in model.inputs:
            return name
    return one.name


def _outputs(model: dmn.Model, service: str | None) -> dict[str, str]:
    """The members of a service's value by their decision, where it has several."""
    said = model.definitions
    decisions = {decision.id: decision for decision in said.decisions}
    for one in said.services:
        if one.name == service and len(one.output_decisions) > 1:
            found = [decisions.get(reference.id) for reference in one.output_decisions]
            return {each.name: each.variable.name for each in found if each}
    return {}
