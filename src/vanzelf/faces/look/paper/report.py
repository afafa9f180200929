"""What every right reaches and would cost if it came by itself, as a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from vanzelf.faces.look import statistics
from vanzelf.faces.look.paper import blocks, notes
from vanzelf.faces.look.paper.press import Block
from vanzelf.faces.look.regulations import said
from vanzelf.faces.look.wording import day_and_year
from vanzelf.population.simulation import Overlap, Reach, Report
from vanzelf.population.statistics import DIMENSIONS
from vanzelf.population.statistics.dimensions import NEIGHBOURHOOD
from vanzelf.rights import Regulation


def title() -> str:
    return _("What it would cost if everyone asked")


def running(on: date) -> str:
    return _("Reach, as on %(day)s") % {"day": day_and_year(on)}


def content(
    report: Report, regulations: Mapping[str, Regulation], invented: bool
) -> Iterator[Block]:
    """The blocks: all rights beside each other, each by itself, and who has several."""
    yield blocks.heading(title(), 1)
    yield blocks.lead(
        _("Per right: who is entitled on %(day)s, who gets it, who misses it and where, and what "
          "it would cost if it came by itself.") % {"day": day_and_year(report.on)}
    )  # fmt: skip
    names = {right: said(regulations[right].content.names) for right in regulations}
    yield _overview(report, names)
    yield blocks.text(
        _("A dash: it gives no money, or there are too few people to tell."), soft=True
    )
    for reach in report.rights:
        yield from _right(reach, names[reach.right])
    if len(report.rights) > 1:
        yield from _overlap(report.overlap, names)
    told = [regulations[reach.right] for reach in report.rights]
    yield from notes.of_report(report, told, invented)


def _overview(report: Report, names: Mapping[str, str]) -> Block:
    heads = (
        _("Right"), _("Are entitled"), _("Not sure"), _("Miss it"),
        _("Cost now"), _("By itself"), _("Period"),
    )  # fmt: skip
    return blocks.table(
        heads,
        [
            (
                f"{names[reach.right]} ({statistics.units(reach.unit)})",
                statistics.count(reach.count("yes")),
                statistics.count(reach.count("unknown")),
                statistics.bounds(reach.missed, assumed=not reach.measured),
                statistics.costs(reach.costs, "now"),
                statistics.spread(reach.cost),
                statistics.per(reach.per) if reach.cost and reach.cost.sure is not None else "",
            )
            for reach in report.rights
        ],
        left=(0, 6),
        widths=(2.4, 1, 1, 2.1, 1.3, 1.9, 1),
    )


def _right(reach: Reach, name: str) -> Iterator[Block]:
    yield blocks.page()
    yield blocks.heading(name)
    yield blocks.text(assumed(reach), soft=True)
    yield _figures(reach)
    yield _map(reach)
    yield blocks.heading(_("Where most people miss it, of every hundred"), 3)
    yield blocks.terms(
        (statistics.dimension(dimension), _most(reach, dimension)) for dimension in DIMENSIONS
    )
    for dimension in DIMENSIONS:
        yield _by(reach, dimension)


def assumed(reach: Reach) -> str:
    """Whether awards tell who gets it, or what is assumed."""
    if reach.take_up is None:
        return _("Who gets it is known from the awards of this period.")
    low, high = (statistics.share(100 * part) for part in (reach.take_up.low, reach.take_up.high))
    return _("Who gets it is not known here. Assumed: of every hundred who are entitled, %(low)s "
             "to %(high)s ask for it.") % {"low": low, "high": high}  # fmt: skip


def _figures(reach: Reach) -> Block:
    unit = statistics.units(reach.unit)
    cards = [
        blocks.card(_("Are entitled"), statistics.count(reach.count("yes")), unit, "yes"),
        blocks.card(_("Not sure"), statistics.count(reach.count("unknown")), unit, "ask"),
        blocks.card(
            _("Miss it"), statistics.bounds(reach.missed, assumed=not reach.measured), unit, "stop"
        ),
    ]
    if reach.per:
        now = _("now: %(cost)s") % {"cost": statistics.costs(reach.costs, "now")}
        cards.append(blocks.card(_("Cost by itself"), statistics.spread(reach.cost), now))
    return blocks.figures(*cards)


def _map(reach: Reach) -> Block:
    names, shares = reach.categories[NEIGHBOURHOOD], reach.per_hundred(NEIGHBOURHOOD)
    words = _("Miss it") if reach.measured else _("Are entitled")
    return blocks.tile_map(
        names,
        shares,
        [statistics.hidden() if one is None else statistics.share(one) for one in shares],
        title=words,
        explained=_("Of every hundred %(units)s of the neighbourhood. A tile is a neighbourhood, "
                    "roughly where it lies; the numbers stand in the table.")
        % {"units": statistics.units(reach.unit)},
        unknown=_("Too few to show"),
        alt=notes.of_map(words, names, shares),
    )  # fmt: skip


def _most(reach: Reach, dimension: str) -> str:
    places = reach.most[dimension]
    if not places:
        return _("too few to show")
    words = [
        f"{statistics.category(dimension, one.category)} ({statistics.share(one.per_hundred)})"
        for one in places
    ]
    return "; ".join(words)


def _by(reach: Reach, dimension: str) -> Block:
    shares = reach.per_hundred(dimension)
    missed = reach.missed_by(dimension)
    highest = max((one for one in shares if one), default=1.0)
    heads = (
        statistics.dimension(dimension), _("Are entitled"), _("Not sure"), _("Miss it"),
        _("Missed of 100") if reach.measured else _("Entitled of 100"),
    )  # fmt: skip
    return blocks.table(
        heads,
        [
            (
                statistics.category(dimension, category),
                statistics.count(reach.by("yes", dimension)[place]),
                statistics.count(reach.by("unknown", dimension)[place]),
                statistics.bounds(missed[place], assumed=not reach.measured),
                blocks.bar(statistics.share(shares[place]), (shares[place] or 0) / highest),
            )
            for place, category in enumerate(reach.categories[dimension])
        ],
        widths=(2.6, 1, 1, 1.6, 0),
    )


def _overlap(overlap: Overlap, names: Mapping[str, str]) -> Iterator[Block]:
    yield blocks.page()
    yield blocks.heading(_("Who gets what together"))
    yield blocks.text(
        _("Private households that have both rights for sure, for themselves or for a member; on "
          "the diagonal those with the one. The columns have the numbers of the rows.")
    )  # fmt: skip
    heads = [_("Right"), *(str(1 + place) for place in range(len(overlap.rights)))]
    yield blocks.table(
        heads,
        [
            [f"{1 + place}. {names[right]}", *(statistics.count(cell) for cell in cells)]
            for place, (right, cells) in enumerate(zip(overlap.rights, overlap.matrix, strict=True))
        ],
        small=True,
        widths=(3.4, *(1 for _name in overlap.rights)),
    )
    yield blocks.heading(_("How many rights a household has"), 3)
    yield blocks.table(
        (_("Rights"), _("Households")),
        [(str(number), statistics.count(cell)) for number, cell in enumerate(overlap.by_number)],
        widths=(0, 0),
    )
