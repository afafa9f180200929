"""The city beside its targets: every published figure, what was drawn, and where it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vanzelf.synthetic import published as p
from vanzelf.synthetic.draw import Bools, Ints


@dataclass(frozen=True, slots=True)
class Calibration:
    """One figure. `kind`: hard (must be met exactly), soft (within `tolerance`, a share of the
    target), least (at least the target), planted (a gap or contradiction, no target)."""

    name: str
    target: float | None
    got: float
    kind: str
    source: str
    tolerance: float = 0.0

    @property
    def met(self) -> bool:
        """Whether the figure is where it has to be."""
        if self.target is None:
            return True
        if self.kind == "least":
            return self.got >= self.target
        return abs(self.got - self.target) <= self.tolerance * self.target + 1e-9

    def as_data(self) -> dict[str, object]:
        """For calibration.json."""
        return {**asdict(self), "met": self.met}


def flag(table: pa.Table, name: str) -> Bools:
    """A boolean column; null counts as not."""
    return np.asarray(pc.fill_null(table[name], False).to_numpy(), dtype=np.bool_)


def _equals(table: pa.Table, column: str, text: str) -> Bools:
    same = pc.fill_null(pc.equal(table[column], text), False)
    return np.asarray(same.to_numpy(), dtype=np.bool_)


def holds(persons: pa.Table, status: str, on: date) -> Bools:
    """Who has a status on a day: true, and the period (inclusive, open where null) covers it."""
    begun = pc.fill_null(pc.less_equal(persons[f"{status}_from"], pa.scalar(on)), True)
    lasts = pc.fill_null(pc.greater_equal(persons[f"{status}_until"], pa.scalar(on)), True)
    held = pc.and_(pc.fill_null(persons[status], False), pc.and_(begun, lasts))
    return np.asarray(held.to_numpy(), dtype=np.bool_)


class Count:
    """The city's two tables, counted; targets are scaled to its size."""

    def __init__(self, persons: pa.Table, households: pa.Table, age: Ints, on: date) -> None:
        self.persons, self.households, self.age, self.on = persons, households, age, on
        self.scale = persons.num_rows / p.RESIDENTS
        self.home: Ints = persons["household"].to_numpy() - 1
        self.private = ~flag(households, "collective")
        self.members: Ints = np.bincount(self.home, minlength=households.num_rows)
        self.reimbursed = holds(persons, "increased_reimbursement", on)
        self.wage = holds(persons, "living_wage", on)

    def per_household(self, mask: Bools) -> Ints:
        """How many members of each household are in the mask."""
        return np.bincount(self.home, weights=mask, minlength=len(self.private)).astype(np.int64)

    def hard(self, name: str, target: float, got: float, source: str) -> Calibration:
        """A number of residents or households that must be met exactly."""
        return Calibration(name, round(target * self.scale), int(got), "hard", source)

    def soft(
        self, name: str, target: float, got: float, tolerance: float, source: str
    ) -> Calibration:
        """A number that should be near; a small city has more chance in it."""
        loose = max(1.0, (1 / self.scale) ** 0.5)
        goal = round(target * self.scale)
        return Calibration(name, goal, int(got), "soft", source, tolerance * loose)

    def share(
        self, name: str, target: float, part: float, whole: float, tolerance: float, source: str
    ) -> Calibration:
        """A share or mean, not scaled."""
        loose = max(1.0, (1 / self.scale) ** 0.5)
        got = round(float(part) / max(1.0, float(whole)), 4)
        return Calibration(name, target, got, "soft", source, tolerance * loose)


def calibrate(count: Count, planted: Mapping[str, int]) -> tuple[Calibration, ...]:
    """Every figure, the hard ones first."""
    return (
        *_totals(count),
        *_ages(count),
        *_sizes(count),
        *_families(count),
        *_nationalities(count),
        *_moves(count),
        *_statuses(count),
        *_neighbourhoods(count),
        *(Calibration(name, None, got, "planted", p.INVENTED) for name, got in planted.items()),
    )


def _totals(count: Count) -> Iterator[Calibration]:
    poor = count.members[flag(count.households, "poor")].sum()
    yield count.hard("residents", p.RESIDENTS, count.persons.num_rows, p.CITY_2023)
    yield count.hard("private households", p.HOUSEHOLDS, count.private.sum(), p.HOUSEHOLDS_2020)
    yield count.hard(
        "residents with increased reimbursement",
        p.INCREASED_REIMBURSEMENT,
        count.reimbursed.sum(),
        p.SITUATION_2023,
    )
    yield count.hard(
        "residents with a living wage", p.LIVING_WAGE, count.wage.sum(), p.SITUATION_2023
    )
    yield count.hard("residents under the poverty line", p.POOR, poor, p.SITUATION_2023)


def _ages(count: Count) -> Iterator[Calibration]:
    age, all_ages = count.age, p.RESIDENTS
    yield count.soft(
        "residents under 20", p.UNDER_20 * all_ages, (age < 20).sum(), 0.005, p.CITY_2023
    )
    yield count.soft(
        "residents from 65 on", p.OVER_64 * all_ages, (age >= 65).sum(), 0.005, p.CITY_2023
    )
    yield count.soft("residents from 100 on", p.CENTENARIANS, (age >= 100).sum(), 0.02, p.CITY_2023)
    yield count.soft("births in the last year", p.BIRTHS, (age == 0).sum(), 0.03, p.CITY_2023)


