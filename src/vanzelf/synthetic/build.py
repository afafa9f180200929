"""Builds the city: draws everything in order and lays it out in two Arrow tables."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vanzelf.synthetic import cast, identity, parquet, published, statuses
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
LARGEST = 12_000_000
"""More than all of Belgium; a slip of the finger should not fill the memory."""
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)
"""Between these an invented number tells in which century someone was born."""
DRAFT = ".draft"


@dataclass(frozen=True)
class City:
    """An invented city as it stood on the reference day `on`."""

    persons: pa.Table
    households: pa.Table
    calibration: tuple[Calibration, ...]
    seed: int
    on: date

    def write(self, folder: Path) -> None:
        """persons.parquet, households.parquet, lists/ and calibration.json, wholly or not at all.

        Raises OSError.
        """
        with drafted(folder) as draft:
            self._write(draft)

    def _write(self, folder: Path) -> None:
        facts = json.dumps({"seed": self.seed, "on": self.on.isoformat(), "invented": True})
        for name, table in (("persons", self.persons), ("households", self.households)):
            marked = table.replace_schema_metadata({"vanzelf": facts})
            file = folder / f"{name}.parquet"
            how = parquet.options(table.column_names)
            pq.write_table(marked, file, row_group_size=parquet.ROWS, **how)
        write_lists(self.persons, self.households, self.on, folder / "lists")
        report = {
            "seed": self.seed,
            "on": self.on.isoformat(),
            "figures": [figure.as_data() for figure in self.calibration],
        }
        told = json.dumps(report, indent=1, ensure_ascii=False)
        (folder / "calibration.json").write_text(told, encoding="utf-8")


@contextmanager
def drafted(folder: Path) -> Iterator[Path]:
    """A folder to write in; what was written is put in place once the block ended well."""
    draft = folder / DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    made = not folder.exists()
    draft.mkdir(parents=True)
    if made:
        folder.chmod(0o700)  # a register, for its owner only; a folder that was there, stays
    try:
        yield draft
        _put_in_place(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _put_in_place(draft: Path, folder: Path) -> None:
    """Folders first: what can fail, fails before anything of the former city is replaced."""
    drafts = sorted(draft.rglob("*"))
    for path in drafts:
        if path.is_dir():
            (folder / path.relative_to(draft)).mkdir(exist_ok=True)
    for path in drafts:
        if path.is_file():
            path.replace(folder / path.relative_to(draft))


def build(*, seed: int = 1, residents: int = published.RESIDENTS, on: date = REFERENCE_DAY) -> City:
    """The city of this seed and size on this reference day: the same arguments, the same city.

    `residents` counts everyone, the cast and residents of collective households included; other
    totals scale with it. Raises ValueError under 500 or over 12 million residents, for a day
    outside 1950 to 2099 and for a seed under 0.
    """
    if residents < SMALLEST:
        raise ValueError(f"a city has at least {SMALLEST} residents, not {residents}")
    if residents > LARGEST:
        raise ValueError(f"a city has at most {LARGEST} residents, not {residents}")
    if not FIRST_DAY <= on <= LAST_DAY:
        raise ValueError(f"the reference day lies from {FIRST_DAY} to {LAST_DAY}, not on {on}")
    if seed < 0:
        raise ValueError(f"a seed is 0 or more, not {seed}")
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


@dataclass(frozen=True, slots=True)
class _Left:
    """What remains to be drawn of each total once the cast is counted."""

    persons: pa.Table
    households: pa.Table
    on: date
    scale: float

    def of(self, total: float, told: int) -> int:
        return max(0, round(total * self.scale) - told)

    def holders(self, status: str, total: int) -> int:
        return self.of(total, int(holds(self.persons, status, self.on).sum()))

    def poor(self) -> int:
        members = np.bincount(self.persons["household"].to_numpy())[1:]
        return self.of(published.POOR, int(members[flag(self.households, "poor")].sum()))

    def ages(self) -> AgeTargets:
        age = whole_ages(self.persons, self.on)
        return AgeTargets(
            under_20=self.of(published.UNDER_20 * published.RESIDENTS, int((age < 20).sum())),
            over_64=self.of(published.OVER_64 * published.RESIDENTS, int((age >= 65).sum())),
            centenarians=self.of(published.CENTENARIANS, int((age >= 100).sum())),
            births=self.of(published.BIRTHS, int((age == 0).sum())),
        )


def _draw(
    rng: np.random.Generator, residents: int, persons: pa.Table, households: pa.Table, on: date
) -> Drawn:
    """Everyone but the cast, so that with the cast the totals are met."""
    scale = residents / published.RESIDENTS
    left = _Left(persons, households, on, scale)
    structure = draw_structure(
        rng,
        residents=residents - persons.num_rows,
        households=left.of(published.HOUSEHOLDS, households.num_rows),
        collective=round(residents * published.IN_COLLECTIVE),
    )
    day = np.datetime64(on, "D")
    people = draw_people(rng, structure, left.ages(), day)
    wage = left.holders("living_wage", published.LIVING_WAGE)
    social = statuses.draw_statuses(rng, structure, people, living_wage=wage, scale=scale)
    untaxed, strain = (
        statuses.untaxed_benefits(structure, social),
        statuses.strain(structure, social),
    )
    incomes = draw_incomes(rng, structure, people, untaxed=untaxed, strain=strain, poor=left.poor())
    statuses.draw_reimbursement(
        rng,
        structure,
        people,
        social,
        incomes,
        total=left.holders("increased_reimbursement", published.INCREASED_REIMBURSEMENT),
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
