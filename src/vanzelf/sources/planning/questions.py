"""The words in which questions about many people are put."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from vanzelf.sources.planning.data import Family
from vanzelf.sources.planning.people import Marks, Rows

Asked: TypeAlias = Mapping[str, Marks]
"""By the path of a fact (`persoon.leefloon`), of whom it was asked: a mark per person, or per
household for a fact of the household. Also of who gave no answer."""
Questions: TypeAlias = dict[str, Rows]
"""By the path of a fact, the rows (of persons, or of households) of whom to ask it."""
MEMBER = "gezin.leden[]."
NONE, OPEN = -1, 2
ENOUGH = 2
"""So many members of a family still to ask make the question about all of them worth it."""


@dataclass(frozen=True, slots=True)
class FamilyFact:
    """A fact that speaks for several members, in place of the same fact of each of them."""

    family: Family
    path: str  # persoon.gezin met verhoogde tegemoetkoming
    of: str  # persoon.verhoogde tegemoetkoming
    proves: bool  # a yes proves this right, whoever of them has it

    @property
    def key(self) -> str:
        return MEMBER + self.family.fact
