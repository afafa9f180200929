"""Six rights of everyone in Ghent, by us and by OpenFisca, from the same Parquet files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from tests.bench.measure import Race, race, timer
from tests.bench.population import survey_manager
from vanzelf import population, rights, synthetic
from vanzelf.population.checking import run

ON = synthetic.REFERENCE_DAY
BAGS = "gent/huisvuilzakken"


def against_openfisca(
    regulations: rights.Regulations, residents: int | None = None
) -> Iterator[str | Race]:
    """The races, and the yeses without proof. Says so where OpenFisca is not installed."""
    try:
        from tests.bench.population import openfisca, openfisca_frames, openfisca_rights
    except ImportError as missing:
        yield f"  OpenFisca: not measured ({missing})"
        return
    from tests.bench.population.filled import fill

    six = [regulations[one] for one in openfisca_rights.RIGHTS]
    plan = population.lower(six, ON, regulations.facts)  # both have their rules ready
    system = openfisca_rights.system()
    with tempfile.TemporaryDirectory() as name:
        gaps, filled = Path(name) / "gaps", Path(name) / "filled"
        city = synthetic.build(**({"residents": residents} if residents else {}))
        city.write(gaps)
        fill(city, filled)

        def ours(folder: Path, why: bool) -> population.Results:
            people = population.read(folder, catalogue=regulations.facts)
            return read_out(run(people, plan, why=why))

        def theirs(folder: Path) -> openfisca.Columns:
            return openfisca.calculate(openfisca.simulate(system, folder, ON), ON)

        def as_documented(folder: Path) -> openfisca.Columns:
            return openfisca.calculate(openfisca_frames.simulate(system, folder, ON), ON)

        compare(ours(filled, True), theirs(filled), openfisca_rights.RIGHTS)
        compare(ours(filled, True), as_documented(filled), openfisca_rights.RIGHTS)
        size = f"six rights of {city.persons.num_rows:,}"
        yield race(
            f"OpenFisca as its documentation shows: {size}, from Parquet, with what is missing",
            timer(lambda: ours(gaps, True)),
            timer(lambda: as_documented(gaps)),
        )
        for what, why in (("with what is missing", True), ("outcomes and amounts only", False)):
            yield race(
                f"OpenFisca, arrays put in by hand: {size}, from Parquet, {what}",
                timer(lambda why=why: ours(gaps, why)),  # type: ignore[misc]
                timer(lambda: theirs(gaps)),
            )
        yield from by_tables(gaps, size, lambda: ours(gaps, True), theirs(gaps))
        people = population.read(gaps, catalogue=regulations.facts)
        simulation = openfisca.simulate(system, gaps, ON)

        def again() -> object:
            openfisca.forget(simulation, ON)
            return openfisca.calculate(simulation, ON)

        for what, why in (("with what is missing", True), ("outcomes and amounts only", False)):
            yield race(
                f"OpenFisca: {size}, columns at hand, {what}",
                timer(lambda why=why: read_out(run(people, plan, why=why))),  # type: ignore[misc]
                timer(again),
            )
        yield from unproven(ours(gaps, False), theirs(gaps), openfisca_rights.RIGHTS)


def by_tables(
    folder: Path, size: str, ours: Callable[[], object], arrays: dict[str, np.ndarray]
) -> Iterator[str | Race]:
    """Against the ways in for tables that OpenFisca's community publishes, pandas' frames."""
    if not survey_manager.PYTHON.exists():
        yield f"  OpenFisca-Survey-Manager: not measured (no {survey_manager.PYTHON})"
        return
    with survey_manager.answering(folder, ON) as ask:
        for way, what in survey_manager.WAYS.items():
            _, counts = ask(way, 1)
            if any(count != int(arrays[name].sum()) for name, count in counts.items()):
                raise AssertionError(f"OpenFisca by {what} counts otherwise than by arrays")
            yield race(
                f"OpenFisca-Survey-Manager, {what}: {size}, from Parquet, with what is missing",
                timer(ours),
                lambda repeats, way=way: ask(way, repeats)[0],  # type: ignore[misc]
                rounds=7,
            )


def read_out(results: population.Results) -> population.Results:
    """What OpenFisca gives too: a column per right, and of the first what it is worth."""
    for one in results.rights:
        results.outcomes(one)
    results.amounts(BAGS)
    return results


def compare(
    ours: population.Results, theirs: dict[str, np.ndarray], variables: dict[str, str]
) -> None:
    """Where nothing is missing, both must give everyone the same."""
    for one, variable in variables.items():
        outcomes = ours.outcomes(one)
        if not np.array_equal(outcomes == population.YES, theirs[variable][: len(outcomes)]):
            raise AssertionError(f"{one}: we and OpenFisca differ")
        if (outcomes == population.UNKNOWN).any():
            raise AssertionError(f"{one}: something is unknown where every gap was filled")
    private = len(ours.outcomes(BAGS))
    cents = int(theirs["waste_bags_cents"][:private].sum())
    if ours.cost(BAGS, "bedrag").sure != cents:
        raise AssertionError(f"{BAGS}: we give {ours.cost(BAGS, 'bedrag')}, OpenFisca {cents}")


def unproven(
    ours: population.Results, theirs: dict[str, np.ndarray], variables: dict[str, str]
) -> Iterator[str]:
    """What OpenFisca decides where we say that it is not known."""
    yes = no = of_yes = 0
    for one, variable in variables.items():
        outcomes = ours.outcomes(one)
        given = theirs[variable][: len(outcomes)].astype(bool)
        unknown = outcomes == population.UNKNOWN
        told = int((given & unknown).sum()), int((~given & unknown).sum()), int(given.sum())
        yes, no, of_yes = yes + told[0], no + told[1], of_yes + told[2]
        yield (
            f"    {one}: OpenFisca says yes {told[2]:,} times, {told[0]:,} without proof;"
            f" no without proof {told[1]:,} times"
        )
    yield f"  OpenFisca on gaps: {yes:,} of {of_yes:,} yeses and {no:,} noes stand on missing facts"
