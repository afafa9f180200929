"""The effect of a change in a terminal and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import click

from vanzelf.population.simulation import Effect, Overlap, Point, Spread, TakeUp, plain
from vanzelf.population.statistics import LEAST
from vanzelf.rights import Regulation

HIDDEN = f"<{LEAST}"
NOTE = (
    f"Every number is protected. {HIDDEN} hides fewer than {LEAST}, or about so;"
    " the others have a little noise\nand are rounded to 5, so that they do not add up."
)
LINES = {
    "before yes": "have the right now",
    "after yes": "would have it",
    "gain": "gain it",
    "lose": "lose it",
    "more": "keep it and get more",
    "less": "keep it and get less",
    "settled yes": "unknown now, would have it",
    "settled no": "unknown now, would not",
    "become unknown": "become unknown",
    "stay unknown": "stay unknown",
    "after no": "would not have it",
}
COLUMNS = {
    "before yes": "yes now",
    "after yes": "yes then",
    "gain": "gain",
    "lose": "lose",
    "after unknown": "unknown",
}
UNITS = {"gezin": "households", "persoon": "persons"}
PERIODS = {"": "", "jaar": "per year", "maand": "per month", "eenmalig": "each time it is given"}


def show(effect: Effect, regulation: Regulation, saved: Effect | None) -> None:
    """What changes for everyone, with a saved simulation beside it."""
    click.secho(f"{regulation.name('en')} ({effect.right}), {effect.on}", bold=True)
    for line in _change(effect, regulation):
        click.echo(f"  {line}")
    click.echo()
    if saved is not None:
        click.echo(f"  {UNITS[effect.unit]:<28} {'this':>12} {'saved':>12}")
        if (saved.right, saved.on) != (effect.right, effect.on):
            click.echo(f"  (saved: {saved.right}, {saved.on})")
        for line in _change(saved, regulation):
            click.echo(f"  (saved) {line}")
    else:
        click.echo(f"  {UNITS[effect.unit]}")
    for measure, label in LINES.items():
        other = "" if saved is None else f" {number(saved.count(measure)):>12}"
        click.echo(f"  {label:<28} {number(effect.count(measure)):>12}{other}")
    if effect.per:
        _show_costs(effect, saved)


def _show_costs(effect: Effect, saved: Effect | None) -> None:
    period = PERIODS[effect.per or ""]
    click.echo(f"\n  cost in euro {period}: what is sure, and with all that is unknown")
    for when, label in (("before", "now"), ("after", "with the change")):
        click.echo(f"  {label:<28} {spread(effect.cost(when))}")
    if saved is not None:
        click.echo(f"  {'with the saved change':<28} {spread(saved.cost('after'))}")
    unpriced = effect.count("after unpriced")
    if unpriced is not None:
        click.echo(f"  {number(unpriced)} of an amount that is not known are not in it")


def _change(effect: Effect, regulation: Regulation) -> list[str]:
    """What the change is, in a line each."""
    lines: list[str] = []
    for name, value in effect.change["parameters"].items():
        now = _now(regulation, name, effect.on)
        if isinstance(value, dict) and isinstance(now, dict):
            lines += [
                f"{name}[{row}]: {now.get(row)} becomes {new}"
                for row, new in value.items()
                if new != now.get(row)
            ]
        else:
            lines.append(f"{name}: {now} becomes {value}")
    lines += [f"without: {name}" for name in effect.change["without"]]
    lines += [f"{name}: {text}" for name, text in effect.change["instead"].items()]
    return lines or ["nothing is changed: this is how it is now"]


def _now(regulation: Regulation, name: str, on: date) -> object:
    """What a parameter is worth on the day, as a saved change tells it."""
    parameter = regulation.content.parameters.get(name)
    dated = parameter.on(regulation.reference_date(on)) if parameter else None
    return "not known" if dated is None or dated.value is None else plain(dated.value)


def show_by(effect: Effect, dimension: str) -> None:
    """A table by one dimension."""
    heads = [dimension, *COLUMNS.values()]
    if effect.per:
        heads += ["cost now", "cost then"]
    rows = [
        [category, *(number(effect.by(measure, dimension)[place]) for measure in COLUMNS)]
        + [spread(cost) for when in ("before", "after")
           if (cost := effect.cost(when, dimension, place)) is not None]
        for place, category in enumerate(effect.categories[dimension])
    ]  # fmt: skip
    click.echo()
    table(heads, rows)


def show_take_up(effect: Effect, take_up: TakeUp) -> None:
    """What it costs as people ask for it today, and if it came by itself; and who misses it."""
    click.echo(f"\n  if {take_up.low:.0%} to {take_up.high:.0%} of those entitled ask for it")
    for when, label in (("before", "now"), ("after", "with the change")):
        missed = take_up.missed(effect.count(f"{when} yes"), effect.count(f"{when} unknown"))
        bounds = HIDDEN if missed is None else f"{missed[0]:,} to {missed[1]:,}"
        click.echo(f"  {label:<28} {bounds} {UNITS[effect.unit]} miss it")
        cost = effect.cost(when)
        costs = take_up.costs(cost) if cost else None
        if costs is not None:
            click.echo(f"  {'':<28} costs {_range(costs.now)} as it is asked for,")
            click.echo(f"  {'':<28} {_range(costs.by_itself)} by itself")


def _range(cents: tuple[int, int | None]) -> str:
    low, high = cents
    return f"{low // 100:,} to {'?' if high is None else f'{high // 100:,}'}"


def show_overlap(right: str, now: Overlap, then: Overlap) -> None:
    """How many private households have this right together with another one."""
    place = now.rights.index(right)
    rows = [
        [other, number(now.matrix[place][column]), number(then.matrix[place][column])]
        for column, other in enumerate(now.rights)
        if column != place
    ]
    click.echo("\n  households that have it and also, for themselves or for a member")
    table(["another right", "now", "with the change"], rows)


def show_family(label: str, points: Iterable[Point]) -> None:
    """Where rights of a family end as its income rises; where it is left with less is marked."""
    click.echo(f"\n  a family's benefits a year, {label}")
    rows = [
        [
            f"{point.income:,}",
            f"{point.sure // 100:,}" + (f" to {point.at_most // 100:,}" if point.open else ""),
            "CLIFF" if point.cliff else "",
            ", ".join(point.ended) or ", ".join(point.less),
        ]
        for point in points
        if point.ended or point.cliff or not point.income
    ]
    for row in (["income", "benefits", "", "what ends"], *rows):
        click.secho("  {:>8}  {:>18}  {:5}  {}".format(*row).rstrip(), bold=row[0] == "income")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as what is in them, the first to the left."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for place, row in enumerate((heads, *rows)):
        first, *others = (
            f"{cell:{'<' if column == 0 else '>'}{width}}"
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        click.secho("  ".join((f"  {first}", *others)).rstrip(), bold=place == 0)


def number(count: int | None) -> str:
    return HIDDEN if count is None else f"{count:,}"


def spread(cost: Spread | None) -> str:
    """Bounds in whole euros: what is published is rounded coarser than that."""
    if cost is None or cost.sure is None:
        return "hidden"
    sure = f"{cost.sure // 100:,}"
    if cost.at_most is None:  # fewer than ten are unknown, or about so
        return f"{sure} and some"
    return sure if not cost.open else f"{sure} to {cost.at_most // 100:,}"
