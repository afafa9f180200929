"""An invented family, of which everything is known: to see what it would get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from vanzelf.rights.facts import Catalogue, FactError
from vanzelf.rights.problems import did_you_mean

ADULT = 18
GHENT: Mapping[str, object] = {"gemeente": "44021", "postcode": "9000", "afvalzone": "Z"}
HOLDS = ("kadastrale toets gehaald", "verblijf telt voor leefloon", "werkbereid")
"""What is true unless said otherwise; every other status is not held unless it is named."""
YEARLY = ("belastbaar inkomen", "bruto belastbaar inkomen", "bruto belastbaar inkomen vorig jaar")
MONTHLY = ("bruto maandinkomen", "netto maandinkomen")
MEANS = "bestaansmiddelen"


@dataclass(frozen=True, slots=True)
class Family:
    """Ages, the reference person first; statuses by the position of the member; other facts.

    `statuses`: names of facts that hold (`verhoogde tegemoetkoming`), by member. `facts`: of the
    household, in place of what is assumed: it lives in Ghent, in the zone of the bags; no status,
    no pregnancy; no rent is known.
    """

    ages: tuple[int, ...]
    statuses: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.ages or max(self.ages) < ADULT or min(self.ages) < 0:
            raise ValueError(f"ages {self.ages}: a family has at least one adult")
        for member in self.statuses:
            if not 0 <= member < len(self.ages):
                raise ValueError(
                    f"statuses of member {member}: there are 0 to {len(self.ages) - 1}"
                )

    @property
    def adults(self) -> int:
        return sum(age >= ADULT for age in self.ages)

    def known(self, catalogue: Catalogue, on: date, income: int) -> dict[str, Any]:
        """The facts of the household with so many euros of income a year, as a check takes them.

        The income is the same before and after tax, this year and last, and comes from the adults
        in equal parts: the simplest reading, so that one line can be drawn. The children are
        dependants of the first adult, so that only one living wage counts them. Raises FactError
        for a status or fact that is not listed.
        """
        members = [self._member(catalogue, on, place, income) for place in range(len(self.ages))]
        statuses = [f.name for f in catalogue.section("gezin").values() if f.type == "boolean"]
        household: dict[str, object] = {
            **{name: name in HOLDS for name in statuses},
            **GHENT,
            **{name: Decimal(income) for name in YEARLY},
            **{name: Decimal(income) / 12 for name in MONTHLY},
            "personen ten laste": len(self.ages) - 1,
            "personen bij het ziekenfonds": len(self.ages),
            "verwachte bevalling": None,
        }
        known = {name: value for name, value in household.items() if f"gezin.{name}" in catalogue}
        own = catalogue.coerce({"gezin": dict(self.facts)})
        given = catalogue.coerce({"gezin": {**known, "leden": members}})
        return {"gezin": {**given["gezin"], **own["gezin"]}}  # type: ignore[dict-item]

    def _member(self, catalogue: Catalogue, on: date, place: int, income: int) -> dict[str, object]:
        listed = catalogue.section("persoon")
        held = self.statuses.get(place, ())
        for name in held:
            if name not in listed or listed[name].type != "boolean":
                statuses = [name for name, fact in listed.items() if fact.type == "boolean"]
                hint = did_you_mean(name, statuses)
                raise FactError(f"persoon.{name}", "is no status" + (f" ({hint})" if hint else ""))
        adult = self.ages[place] >= ADULT
        head = next(i for i, age in enumerate(self.ages) if age >= ADULT)
        # Born on the first of January: the age holds all through the year of the check.
        statuses = [fact.name for fact in listed.values() if fact.type == "boolean"]
        member: dict[str, object] = {
            **{name: name in held or name in HOLDS for name in statuses},
            "geboortedatum": date(on.year - self.ages[place], 1, 1),
            "gemeente": GHENT["gemeente"],
            "postcode": GHENT["postcode"],
            "leefloon sinds": date(on.year - 1, 1, 1) if "leefloon" in held else None,
            MEANS: Decimal(income) / 12 / self.adults if adult else Decimal(0),
            "minderjarig kind ten laste": place == head and min(self.ages) < ADULT,
        }
        return {name: value for name, value in member.items() if name in listed}
