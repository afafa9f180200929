"""`vanzelf check`: one right for one person or household, with facts at hand or asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import click

from vanzelf.faces.cli.asking import Asking, asking_options
from vanzelf.faces.cli.regulations import day, day_option, language_option, one, print_sources
from vanzelf.rights import (
    Outcome,
    Regulation,
    RegulationError,
    Regulations,
    Verdict,
    amount_text,
    as_text,
    explain,
    read_facts_file,
)
from vanzelf.rights.wording import fact_name
from vanzelf.sources import assemble

ADDRESS = frozenset({"gemeente", "postcode"})
"""Asked for every right: the address leads to what the city's lists of streets say."""
_OUTCOMES = {
    "nl": {"YES": "JA", "NO": "NEE", "UNKNOWN": "NIET ZEKER"},
    "en": {"YES": "YES", "NO": "NO", "UNKNOWN": "NOT SURE"},
}
_HEADS = {
    "nl": {
        "settled": "Dit zou het beslissen:",
        "next": "Eerst te vragen:",
        "missing": "Ontbreekt:",
    },
    "en": {"settled": "This would settle it:", "next": "To ask first:", "missing": "Missing:"},
}


@click.command()
@click.argument("regulation")
@click.option(
    "--facts",
    "facts_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML or JSON: gezin: {…}, and persoon: {…} for a right of a person.",
)
@click.option("--insz", help="Number of the person: the sources are asked for the facts.")
@day_option
@language_option
@asking_options
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def command(
    regulation: str,
    facts_file: Path | None,
    insz: str | None,
    on: datetime | None,
    language: str,
    asking: Asking,
    as_json: bool,
) -> None:
    """Check REGULATION for one person or household; what is not known is unknown.

    With --facts the facts stand in a file; with --insz the sources are asked, and only for what
    can still change the verdict: what was left out is told beside it.
    """
    if (facts_file is None) == (insz is None):
        raise click.UsageError("give --facts FILE or --insz NUMBER")
    regulations, right = one(regulation)
    if insz is not None:
        verdict = _asked(right, insz, day(on), asking)
    else:
        verdict = right.check(_read(facts_file or Path(), regulations), day(on))
    if as_json:
        click.echo(json.dumps(verdict.as_data(), indent=2, ensure_ascii=False))
        return
    show(regulations, right, verdict, language)


def _read(file: Path, regulations: Regulations) -> Mapping[str, object]:
    try:
        return read_facts_file(file, regulations.facts)
    except RegulationError as error:
        raise click.ClickException(str(error)) from None


def _asked(right: Regulation, insz: str, on: date, asking: Asking) -> Verdict:
    """The facts that can change the verdict, on the day that the right looks at."""
    household = asking.household(
        insz, right.reference_date(on), ADDRESS, right=right, checked_on=on
    )
    facts, origins = assemble(household)
    asking.tell_refused(household)
    asking.tell_not_needed(household)
    return right.check(facts, on, origins=origins)


def show(regulations: Regulations, right: Regulation, verdict: Verdict, language: str) -> None:
    """Print a verdict: the outcome, what it gives, why, and what is missing."""
    click.echo(f"{right.name(language)}: {_OUTCOMES[language][verdict.outcome]}")
    for amount in verdict.amounts:
        click.echo(f"  {amount_text(right, amount, language)}")
    click.echo()
    click.echo(as_text(explain(right, verdict, language), language))
    heads = _HEADS[language]

    def names(paths: tuple[str, ...]) -> str:
        return ", ".join(fact_name(regulations.facts, path, language) for path in paths)

    if verdict.settled_by:
        click.echo(f"\n{heads['settled']}")
        for paths in verdict.settled_by:
            click.echo(f"  {names(paths)}")
    elif verdict.missing:
        click.echo(f"\n{heads['missing']} {names(verdict.missing)}")
    if verdict.next_question and verdict.outcome is Outcome.UNKNOWN:
        click.echo(f"{heads['next']} {names((verdict.next_question,))}")
    click.echo()
    print_sources(right)
