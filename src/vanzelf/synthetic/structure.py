"""Who lives together and where: kinds and sizes of households, spread over the neighbourhoods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vanzelf.synthetic import published
from vanzelf.synthetic.draw import Bools, Ints, fit, labels, shares

KINDS = ("single", "couple", "family", "lone", "other", "collective")
SINGLE, COUPLE, FAMILY, LONE, OTHER, COLLECTIVE = range(len(KINDS))
REFERENCE, PARTNER, CHILD, ADULT, INMATE = range(5)  # role within the household
INSTITUTION = 60  # residents of a collective household, on average
BIGGEST = max(published.LARGE)


@dataclass(frozen=True, slots=True)
class Structure:
    """Households (kind, size, neighbourhood) and, per person, the household and the role."""

    kind: Ints
    size: Ints
    neighbourhood: Ints
    household: Ints
    role: Ints

    @property
    def start(self) -> Ints:
        """Index of each household's first person."""
        return np.cumsum(self.size) - self.size

    @property
    def private(self) -> Bools:
        """Mask of the private households."""
        return np.asarray(self.kind != COLLECTIVE)

    def total(self, per_person: Ints | Bools) -> Ints:
        """A sum over persons for every household."""
        return np.add.reduceat(per_person.astype(np.int64), self.start)


def draw_structure(
    rng: np.random.Generator, *, residents: int, households: int, collective: int
) -> Structure:
    """Exactly so many residents, private households and residents of collective households."""
    kind, size = _kinds(rng, residents - collective, households)
    where = _neighbourhoods(rng, kind, size)
    order = rng.permutation(len(kind))
    kind, size, where = kind[order], size[order], where[order]
    institutions = max(1, collective // INSTITUTION)
    kind = np.concatenate((kind, np.full(institutions, COLLECTIVE)))
    size = np.concatenate((size, shares(collective, rng.uniform(0.4, 1.6, institutions))))
    weights = [place.weight for place in published.NEIGHBOURHOODS]
    where = np.concatenate((where, labels(rng, institutions, weights)))
    household = np.repeat(np.arange(len(kind)), size)
    return Structure(kind, size, where, household, _roles(rng, kind, size, household))


def _kinds(rng: np.random.Generator, persons: int, households: int) -> tuple[Ints, Ints]:
    counts = shares(households, [row[2] for row in published.STRUCTURE])
    kind = np.repeat([KINDS.index(row[0]) for row in published.STRUCTURE], counts)
    size = np.repeat([row[1] for row in published.STRUCTURE], counts)
    large = np.flatnonzero(size == min(published.LARGE))
    sizes = np.array(list(published.LARGE))
    size[large] = sizes[labels(rng, len(large), list(published.LARGE.values()))]
    while short := persons - int(size.sum()):  # close the population on the large households
        step = 1 if short > 0 else -1
        free = large[(size[large] + step >= 4) & (size[large] + step <= BIGGEST)]
        size[rng.permutation(free)[: abs(short)]] += step
    return kind, size


def _neighbourhoods(rng: np.random.Generator, kind: Ints, size: Ints) -> Ints:
    """Singles towards the centre, families towards the villages, persons by published weight."""
    weights = np.array([place.weight for place in published.NEIGHBOURHOODS], dtype=np.float64)
    urban = np.array([place.urban for place in published.NEIGHBOURHOODS])
    kinds = range(COLLECTIVE)
    pull = np.array([0.9, -0.1, -0.7, 0.1, 0.3])  # per kind, invented
    persons = np.array([size[kind == k].sum() for k in kinds], dtype=np.float64)
    start = weights[:, None] * np.exp(pull[None, :] * (urban[:, None] - 0.4) * 2)
    table = fit(start, weights * (persons.sum() / weights.sum()), persons)
    where = np.empty(len(kind), dtype=np.int64)
    for k in kinds:
        members = np.flatnonzero(kind == k)
        where[members] = labels(rng, len(members), table[:, k])
    return where


def _roles(rng: np.random.Generator, kind: Ints, size: Ints, household: Ints) -> Ints:
    start = np.cumsum(size) - size
    rank = np.arange(len(household)) - start[household]
    kinds = kind[household]
    role = np.full(len(household), CHILD)
    role[kinds == OTHER] = ADULT
    role[(rank == 1) & np.isin(kinds, (COUPLE, FAMILY))] = PARTNER
    relative = (kind == FAMILY) & (size >= 5) & (rng.random(len(kind)) < 0.25)
    role[(start + size - 1)[relative]] = ADULT
    role[rank == 0] = REFERENCE
    role[kinds == COLLECTIVE] = INMATE
    return role
