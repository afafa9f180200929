"""`vanzelf check`: one right for one person or household, with facts at hand."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

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
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML or JSON: gezin: {…}, and persoon: {…} for a right of a person.",
)
@day_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def command(
    regulation: str, facts_file: Path, on: datetime | None, language: str, as_json: bool
) -> None:
    """Check REGULATION for the person or household in a file; what is not in it is unknown."""
    regulations, right = one(regulation)
    try:
        facts = read_facts_file(facts_file, regulations.facts)
    except RegulationError as error:
        raise click.ClickException(str(error)) from None
    verdict = right.check(facts, day(on))
    if as_json:
        click.echo(json.dumps(verdict.as_data(), indent=2, ensure_ascii=False))
        return
    show(regulations, right, verdict, language)


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
