"""What a check left out, for whoever reads it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from vanzelf.city.awards.models import PointCheck
from vanzelf.city.unasked.models import LeftOut
from vanzelf.sources.types import Why


@dataclass(frozen=True)
class Left:
    """Facts left out for one reason, with of how many persons (1 for one of the household)."""

    why: Why
    facts: tuple[tuple[str, int], ...]


def left_out(check: PointCheck, right: str | None = None) -> list[Left]:
    """What was not asked in a check, for all its rights or for one, by reason."""
    rows = LeftOut.objects.filter(check_ref=check)
    if right is not None:
        rows = rows.filter(rights__contains=[right])
    counted = set(rows.values_list("why", "fact", "person_id"))
    found = []
    for why in Why:
        facts = Counter(fact for code, fact, _ in counted if code == why)
        if facts:
            found.append(Left(why, tuple(sorted(facts.items()))))
    return found
