"""The conformance page: every group with its counts, every failure with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vanzelf import feel
from vanzelf.dmn.conformance.published import EXPRESSIONS, PUBLISHED, Published
from vanzelf.dmn.conformance.running import UNREAD, Group, Result
from vanzelf.dmn.conformance.tally import Tally
from vanzelf.dmn.conformance.totals import Totals, totals

LONGEST = 300
"""Characters of a value or message that are shown."""

INTRODUCTION = """\
# Conformance to the DMN standard

This page is generated: `vanzelf tck DIR --write docs/conformance.md`, where DIR holds cases of the
[DMN Technology Compatibility Kit](https://dmn-tck.github.io/tck/) (models and cases of DMN 1.5).
"""
MEASURED = """\
## How it is measured

A *case* puts inputs into a model and says what comes out; a *result* is one value that it expects,
and a case has one or more. Over 40 % of the results are null: what an expression must give that
is wrong. An engine that answers null to everything passes those, so the rate on the results that
are not null is given apart.

Values are compared exactly, kind and offset from UTC included; a number may differ from what is
expected by 1e-8 of it, and by 1e-8 in all.
Where a case says that a decision fails, its value must be null; {silent}.
Cases in which a file cannot be read, or that break the engine, count as failed. `now()` and
`today()` are a fixed moment.
"""


def page(groups: Sequence[Group], version: str) -> str:
    """The page as Markdown. `version` is this engine's; nothing in it changes from run to run."""
    counts = totals(groups)
    return "\n".join(
        [
            INTRODUCTION,
            *_summary(counts, version),
            MEASURED.format(silent=_silent(counts.silent)),
            *_compared(counts, version),
            *_groups(groups),
            *_failures(groups),
        ]
    )


def _silent(number: int) -> str:
    """How many of those that must fail do so without a message."""
    return f"{number:,} of those have no message that says why" if number else (
        "each of those has a message that says why"
    )  # fmt: skip


def _summary(counts: Totals, version: str) -> list[str]:
    return [
        f"Vanzelf {version}:",
        "",
        "| | passed | of | rate |",
        "| --- | ---: | ---: | ---: |",
        *(
            f"| {what} | {_cells(one)} |"
            for what, one in (
                ("cases", counts.cases),
                ("results", counts.results),
                ("results that are not null", counts.non_null),
            )
        ),
        "",
    ]


def _cells(one: Tally) -> str:
    return f"{one.passed:,} | {one.all:,} | {one.percentage}"


def _compared(counts: Totals, version: str) -> list[str]:
    ours = Published("**Vanzelf**", version, counts.results)
    return [
        "## Beside other engines",
        "",
        "Their figures are the published ones, over the whole kit of that day. Ours are over the",
        "cases that we have at hand, a part of it: the rates can be laid side by side, the",
        "counts cannot.",
        "",
        "| engine | version | passed | of | rate |",
        "| --- | --- | ---: | ---: | ---: |",
        *(
            f"| {one.name} | {one.version} | {_cells(one.results)} |"
            for one in sorted((ours, *PUBLISHED), key=lambda one: one.results.rate, reverse=True)
        ),
        "",
        "Of engines for FEEL only, measured for this project over the 3,174 results of the kit "
        "that are plain expressions: "
        + ", ".join(f"{name} {rate}" for name, rate in EXPRESSIONS)
        + ".",
        "",
    ]


def _groups(groups: Iterable[Group]) -> list[str]:
    lines = ["## Groups", "", "| group | cases | results | not null |", "| --- | --- | --- | --- |"]
    for group in groups:
        counts = totals([group])
        mark = "" if not group.failures else " ✗"
        lines.append(
            f"| {group.name}{mark} | {counts.cases} | {counts.results} | {counts.non_null} |"
        )
    return [*lines, ""]


def _failures(groups: Iterable[Group]) -> list[str]:
    lines = ["## Failures", ""]
    for group in groups:
        for result in group.failures:
            lines += [f"- **{group.name}** {where(result)}: {reason(result)}"]
    return lines if len(lines) > 2 else [*lines, "None."]


def where(result: Result) -> str:
    """The file and line of a result, its case and what was asked."""
    place = f"{result.path.name}:{result.case.line}"
    asked = "" if result.expected is UNREAD else f", {result.expected.name!r}"
    return f"{place}, case {result.case.id}{asked}"


def reason(result: Result) -> str:
    """Why a result failed, in one line."""
    if result.problem is not None:
        return shortened(" ".join(result.problem.split()))
    said = f"; {shortened('; '.join(result.messages))}" if result.messages else ""
    return f"expected {shown(result.expected.value)}, got {shown(result.value)}{said}"


def shown(value: object) -> str:
    """A value as FEEL writes it, strings quoted, cut where it is long."""
    return shortened(feel.text([value])[1:-1])


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
