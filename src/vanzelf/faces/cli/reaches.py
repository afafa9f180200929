"""The reach of rights in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

import click

from vanzelf.faces.cli.effects import PERIODS, UNITS, number, spread, table
from vanzelf.population.simulation import Reach, Report
from vanzelf.population.statistics import LEAST
from vanzelf.rights import Regulation

HEADS = ("right", "", "entitled", "unknown", "reached", "miss it", "cost now", "by itself", "")
NOBODY = "There is no regulation to report on: put one in a folder that VANZELF_REGULATIONS names."


def show(report: Report, regulations: Mapping[str, Regulation]) -> None:
    """All rights beside each other, where each is missed most, and who has several."""
    if not report.rights:
        click.echo(NOBODY)
        return
    click.secho(f"What it would cost if everyone asked, {report.on}", bold=True)
    table(HEADS, [_row(reach) for reach in report.rights])
    click.echo(
        "\n  reached: by the awards of this period; ~ is assumed, and so is what it costs now"
    )
    for reach in report.rights:
        _show_most(reach, regulations[reach.right])
    if len(report.rights) > 1:
        _show_overlap(report)


def _row(reach: Reach) -> list[str]:
    mark = "" if reach.measured else "~"
    reached = number(reach.count("reached")) if reach.measured else _assumed(reach)
    now = reach.costs.now if reach.costs else None
    return [
        reach.right,
        UNITS[reach.unit],
        number(reach.count("yes")),
        number(reach.count("unknown")),
        reached,
        mark + bounds(reach.missed),
        f"{mark}{_euros(now)}" if now else "",
        spread(reach.cost) if reach.cost else "",
        PERIODS[reach.per or ""],
    ]


def _assumed(reach: Reach) -> str:
    assert reach.take_up is not None
    return f"~{reach.take_up.low:.0%} to {reach.take_up.high:.0%}"


def bounds(missed: tuple[int, int] | None) -> str:
    """From … to …; a ? where nobody can say it."""
    if missed is None:
        return "?"
    low, high = (number(one if one >= LEAST else None) for one in missed)
    return low if low == high else f"{low} to {high}"


def _euros(cents: tuple[int, int | None]) -> str:
    low, high = cents
    return f"{low // 100:,}" + (
        "" if low == high else f" to {'?' if high is None else f'{high // 100:,}'}"
    )


def _show_most(reach: Reach, regulation: Regulation) -> None:
    what = "miss it" if reach.measured else "are entitled"
    lines = [
        f"  {dimension:<14} "
        + ", ".join(f"{one.category} ({one.per_hundred:.1f})" for one in places)
        for dimension, places in reach.most.items()
        if places
    ]
    if lines:
        click.secho(f"\n{regulation.name('en')}: of a hundred, so many {what}", bold=True)
        click.echo("\n".join(lines))


def show_by(reach: Reach, dimension: str) -> None:
    """A table by one dimension."""
    missed, shares = reach.missed_by(dimension), reach.per_hundred(dimension)
    heads = [dimension, "entitled", "unknown", "miss it", "of a hundred"]
    rows = [
        [
            category,
            number(reach.by("yes", dimension)[place]),
            number(reach.by("unknown", dimension)[place]),
            bounds(missed[place]),
            "" if shares[place] is None else f"{shares[place]:.1f}",
        ]
        for place, category in enumerate(reach.categories[dimension])
    ]
    click.echo(f"\n{reach.right}")
    table(heads, rows)


def _show_overlap(report: Report) -> None:
    click.secho("\nHow many of these rights a private household has for sure", bold=True)
    counts = [[str(many), number(cell)] for many, cell in enumerate(report.overlap.by_number)]
    table(("rights", "households"), counts)
