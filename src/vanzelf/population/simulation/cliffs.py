"""Where earning more leaves a family with less: all its benefits, against its income."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from vanzelf.population.simulation.family import Family
from vanzelf.population.simulation.side import money_of
from vanzelf.rights import Outcome, Regulation
from vanzelf.rights.facts import Catalogue

FOLLOWS: Mapping[str, str] = {
    "federaal/leefloon": "leefloon",
    "federaal/verhoogde-tegemoetkoming": "verhoogde tegemoetkoming",
}
"""Rights that are a status to other rights: they are checked first, and then hold."""
_TIMES = {"jaar": 1, "maand": 12, "eenmalig": 1}
_PERIODS = {"kwartaal": 4, "maand": 12}


@dataclass(frozen=True, slots=True)
class Worth:
    """What one right gives the family in a year, in cents: what is sure, and at most."""

    right: str
    sure: int
    at_most: int
    held: int
    """Of how many (household or members) the outcome is YES."""
    open: int
    """Of how many it is UNKNOWN."""


@dataclass(frozen=True, slots=True)
class Point:
    """A family with an income in euros a year."""

    income: int
    worth: tuple[Worth, ...]
    ended: tuple[str, ...]
    """Rights that the household, or one more of its members, has no longer."""
    less: tuple[str, ...]
    """Rights that give it less money than with the income before."""
    cliff: bool
    """Whether it is left with less than with the income before: benefits fall by more than the
    income rises. Money only: a discount or a help in kind that ends stands in `ended`."""

    @property
    def sure(self) -> int:
        """The sum of what is sure, in cents a year."""
        return sum(one.sure for one in self.worth)

    @property
    def at_most(self) -> int:
        """With all that is unknown."""
        return sum(one.at_most for one in self.worth)

    @property
    def open(self) -> bool:
        """Whether some of it is unknown."""
        return self.at_most != self.sure

    def as_data(self) -> dict[str, Any]:
        return {
            "income": self.income,
            "sure": self.sure,
            "at_most": self.at_most,
            "cliff": self.cliff,
            "ended": list(self.ended),
            "less": list(self.less),
            "rights": {
                one.right: {
                    "sure": one.sure,
                    "at_most": one.at_most,
                    "held": one.held,
                    "open": one.open,
                }
                for one in self.worth
            },
        }


def cliffs(
    regulations: Iterable[Regulation],
    catalogue: Catalogue,
    family: Family,
    on: date,
    incomes: Iterable[int] = range(0, 60_001, 500),
) -> Iterator[Point]:
    """A point per income, from low to high. Raises FactError for what the family says wrongly.

    No person is looked at: the family is invented, and nothing needs protection.
    """
    rights = sorted(regulations, key=lambda right: _order(right.id))
    before: Point | None = None
    for income in incomes:
        worth = tuple(_worth_of_all(rights, family.known(catalogue, on, income), on))
        point = _compared(Point(income, worth, (), (), False), before)
        yield point
        before = point


def _order(right: str) -> tuple[int, str]:
    """What others follow from comes first, in its own order."""
    first = list(FOLLOWS)
    return (first.index(right) if right in first else len(first), right)


def _compared(point: Point, before: Point | None) -> Point:
    if before is None:
        return point
    pairs = list(zip(before.worth, point.worth, strict=True))
    rise = 100 * (point.income - before.income)
    return replace(
        point,
        ended=tuple(now.right for old, now in pairs if now.held < old.held),
        less=tuple(now.right for old, now in pairs if now.sure < old.sure),
        cliff=before.sure - point.sure > rise,
    )


def _worth_of_all(rights: Iterable[Regulation], facts: dict[str, Any], on: date) -> Iterator[Worth]:
    members = facts["gezin"]["leden"]
    for right in rights:
        status = FOLLOWS.get(right.id)
        checks = [facts] if right.unit == "gezin" else [
            {**facts, "persoon": member} for member in members
        ]  # fmt: skip
        found = [_worth(right, one, on) for one in checks]
        yield Worth(
            right.id,
            sum(sure for _, sure, _ in found),
            sum(most for _, _, most in found),
            sum(outcome is Outcome.YES for outcome, _, _ in found),
            sum(outcome is Outcome.UNKNOWN for outcome, _, _ in found),
        )
        if status is not None and right.unit == "persoon":
            for member, (outcome, _, _) in zip(members, found, strict=True):
                _follow(member, status, outcome)


def _follow(member: dict[str, Any], status: str, outcome: Outcome) -> None:
    """Who has the right has the status; when that is unknown, so is the status."""
    if outcome is Outcome.YES:
        member[status] = True
    elif outcome is Outcome.UNKNOWN and not member.get(status):
        member.pop(status, None)


def _worth(right: Regulation, facts: Mapping[str, object], on: date) -> tuple[Outcome, int, int]:
    """The outcome, and the cents a year that are sure and at most."""
    outcome = right.check(facts, on, explain=False).outcome
    if outcome is Outcome.NO:
        return outcome, 0, 0
    lines = {line.id for line in money_of(right)}
    cents = sum(
        round(100 * amount.value * _a_year(right, amount.per))
        for amount in right.worth(facts, on)
        if amount.id in lines and isinstance(amount.value, Decimal)
    )
    return outcome, cents if outcome is Outcome.YES else 0, cents


def _a_year(right: Regulation, per: str | None) -> int:
    """How often in a year: an amount at a time comes as often as it may be awarded."""
    if per == "eenmalig":
        return _PERIODS.get(right.content.once_per, 1)
    return _TIMES[per or "jaar"]
