"""What came out of a decision, for people and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import click

from vanzelf import dmn, feel
from vanzelf.dmn.definitions import InputData
from vanzelf.faces.cli.models.columns import columns
from vanzelf.faces.cli.models.explaining import print_explanation, shown
from vanzelf.feel import Unknown


def print_outcome(
    model: dmn.Model, name: str, inputs: Mapping[str, object], outcome: dmn.Outcome
) -> None:
    """Print the value, why it is null where it is, what misses, and where it came from."""
    click.secho(f"{name}: ", bold=True, nl=False)
    _print_value(outcome.value)
    for message, times in Counter(map(str, outcome.messages)).items():
        click.echo(f"  ! {message}{f' (×{times})' if times > 1 else ''}")
    if outcome.missing:
        click.echo(f"\nMissing: {', '.join(outcome.missing)}")
    if outcome.settled_by:
        click.echo("This would settle it:")
        for paths in outcome.settled_by:
            click.echo(f"  {', '.join(paths)}")
        if not outcome.search_complete:
            click.echo("  (the search was stopped: there may be smaller sets)")
    left = [one for one in needed(model, name) if one not in inputs]
    if left and not outcome.missing:
        click.echo(f"\nNot given, so null: {', '.join(left)}")
    if outcome.explanation:
        print_explanation(outcome.explanation)


def needed(model: dmn.Model, name: str) -> tuple[str, ...]:
    """The inputs that a decision or a service may use, as they are called when put in."""
    if name not in model.decisions:
        return model.inputs
    parts = [part for _, part, _ in model.trees(name)]
    names = {part.name for part in parts if isinstance(part, InputData)}
    return tuple(one for one in model.inputs if one.rpartition(".")[2] in names)


def _print_value(value: object) -> None:
    """A context or a list of contexts as lines under each other; all else in one line."""
    if isinstance(value, dict) and value:
        click.echo()
        rows = [(str(key), shown(member)) for key, member in value.items()]
        click.echo("\n".join(columns(rows)))
    else:
        click.echo(shown(value))


def as_json(name: str, outcome: dmn.Outcome) -> str:
    """The outcome as JSON; dates, times and durations are texts, an unknown is `{"unknown": []}`
    with the inputs that it depends on."""
    said: dict[str, object] = {
        "decision": name,
        "value": plain(outcome.value),
        "messages": [
            {"element": one.element, "text": one.text} for one in outcome.messages
        ],
        "missing": list(outcome.missing),
        "settled_by": [list(paths) for paths in outcome.settled_by],
        "search_complete": outcome.search_complete,
    }  # fmt: skip
    if outcome.explanation:
        said["explanation"] = [
            {"element": one.element, "value": plain(one.value)} for one in outcome.explanation
        ]
    return json.dumps(said, indent=2, ensure_ascii=False)


def plain(value: object) -> object:
    """A FEEL value as JSON has it."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Unknown):
        return {"unknown": sorted(value.causes)}
    if isinstance(value, dict):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(element) for element in value]
    return feel.text(value)
