"""`vanzelf tck`: the conformance cases of the DMN standard, run against this engine."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import click

import vanzelf
from vanzelf.dmn.conformance import CasesError, Group, Result, Totals, run, totals
from vanzelf.dmn.conformance.report import page, reason, where


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--failures", is_flag=True, help="Show of each failure what was expected, and got.")
@click.option(
    "--group", "pattern", default="*", metavar="PATTERN", help="Only groups named like this."
)
@click.option(
    "--write",
    "written",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    metavar="FILE",
    help="Write the conformance page (Markdown).",
)
def command(folder: Path, failures: bool, pattern: str, written: Path | None) -> None:
    """Run the conformance cases in DIR, a folder of the DMN Technology Compatibility Kit.

    Prints per group how many results pass, and the rate on the results that are not null: an
    engine that always answers null passes the others. Ends with 1 when a result is not as
    expected, and with 2 when there are no cases to run.
    """
    begun = perf_counter()
    groups: list[Group] = []
    try:
        for group in run(folder, pattern):
            groups.append(group)
            _print(group, failures)
    except CasesError as error:
        raise click.UsageError(str(error)) from None
    counts = totals(groups)
    _print_totals(counts, perf_counter() - begun)
    if written:
        _write(written, page(groups, vanzelf.__version__))
    if counts.results.missed:
        raise SystemExit(1)


def _print(group: Group, failures: bool) -> None:
    counts = totals([group])
    mark = "✗" if group.failures else "✓"
    click.echo(
        f"{mark} {group.name:<64} {counts.results.passed:>4}/{counts.results.all:<4}"
        f"  not null {counts.non_null.passed:>4}/{counts.non_null.all}"
    )
    if failures:
        for result in group.failures:
            click.echo(f"    {where(result)}")
            click.echo(f"      {_description(result)}{reason(result)}")


def _description(result: Result) -> str:
    said = " ".join(result.case.description.split())
    return f"{said}\n      " if said else ""


def _print_totals(counts: Totals, seconds: float) -> None:
    click.echo()
    for name, one in (
        ("cases", counts.cases),
        ("results", counts.results),
        ("results that are not null", counts.non_null),
    ):
        click.echo(f"{name:<26} {one.passed:>5,} of {one.all:>5,}  {one.percentage:>8}")
    if counts.silent:
        click.echo(f"note: {counts.silent:,} fail as they must, but no message says why")
    click.echo(f"{seconds:.1f} s")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text.rstrip() + "\n", encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{path}: cannot be written: {error.strerror}") from None
    click.echo(f"written: {path}")
