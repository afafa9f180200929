"""What a change would do, as a document; with another one beside it, a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from vanzelf.faces.look import statistics
from vanzelf.faces.look.paper import blocks, notes
from vanzelf.faces.look.paper.press import Block
from vanzelf.faces.look.regulations import said
from vanzelf.faces.look.wording import day_and_year
from vanzelf.population.simulation import Effect
from vanzelf.population.statistics import DIMENSIONS
from vanzelf.population.statistics.dimensions import NEIGHBOURHOOD
from vanzelf.rights import Regulation

LINES = (
    "before yes", "after yes", "gain", "lose", "more", "less",
    "settled yes", "settled no", "become unknown", "stay unknown", "after no",
)  # fmt: skip
COLUMNS = ("before yes", "after yes", "gain", "lose", "after unknown")
COST = 2.2
"""How wide its column is, where that of a count is 1."""
MAPPED = ("gain", "lose", "more", "less")


def title(regulation: Regulation) -> str:
    return _("What if: %(name)s") % {"name": said(regulation.content.names)}


def content(
    effect: Effect, regulation: Regulation, saved: Effect | None, invented: bool
) -> Iterator[Block]:
    """The blocks, from the title to what stands behind the numbers."""
    yield blocks.heading(title(regulation), 1)
    day = day_and_year(effect.on)
    yield blocks.lead(
        _(
            "What would this change do, if it held on %(day)s? This is a calculation over "
            "everyone: nothing changes, and nobody is refused anything."
        )
        % {"day": day}
    )
    yield _figures(effect)
    yield blocks.heading(_("The change"))
    yield from _change(effect, regulation)
    if saved is not None:
        yield blocks.heading(_("What it is compared with"), 3)
        yield from _change(saved, regulation)
    yield blocks.heading(_("What happens to people"))
    yield _flows(effect, saved)
    if effect.per:
        yield _costs(effect, saved)
    yield from _places(effect)
    for dimension in DIMENSIONS:
        yield blocks.heading(_("By: %(what)s") % {"what": statistics.dimension(dimension).lower()})
        yield _by(effect, dimension)
    yield from notes.of_effect(effect, regulation, invented)


def _figures(effect: Effect) -> Block:
    unit = statistics.units(effect.unit)
    cards = [
        blocks.card(_("Gain"), statistics.count(effect.count("gain")), unit, "yes"),
        blocks.card(_("Lose"), statistics.count(effect.count("lose")), unit, "stop"),
        blocks.card(_("Not sure"), statistics.count(effect.count("after unknown")), unit, "ask"),
    ]
    if effect.per:
        cost = statistics.spread(effect.cost("after"))
        before = _("now: %(cost)s") % {"cost": statistics.spread(effect.cost("before"))}
        cards.append(blocks.card(_("Cost"), cost, before))
    else:
        then = statistics.count(effect.count("after yes"))
        cards.append(blocks.card(_("Would have it"), then, unit))
    return blocks.figures(*cards)


def _change(effect: Effect, regulation: Regulation) -> Iterator[Block]:
    found = list(statistics.changes(effect, regulation)) if effect.right == regulation.id else []
    if found:
        heads = (_("What"), _("Now"), _("With the change"))
        yield blocks.table(
            heads,
            [(one.what, one.now, one.then) for one in found],
            left=(0, 1, 2),
            widths=(2, 1, 1),
        )
    elif effect.right != regulation.id:
        yield blocks.text(f"{effect.right}, {day_and_year(effect.on)}")
    else:
        yield blocks.text(_("Nothing is changed: this is how it is now."))


def _flows(effect: Effect, saved: Effect | None) -> Block:
    shown = [effect] if saved is None else [effect, saved]
    heads = [statistics.units(effect.unit).capitalize(), *_columns(saved)]
    return blocks.table(
        heads,
        [
            [statistics.measure(name), *(statistics.count(one.count(name)) for one in shown)]
            for name in LINES
        ],
    )


def _columns(saved: Effect | None) -> list[str]:
    return [_("Number")] if saved is None else [_("This change"), _("Compared with")]


def _costs(effect: Effect, saved: Effect | None) -> Block:
    """What is sure, and with all that is not; an amount that is not known is in neither."""
    rows = [
        (_("Now"), effect, "before"),
        (_("With the change"), effect, "after"),
        *([(_("Compared with"), saved, "after")] if saved else []),
    ]
    head = _("Cost %(per)s") % {"per": statistics.per(effect.per)}
    heads = (head, _("From (sure) to (sure and not sure)"), _("Of an amount not known"))
    return blocks.table(
        heads,
        [
            (label, statistics.spread(one.cost(when)),
             statistics.count(one.count(f"{when} unpriced")))
            for label, one, when in rows
        ],
        widths=(2, 2, 1),
    )  # fmt: skip


def _places(effect: Effect) -> Iterator[Block]:
    """A map of who gains, loses, gets more or less, whichever there are; else of who has it."""
    chosen = [name for name in MAPPED if effect.count(name) is not None] or ["after yes"]
    yield blocks.page()
    yield blocks.heading(_("Where"))
    for name in chosen:
        yield _map(effect, name)


def _map(effect: Effect, measure: str) -> Block:
    names = effect.categories[NEIGHBOURHOOD]
    found = effect.by(measure, NEIGHBOURHOOD)
    levels = [effect.by(f"before {level}", NEIGHBOURHOOD) for level in ("yes", "no", "unknown")]
    people = [sum(cell or 0 for cell in cells) for cells in zip(*levels, strict=True)]
    shares = [
        None if part is None or not all_ else 100 * part / all_
        for part, all_ in zip(found, people, strict=True)
    ]
    words = statistics.measure(measure)
    unit = statistics.units(effect.unit)
    return blocks.tile_map(
        names,
        shares,
        [statistics.hidden() if one is None else statistics.share(one) for one in shares],
        title=words,
        explained=_("Of every hundred %(units)s of the neighbourhood. A tile is a neighbourhood, "
                    "roughly where it lies; the numbers stand in the table.") % {"units": unit},
        unknown=_("Too few to show"),
        alt=notes.of_map(words, names, shares),
    )  # fmt: skip


def _by(effect: Effect, dimension: str) -> Block:
    heads = [statistics.dimension(dimension), *(statistics.measure(name) for name in COLUMNS)]
    if effect.per:
        heads.append(_("Cost then"))
    rows = []
    for place, category in enumerate(effect.categories[dimension]):
        row = [statistics.category(dimension, category)]
        row += [statistics.count(effect.by(name, dimension)[place]) for name in COLUMNS]
        if effect.per:
            row.append(statistics.spread(effect.cost("after", dimension, place)))
        rows.append(row)
    cost = (COST,) if effect.per else ()
    return blocks.table(heads, rows, widths=(blocks.FIRST, *(1 for _name in COLUMNS), *cost))


def running(on: date) -> str:
    return _("Simulation, as on %(day)s") % {"day": day_and_year(on)}
