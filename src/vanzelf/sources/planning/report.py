"""Per right, what planning asks over a population: about single persons, and about families."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vanzelf.population import NotColumnar, Population
from vanzelf.rights import Regulation
from vanzelf.sources.lawfulness import Authorisation
from vanzelf.sources.planning.data import Knowledge, shipped
from vanzelf.sources.planning.making import planner_for
from vanzelf.sources.planning.measuring import Measured, measure
from vanzelf.sources.planning.people import Who

SINGLE, FAMILY = "single persons", "families too"


@dataclass(frozen=True, slots=True)
class Line:
    """One right under one set of answers: `answers` says whether families were asked about."""

    answers: str
    measured: Measured


def lines(
    regulation: Regulation,
    population: Population,
    on: date,
    authorisations: Sequence[Authorisation],
    *,
    purpose: str,
    at_once: bool = False,
    knowledge: Knowledge | None = None,
) -> Iterator[Line]:
    """What the questions about a right come to when it is checked on a day for everyone.

    Nothing when no source outside the city may be asked about it, or when it cannot run in
    columns. The second line is there only when an answer about families is authorised.
    """
    knowledge = knowledge or shipped()
    before = 0
    for answers, known in ((SINGLE, knowledge.without_families()), (FAMILY, knowledge)):
        try:
            planner = planner_for(
                regulation,
                on,
                purpose=purpose,
                authorisations=authorisations,
                today=on,
                knowledge=known,
            )
        except NotColumnar:
            return
        if len(planner.stages) == before:
            return
        before = len(planner.stages)
        who = Who.of_population(population, planner.reference)
        truth = population.people.block(planner.wanted)
        yield Line(answers, measure(planner, truth, who, at_once=at_once))


HEADS = ("right", "answers about", "units", "everything", "asked", "share", "least", "to least")


def table(found: Iterable[tuple[str, Line]]) -> Iterator[tuple[str, ...]]:
    """The lines as text, in the order of `HEADS`."""
    for right, line in found:
        one = line.measured
        yield (
            right,
            line.answers,
            f"{one.units:,}",
            f"{one.everything:,}",
            f"{one.questions:,}",
            f"{one.share:.1%}",
            f"{one.least_share:.1%}",
            f"+{one.questions / one.least - 1:.1%}" if one.least else "-",
        )
