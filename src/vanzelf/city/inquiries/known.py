"""What is known of everyone while an inquiry runs: the delivery, the own lists, the answers.

A fact that may be asked by file is known only as far as it was answered, or a list of the city's
own tells it: what a delivery says of it is not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from vanzelf import population
from vanzelf.city import clock, regulations
from vanzelf.city.bulk import ordering
from vanzelf.city.bulk.laying import Column, beneath, rows_of
from vanzelf.city.bulk.models import ListFile, Order
from vanzelf.city.inquiries.models import Inquiry
from vanzelf.city.lawfulness.queries import in_force
from vanzelf.city.lists import laying
from vanzelf.city.paths import city_folder
from vanzelf.population import Population
from vanzelf.population.kernel.people import Block
from vanzelf.population.tables import PERSONS
from vanzelf.sources.planning import Planner, Who, planner_for
from vanzelf.sources.planning.people import Marks, Rows

PURPOSE = "toekenning"
NOBODY = -1


@dataclass(frozen=True)
class Standing:
    """Of one right: its planner, what is known, of whom was asked, and who they are by row."""

    planner: Planner
    known: Block
    asked: dict[str, Marks]
    who: Who
    persons: Rows


@dataclass(frozen=True)
class Delivery:
    """The delivery of the register, and which person each row is; -1 for one we do not know."""

    people: Population
    row_of: Rows
    persons: Rows

    @classmethod
    def read(cls) -> Delivery:
        people = population.read(city_folder(), catalogue=regulations.regulations().facts)
        numbers = people.column(PERSONS, "insz").to_pylist()
        row_of = rows_of(numbers)
        persons = np.full(len(numbers), NOBODY, dtype=np.int64)
        known = np.flatnonzero(row_of >= 0)
        persons[row_of[known]] = known
        return cls(people, row_of, persons)

    def marks(self, persons: set[int]) -> Marks:
        """The rows of these persons, and of whom we do not know: they cannot be asked."""
        asked = np.isin(self.persons, np.fromiter(persons, np.int64, len(persons)))
        found: Marks = asked | (self.persons == NOBODY)
        return found


def standing(inquiry: Inquiry, right: str, delivery: Delivery) -> Standing:
    """How one right of an inquiry stands now."""
    planner = planner_of(right, inquiry.on)
    lists = laying.uses([planner.regulation], planner.reference)
    over = dict(laying.over(delivery.people, lists, planner.reference).columns)
    orders = list(Order.objects.filter(on=planner.reference).order_by("pk"))
    for path in planner.facts:
        fact = path.partition(".")[2]
        column = Column(fact, orders, delivery.row_of, len(delivery.persons))
        key = (PERSONS, column.id)
        over[key] = beneath(over.get(key), column.holds(planner.reference))
    people = population.read(city_folder(), catalogue=planner.regulation.catalogue, over=over)
    return Standing(
        planner,
        people.people.block(planner.wanted),
        {fact: delivery.marks(_asked(inquiry, fact)) for fact in planner.facts},
        Who.of_population(people, planner.reference),
        delivery.persons,
    )


def _asked(inquiry: Inquiry, path: str) -> set[int]:
    """Of whom a fact was asked: in this inquiry, or in an order that still runs."""
    fact = path.partition(".")[2]
    found = ordering.asked_already(day_of(inquiry), [fact])
    orders = inquiry.stages.exclude(order=None).values("order")
    files = ListFile.objects.asked().filter(order__in=orders, facts__contains=[fact])
    for file in files.only("persons"):
        found.update(file.persons)
    return found


def day_of(inquiry: Inquiry) -> date:
    """The day for which it asks: at which its rights look."""
    return ordering.day_of([regulations.regulation(right) for right in inquiry.rights], inquiry.on)


def planner_of(right: str, on: date, *, by_file: bool = True) -> Planner:
    """The questions about a right as the authorisations of today allow them."""
    return planner_for(
        regulations.regulation(right),
        on,
        purpose=PURPOSE,
        authorisations=in_force().all,
        today=clock.today(),
        by_file=by_file,
    )


def not_by_file(right: str, on: date) -> list[str]:
    """Facts that a source may be asked for this right, but not in a file."""
    everything = planner_of(right, on, by_file=False).facts
    return sorted(set(everything) - set(planner_of(right, on).facts))
