"""Pictures of protected numbers: a map of tiles, bars, and the line of a family's benefits.

Lengths and places only, in the units of an SVG's view box; words and numbers stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vanzelf.faces.look import statistics, wording
from vanzelf.faces.look.paper.notes import of_map
from vanzelf.faces.look.tiles import COLUMNS, Steps, placed
from vanzelf.population.simulation import Effect
from vanzelf.population.statistics.dimensions import NEIGHBOURHOOD

WIDTH, HEIGHT, GAP = 100, 66, 6
LENGTH = 100
"""Of the longest bar."""


@dataclass(frozen=True, slots=True)
class DrawnTile:
    """A neighbourhood: its corner, its class from 1 (0: too few to tell), and what it says."""

    name: str
    short: str
    x: int
    y: int
    step: int
    figure: str

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def words_at(self) -> int:
        return self.y + 25

    @property
    def figure_at(self) -> int:
        return self.y + 49


@dataclass(frozen=True, slots=True)
class TileMap:
    title: str
    alt: str
    tiles: tuple[DrawnTile, ...]
    legend: tuple[tuple[int, str], ...]
    width: int
    height: int


def share_map(effect: Effect, measure: str) -> TileMap:
    """Of every hundred of each neighbourhood, how many this happens to."""
    names = effect.categories[NEIGHBOURHOOD]
    return tile_map(names, _shares(effect, measure), statistics.measure(measure))


def tile_map(names: Sequence[str], shares: Sequence[float | None], words: str) -> TileMap:
    """A tile per neighbourhood, shaded by its share of a hundred; `words` say what of."""
    tiles = placed(names)
    steps = Steps.over(shares)
    drawn = tuple(
        DrawnTile(
            tile.name,
            tile.short,
            tile.column * (WIDTH + GAP),
            tile.row * (HEIGHT + GAP),
            steps.of(share),
            statistics.hidden() if share is None else statistics.share(share),
        )
        for tile, share in zip(tiles, shares, strict=True)
    )
    rows = 1 + max((tile.row for tile in tiles), default=0)
    return TileMap(
        words,
        of_map(words, names, shares),
        drawn,
        _legend(steps, shares),
        COLUMNS * (WIDTH + GAP) - GAP,
        rows * (HEIGHT + GAP) - GAP,
    )


def _shares(effect: Effect, measure: str) -> list[float | None]:
    levels = [effect.by(f"before {level}", NEIGHBOURHOOD) for level in ("yes", "no", "unknown")]
    people = [sum(cell or 0 for cell in cells) for cells in zip(*levels, strict=True)]
    return [
        None if part is None or not everyone else 100 * part / everyone
        for part, everyone in zip(effect.by(measure, NEIGHBOURHOOD), people, strict=True)
    ]


def _legend(steps: Steps, shares: Sequence[float | None]) -> tuple[tuple[int, str], ...]:
    used = {steps.of(share) for share in shares}
    lines = [
        (place, f"{_bound(low, steps.width)} – {_bound(high, steps.width)}")
        for place, (low, high) in enumerate(steps.bounds, 1)
        if any(share is not None for share in shares)
    ]
    return (*lines, *([(0, statistics.hidden())] if 0 in used else []))


def _bound(value: float, width: float) -> str:
    """In so many decimals that two bounds are never written the same."""
    return wording.number(
        Decimal(str(round(value, 2))), 0 if width >= 1 else 1 if width >= 0.1 else 2
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """A category: how many have it now and would have it, as numbers and as lengths."""

    label: str
    now: str
    then: str
    now_length: float
    then_length: float


@dataclass(frozen=True, slots=True)
class Bars:
    title: str
    name: str
    bars: tuple[Bar, ...]
    few: str
    """The categories of which nothing may be told, now or then."""


def bars(effect: Effect, dimension: str) -> Bars:
    """Now and then, by category of a dimension."""
    now, then = effect.by("before yes", dimension), effect.by("after yes", dimension)
    labels = [statistics.category(dimension, name) for name in effect.categories[dimension]]
    told = [place for place in range(len(labels)) if (now[place], then[place]) != (None, None)]
    most = max((*_known(now), *_known(then)), default=1) or 1
    return Bars(
        statistics.dimension(dimension),
        dimension,
        tuple(
            Bar(
                labels[place],
                statistics.count(now[place]),
                statistics.count(then[place]),
                round(LENGTH * (now[place] or 0) / most, 1),
                round(LENGTH * (then[place] or 0) / most, 1),
            )
            for place in told
        ),
        "; ".join(label for place, label in enumerate(labels) if place not in told),
    )


def _known(cells: Iterable[int | None]) -> list[int]:
    return [cell for cell in cells if cell is not None]
