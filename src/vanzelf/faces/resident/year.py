"""What someone gets in a year, added up: only money, only what is awarded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vanzelf.city.awards.models import Award
from vanzelf.faces.look.regulations import name_of
from vanzelf.faces.look.wording import euro

SERIES = 4  # colours; the parts after the third share the last
TIMES = {"maand": 12, "week": 52, "dag": 365}


@dataclass(frozen=True)
class Part:
    """One right's share of the bar; `start` and `share` in per cent, as SVG writes them."""

    name: str
    cents: int
    calculation: str
    series: int
    start: str
    share: str
    middle: str
    wide: bool
    """Whether the amount fits in it, also on a phone."""


@dataclass(frozen=True)
class Year:
    parts: list[Part]
    total_cents: int
    uncounted: bool

    @classmethod
    def of(cls, awards: Iterable[Award]) -> Year:
        """The year of these awards, the largest first; `uncounted` when some are not money."""
        everything = list(awards)
        counted = sorted(
            (award for award in everything if award.amount_cents), key=_yearly, reverse=True
        )
        total = sum(_yearly(award) for award in counted)
        parts, before = [], 0
        for place, award in enumerate(counted):
            parts.append(_part(award, place, before, total))
            before += _yearly(award)
        return cls(parts, total, len(counted) < len(everything))


def _part(award: Award, place: int, before: int, total: int) -> Part:
    cents = _yearly(award)
    return Part(
        name_of(award.right),
        cents,
        _calculation(award),
        min(place, SERIES - 1) + 1,
        f"{100 * before / total:.2f}",
        f"{100 * cents / total:.2f}",
        f"{100 * (before + cents / 2) / total:.2f}",
        cents / total > 0.3,
    )


def _yearly(award: Award) -> int:
    assert award.amount_cents is not None
    return int(award.amount_cents) * TIMES.get(_per(award), 1)


def _per(award: Award) -> str:
    return next((one["per"] or "" for one in award.amounts if one["kind"] == "money"), "")


def _calculation(award: Award) -> str:
    times = TIMES.get(_per(award), 1)
    amount = euro(award.amount_cents or 0)
    if times == 1:
        return _("%(amount)s, for %(period)s") % {"amount": amount, "period": award.period}
    return _("%(times)s × %(amount)s") % {"times": times, "amount": amount}
