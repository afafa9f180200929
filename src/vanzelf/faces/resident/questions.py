"""What is still to be known, by question: one answer often settles several rights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from vanzelf.city.awards.models import LatestVerdict
from vanzelf.faces.look.regulations import name_of, question, regulations


@dataclass
class Open:
    """A question for the resident and the rights that wait for its answer."""

    question: str
    right: str
    """The first right that waits for it: its question page is where the answer goes."""
    elsewhere: bool
    """Whether someone else than the city decides on that right."""
    rights: list[str] = field(default_factory=list)


def open_questions(rows: Iterable[LatestVerdict]) -> list[Open]:
    """The questions that a resident can answer, first the one that settles most rights."""
    found: dict[str, Open] = {}
    for row in rows:
        asked = question(row.next_question) if row.next_question else ""
        if asked:
            elsewhere = regulations()[row.right].advice_only
            one = found.setdefault(asked, Open(asked, row.right, elsewhere))
            one.rights.append(name_of(row.right))
    return sorted(found.values(), key=lambda one: (-len(one.rights), one.elsewhere))
