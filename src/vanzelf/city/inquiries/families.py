"""What answers about families say of each member, over a run of a right that was asked in stages.

A no holds for everyone for whom it speaks. A yes about a family proves a right that asks for
someone in the household; it stands with the person about whom it was asked.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa

from vanzelf import population
from vanzelf.city.inquiries.known import planner_of
from vanzelf.city.inquiries.models import Inquiry
from vanzelf.city.lists import laid
from vanzelf.population import Population
from vanzelf.population.kernel.column import as_truth
from vanzelf.population.kernel.planes import spread
from vanzelf.population.tables import PERSONS
from vanzelf.rights import Regulation
from vanzelf.sources.planning import Who


def lay(people: Population, regulation: Regulation, on: date, file: Path) -> None:
    """Adds it to what was laid for a run of this right on this day; nothing when nobody was asked
    in stages for it."""
    if not Inquiry.objects.filter(rights__contains=[regulation.id], on=on).exists():
        return
    planner = planner_of(regulation.id, on)
    if not planner.families:
        return
    found = laid.read(file) if file.exists() else laid.NOTHING
    over = population.read(people.folder, catalogue=people.catalogue, over=found.columns)
    known = over.people.block(planner.wanted)
    told = planner.with_families(known, Who.of_population(over, planner.reference))
    columns = dict(found.columns)
    for key, column in told.facts.items():
        fact = planner.fact_at(key.path)
        if fact in planner.families and key.on == planner.reference:
            values, name = as_truth(column), people.catalogue.at(fact).id
            unknown = spread(values.unknown, known.persons)
            columns[PERSONS, name] = pa.array(spread(values.true, known.persons), mask=unknown)
    laid.write(laid.Laid(columns, found.reasons, found.lists), file)