def _sizes(count: Count) -> Iterator[Calibration]:
    size, private = count.members, count.private
    for label, low, high in (
        ("one", 1, 1),
        ("two", 2, 2),
        ("three", 3, 3),
        ("four or more", 4, 99),
    ):
        target = sum(n for _, published, n in p.STRUCTURE if low <= published <= high)
        got = (private & (size >= low) & (size <= high)).sum()
        yield count.soft(f"households of {label}", target, got, 0.01, p.HOUSEHOLDS_2020)
    yield count.share(
        "residents per private household",
        2.22,
        size[private].sum(),
        private.sum(),
        0.01,
        p.HOUSEHOLDS_2020,
    )
    residents = count.persons.num_rows
    yield count.share(
        "share of residents in collective households",
        p.IN_COLLECTIVE,
        size[~private].sum(),
        residents,
        0.05,
        p.FAMILIES,
    )


def _families(count: Count) -> Iterator[Calibration]:
    size, private, residents = count.members, count.private, count.persons.num_rows
    position = count.persons["position"]
    child = np.asarray(pc.is_in(position, pa.array(["03", "13"])).to_numpy())
    partner = np.asarray(pc.is_in(position, pa.array(["02", "21", "22"])).to_numpy())
    children, couple = count.per_household(child) > 0, count.per_household(partner) > 0
    yield count.soft("households with children", 38_564, children.sum(), 0.03, p.HOUSEHOLDS_2020)
    for name, mask, part in (
        ("share of households: couple with children", children & couple, 0.24),
        ("share of households: lone parent", children & ~couple, 0.08),
    ):
        yield count.share(name, part, mask.sum(), private.sum(), 0.03, p.FAMILIES)
    couples = size[couple & ~children].sum()
    yield count.share(
        "share of residents in a couple without children", 0.2, couples, residents, 0.03, p.FAMILIES
    )
    young = (count.age >= 18) & (count.age < 25)
    yield count.share(
        "share of those aged 18-24 with parents",
        2 / 3,
        (young & child).sum(),
        young.sum(),
        0.2,
        p.FAMILIES,
    )


def _nationalities(count: Count) -> Iterator[Calibration]:
    got = {
        row["values"]: row["counts"]
        for row in pc.value_counts(count.persons["nationality"]).to_pylist()
    }
    others = count.persons.num_rows - got["BE"]
    yield count.soft("residents of another nationality", 46_500, others, 0.01, p.CITY_2023)
    for code, name in (("BG", "Bulgarian"), ("TR", "Turkish"), ("NL", "Dutch")):
        target = p.NATIONALITIES[code]
        yield count.soft(f"{name} residents", target, got.get(code, 0), 0.02, p.CITY_2023)


def _moves(count: Count) -> Iterator[Calibration]:
    """Where residents of private households came from in the last ten years."""
    since = count.households["address_since"].to_numpy()
    recent = since > np.datetime64(count.on, "D") - np.timedelta64(3652, "D")
    here = _equals(count.households, "previous_municipality", p.NIS_GHENT)
    residents = count.members[count.private].sum()
    for name, mask, part in (
        ("share moved in from elsewhere in ten years", recent & ~here, 0.30),
        ("share moved within Ghent in ten years", recent & here, 0.24),
    ):
        moved = count.members[mask & count.private].sum()
        yield count.share(name, part, moved, residents, 0.03, p.MOVES)


def waste_bags(count: Count) -> Bools:
    """Households entitled to waste bags by the facts at hand: living in Ghent for certain, with a
    member with increased reimbursement, budget help or a collective debt settlement."""
    ground = count.reimbursed
    for name in ("budget_guidance", "budget_management", "collective_debt_settlement"):
        ground = ground | flag(count.persons, name)
    in_ghent = _equals(count.households, "municipality", p.NIS_GHENT)
    certain = in_ghent & count.private & ~flag(count.households, "family_errors")
    return np.asarray((count.per_household(ground) > 0) & certain)


def _statuses(count: Count) -> Iterator[Calibration]:
    entitled = waste_bags(count)
    bags = _equals(count.households, "waste_zone", "Z")
    pupils = flag(count.persons, "city_school_or_childcare").sum()
    yield count.soft(
        "households entitled to waste bags",
        p.WASTE_BAG_HOUSEHOLDS,
        entitled.sum(),
        0.01,
        p.SITUATION_2023,
    )
    yield count.share(
        "share of them in the bag zone",
        0.8,
        (entitled & bags).sum(),
        entitled.sum(),
        0.1,
        p.IVAGO_2020,
    )
    yield count.soft("children in a city school or childcare", 12_500, pupils, 0.01, p.SCHOOL)
    for limit, target in ((25, 0.33), (30, 0.47)):
        part = (count.wage & (count.age < limit)).sum()
        name = f"share of the living wage under {limit}"
        yield count.share(name, target, part, count.wage.sum(), 0.02, p.OCMW_2019)


def _neighbourhoods(count: Count) -> Iterator[Calibration]:
    names = [place.name for place in p.NEIGHBOURHOODS]
    where = pc.index_in(count.households["neighbourhood"], pa.array(names)).to_numpy()[count.home]
    persons = np.bincount(where, minlength=len(names))
    reimbursed = np.bincount(where, weights=count.reimbursed, minlength=len(names))
    highest = next(i for i, name in enumerate(names) if name.startswith("Nieuw Gent"))
    rate = round(float(reimbursed[highest] / max(1, persons[highest])), 4)
    yield Calibration(
        "share with increased reimbursement in Nieuw Gent - UZ", 0.33, rate, "least", p.NEW_GHENT
    )
    total = sum(place.weight for place in p.NEIGHBOURHOODS)
    for place, got in zip(p.NEIGHBOURHOODS, persons, strict=True):
        target = place.weight * p.RESIDENTS / total
        yield count.soft(f"residents of {place.name}", target, got, 0.03, p.INVENTED)
