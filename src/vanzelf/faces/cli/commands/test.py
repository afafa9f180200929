"""`vanzelf test`: the worked examples of regulations, which are their tests."""

from __future__ import annotations

from collections import Counter

import click

from vanzelf.faces.cli.regulations import at_hand
from vanzelf.rights import CaseResult, incomplete, run_cases


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(file_okay=False))
@click.option("--quiet", "-q", is_flag=True, help="Print only what fails, and the summary.")
def command(folders: tuple[str, ...], quiet: bool) -> None:
    """Load the regulations in FOLDERS (default: the shipped ones and VANZELF_REGULATIONS) and run
    their cases.yaml.

    Ends with 1 when a regulation is broken, a case does not give what it says, or a right lacks a
    case of YES, NO or UNKNOWN.
    """
    regulations = at_hand(*folders, cases=True)
    outcomes: Counter[str] = Counter()
    failed = 0
    regulation = None
    for result in run_cases(regulations):
        if not quiet and result.regulation != regulation:
            regulation = result.regulation
            click.echo(f"\n{regulation}")
        outcomes[result.case.expect.outcome] += 1
        failed += not result.passed
        if not quiet or not result.passed:
            click.echo(_shown(result))
    for warning in () if quiet else regulations.warnings:
        click.echo(f"! {warning}")
    lacking = incomplete(regulations)
    for problem in lacking:
        click.echo(f"✗ {problem}")
    counts = ", ".join(f"{outcomes[name]} {name}" for name in ("YES", "NO", "UNKNOWN"))
    total = outcomes.total()
    rights = "1 right" if len(regulations) == 1 else f"{len(regulations)} rights"
    click.echo(f"\n{total - failed} of {total} cases pass ({counts}); {rights}")
    if failed or lacking:
        raise SystemExit(1)


def _shown(result: CaseResult) -> str:
    expected = result.case.expect.outcome
    if result.passed:
        return f"  ✓ {expected:<8} {result.case.name}"
    differences = "".join(f"\n      {difference}" for difference in result.differences)
    return f"  ✗ {expected:<8} {result.case.name} ({result.case.place}){differences}"
