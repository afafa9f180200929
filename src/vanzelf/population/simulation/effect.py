"""What a change would do: protected numbers only, so that it may be shown, saved and sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vanzelf.population.statistics import TOTAL, Cells, Column

FLOWS = (
    "stay yes", "gain", "lose", "stay no",
    "become unknown", "stay unknown", "settled yes", "settled no",
)  # fmt: skip
"""Every unit is in one of these: `gain` NO to YES, `lose` YES to NO, `settled` from UNKNOWN."""
LEVELS = (
    "before yes", "before no", "before unknown", "after yes", "after no", "after unknown",
)  # fmt: skip
WORTH = ("more", "less", "before unpriced", "after unpriced")
"""Who keeps the right and gets more or less, a percentage too; YES or UNKNOWN of which an amount
in money is not known."""
COSTS = ("before sure", "before open", "after sure", "after open")
"""What every YES gets, and what every UNKNOWN would get as well, in cents per `per`."""
FORM = 1


@dataclass(frozen=True, slots=True)
class Spread:
    """The bounds of a cost, in cents: what is sure, and what the unknown may add.

    None: too few people to say.
    """

    sure: int | None
    open: int | None

    @property
    def at_most(self) -> int | None:
        """With the unknown; None when it cannot be said."""
        return None if self.sure is None or self.open is None else self.sure + self.open


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect of a change of one regulation on a day.

    Counts and costs are by dimension, in the order of its `categories`; `total` is a dimension of
    one. Units are households (`gezin`) or persons. All are protected (see statistics/protect.py):
    None is hidden, fewer than 10 or about so; the others are rounded, and do not add up.
    """

    right: str
    unit: str
    on: date
    change: Mapping[str, Any]
    """As `Change.as_data` tells it."""
    categories: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, Column]
    """By measure: FLOWS, LEVELS and WORTH."""
    costs: Mapping[str, Column]
    """By measure: COSTS; empty for a right that gives no money."""
    per: str | None
    """The period of the costs: `jaar`, `maand`, `eenmalig`; None without money."""

    def count(self, measure: str) -> int | None:
        """Of everyone."""
        return self.counts[measure].cells[TOTAL][0]

    def by(self, measure: str, dimension: str) -> Cells:
        """By category of a dimension."""
        return self.counts[measure].cells[dimension]

    def cost(self, when: str, dimension: str = TOTAL, place: int = 0) -> Spread | None:
        """Of everyone or one category, `before` or `after`; None without money."""
        if not self.costs:
            return None
        return Spread(
            self.costs[f"{when} sure"].cells[dimension][place],
            self.costs[f"{when} open"].cells[dimension][place],
        )

    def rows(self) -> Iterator[tuple[str, str, str, int | None]]:
        """Every number as (dimension, category, measure, value); costs in cents."""
        named = (*self.counts.items(), *((f"cost {name}", one) for name, one in self.costs.items()))
        for measure, column in named:
            for dimension, cells in column.cells.items():
                for category, value in zip(self.categories[dimension], cells, strict=True):
                    yield dimension, category, measure, value

    def as_data(self) -> dict[str, Any]:
        """As JSON knows it; `from_data` gives it back."""
        return {
            "form": FORM,
            "right": self.right,
            "unit": self.unit,
            "on": self.on.isoformat(),
            "change": dict(self.change),
            "per": self.per,
            "categories": {name: list(values) for name, values in self.categories.items()},
            "counts": {name: column.as_data() for name, column in self.counts.items()},
            "costs": {name: column.as_data() for name, column in self.costs.items()},
        }

    @classmethod
    def from_data(cls, data: Any) -> Effect:
        """Raises ValueError for data that is no effect, or of a form that is not known here."""
        try:
            if data["form"] != FORM:
                raise ValueError(f"an effect of form {data['form']!r}; known: {FORM}")
            return cls(
                data["right"],
                data["unit"],
                date.fromisoformat(data["on"]),
                data["change"],
                {name: tuple(values) for name, values in data["categories"].items()},
                {name: _column(cells) for name, cells in data["counts"].items()},
                {name: _column(cells) for name, cells in data["costs"].items()},
                data["per"],
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"this is no saved simulation: {error!r}") from None


def _column(data: Mapping[str, list[int | None]]) -> Column:
    return Column({dimension: tuple(cells) for dimension, cells in data.items()})
