"""A city with canaries: incomes that are nobody else's, and people who will leave."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from vanzelf import synthetic

SEED = 11


@dataclass(frozen=True)
class Planted:
    """What must not be found after its term."""

    incomes: tuple[str, ...]
    """As a source writes them in euros, and as the city keeps them in cents."""
    leaving: tuple[str, ...]
    """Last names and streets of those who leave."""
    numbers: tuple[str, ...]
    """Their national numbers."""
    households: frozenset[int]


def plant(folder: Path, residents: int) -> Planted:
    """Writes an invented city in which every income is told apart, and one household in forty
    has a name and a street that nobody else has."""
    synthetic.build(seed=SEED, residents=residents).write(folder)
    homes = parquet.read_table(folder / "households.parquet")
    people = parquet.read_table(folder / "persons.parquet")
    private = [n for n, c in zip(*_lists(homes, "household", "collective"), strict=True) if not c]
    chosen = frozenset(private[::40])
    incomes, euros = _incomes(homes["taxable_income"].to_pylist())
    homes = _replaced(homes, "taxable_income", incomes)
    streets = {n: f"Kanariestraat-{n}" for n in chosen}
    homes = _replaced(
        homes,
        "street",
        [streets.get(n, s) for n, s in zip(*_lists(homes, "household", "street"), strict=True)],
    )
    at_home = people["household"].to_pylist()
    names = [
        f"Kanarie-{home}" if home in chosen else name
        for home, name in zip(at_home, people["last_name"].to_pylist(), strict=True)
    ]
    people = _replaced(people, "last_name", names)
    parquet.write_table(homes, folder / "households.parquet")
    parquet.write_table(people, folder / "persons.parquet")
    numbers = zip(at_home, people["insz"].to_pylist(), strict=True)
    return Planted(
        incomes=euros,
        leaving=(*streets.values(), *(f"Kanarie-{n}" for n in chosen)),
        numbers=tuple(str(number) for home, number in numbers if home in chosen),
        households=chosen,
    )


def leave(folder: Path, planted: Planted) -> None:
    """The next delivery of the register: the households with a name of their own are gone."""
    for name in ("households.parquet", "persons.parquet"):
        table = parquet.read_table(folder / name)
        stay = [home not in planted.households for home in table["household"].to_pylist()]
        parquet.write_table(table.filter(pa.array(stay)), folder / name)


def _incomes(found: list[int | None]) -> tuple[list[int | None], tuple[str, ...]]:
    """Incomes near those of the city, but each of cents that tell it apart; and as texts."""
    draw = random.Random(SEED)
    planted: list[int | None] = []
    texts: list[str] = []
    for cents in found:
        if not cents or cents < 1_000_000:
            planted.append(cents)
            continue
        apart = cents // 10_000 * 10_000 + draw.randrange(100, 10_000)
        apart += apart % 10 == 0  # 31415.90 is written 31415.9 by some
        planted.append(apart)
        texts += [f"{apart // 100}.{apart % 100:02d}", str(apart)]
    return planted, tuple(dict.fromkeys(texts))


def _lists(table: pa.Table, *names: str) -> list[list[object]]:
    return [table[name].to_pylist() for name in names]


def _replaced(table: pa.Table, name: str, values: list[object]) -> pa.Table:
    field = table.schema.field(name)
    place = table.column_names.index(name)
    return table.set_column(place, field, pa.array(values, field.type))
