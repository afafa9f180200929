"""Builds the city: draws everything in order and lays it out in two Arrow tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vanzelf.synthetic import cast, identity, published, statuses
from vanzelf.synthetic.ages import AgeTargets, Calendar, draw_people
from vanzelf.synthetic.calibration import Calibration, Count, calibrate, flag, holds
from vanzelf.synthetic.draw import Ints
from vanzelf.synthetic.gaps import draw_gaps
from vanzelf.synthetic.incomes import draw_incomes
from vanzelf.synthetic.layout import Drawn, household_table, person_table
from vanzelf.synthetic.lists import write_lists
from vanzelf.synthetic.structure import draw_structure

REFERENCE_DAY = date(2026, 1, 1)
SMALLEST = 500


@dataclass(frozen=True)
class City:
    """An invented city as it stood on the reference day `on`."""

    persons: pa.Table
    households: pa.Table
    calibration: tuple[Calibration, ...]
    seed: int
    on: date

    def write(self, folder: Path) -> None:
        """persons.parquet, households.parquet, lists/ and calibration.json; each file whole."""
        folder.mkdir(parents=True, exist_ok=True)
        facts = json.dumps({"seed": self.seed, "on": self.on.isoformat(), "invented": True})
        for name, table in (("persons", self.persons), ("households", self.households)):
            marked = table.replace_schema_metadata({"vanzelf": facts})
            draft = folder / f".{name}.parquet"
            pq.write_table(marked, draft, compression="zstd", row_group_size=65_536)
            draft.replace(folder / f"{name}.parquet")
        write_lists(self.persons, self.households, self.on, folder / "lists")
        report = {
            "seed": self.seed,
            "on": self.on.isoformat(),
            "figures": [figure.as_data() for figure in self.calibration],
        }
        draft = folder / ".calibration.json"
        draft.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
        draft.replace(folder / "calibration.json")


def build(*, seed: int = 1, residents: int = published.RESIDENTS, on: date = REFERENCE_DAY) -> City:
    """The city of this seed and size on this reference day: the same arguments, the same city.

    `residents` counts everyone, the cast and residents of collective households included; other
    totals scale with it. Raises ValueError under 500 residents.
    """
    if residents < SMALLEST:
        raise ValueError(f"a city has at least {SMALLEST} residents, not {residents}")
    rng = np.random.default_rng(seed)
    told_persons, told_households = cast.tables(on)
    drawn = _draw(rng, residents, told_persons, told_households, on)
    before = told_households.num_rows
    others = person_table(rng, drawn, told_persons.num_rows, before)
    homes = household_table(rng, drawn, others["insz"].combine_chunks(), before)
    persons = pa.concat_tables([told_persons, others]).combine_chunks()
    households = pa.concat_tables([told_households, homes]).combine_chunks()
    count = Count(persons, households, whole_ages(persons, on), on)
    figures = calibrate(count, drawn.gaps.counts)
    return City(persons, households, figures, seed, on)


def _draw(
    rng: np.random.Generator, residents: int, persons: pa.Table, households: pa.Table, on: date
) -> Drawn:
    """Everyone but the cast, so that with the cast the totals are met."""
    scale = residents / published.RESIDENTS
    day = np.datetime64(on, "D")

    def left(total: float, told: int) -> int:
        return max(0, round(total * scale) - told)

    age = whole_ages(persons, on)
    structure = draw_structure(
        rng,
        residents=residents - persons.num_rows,
        households=left(published.HOUSEHOLDS, households.num_rows),
        collective=round(residents * published.IN_COLLECTIVE),
    )
    targets = AgeTargets(
        under_20=left(published.UNDER_20 * published.RESIDENTS, int((age < 20).sum())),
        over_64=left(published.OVER_64 * published.RESIDENTS, int((age >= 65).sum())),
        centenarians=left(published.CENTENARIANS, int((age >= 100).sum())),
        births=left(published.BIRTHS, int((age == 0).sum())),
    )
    people = draw_people(rng, structure, targets, day)
    wage = left(published.LIVING_WAGE, int(holds(persons, "living_wage", on).sum()))
    social = statuses.draw_statuses(rng, structure, people, living_wage=wage, scale=scale)
    told = np.bincount(persons["household"].to_numpy())[1:]
    incomes = draw_incomes(
        rng,
        structure,
        people,
        untaxed=statuses.untaxed_benefits(structure, social),
        strain=statuses.strain(structure, social),
        poor=left(published.POOR, int(told[flag(households, "poor")].sum())),
    )
    reimbursed = int(holds(persons, "increased_reimbursement", on).sum())
    statuses.draw_reimbursement(
        rng,
        structure,
        people,
        social,
        incomes,
        total=left(published.INCREASED_REIMBURSEMENT, reimbursed),
        households=round(published.WASTE_BAG_HOUSEHOLDS * scale / 0.9905),  # gaps take the rest
    )
    codes, nationality = identity.draw_nationality(rng, structure, scale)
    gaps = draw_gaps(rng, structure, people, social, scale)
    return Drawn(structure, people, social, incomes, codes, nationality, gaps, day)


def whole_ages(persons: pa.Table, on: date) -> Ints:
    """Everyone's age in whole years on a day."""
    day = np.datetime64(on, "D")
    born = pc.cast(persons["birth_date"], pa.int32()).to_numpy()
    return Calendar(day).age(day.astype(np.int64) - born)
