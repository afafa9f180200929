"""The rows of a cluster in small are those of one machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from vanzelf import population, rights, synthetic
from vanzelf.faces.cli.main import main
from vanzelf.population import PopulationError, spark

ON = synthetic.REFERENCE_DAY
MISSING = spark.why_not()
needs_spark = pytest.mark.skipif(MISSING is not None, reason=f"Spark: {MISSING}")
pytestmark = pytest.mark.xdist_group("spark")


@pytest.fixture(scope="module")
def regulations() -> rights.Regulations:
    return rights.load()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("village")
    synthetic.build(seed=3, residents=1_500).write(folder)
    return folder


@needs_spark
def test_cluster_gives_the_rows_of_one_machine(
    folder: Path, regulations: rights.Regulations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every shipped right, in tasks of some hundred households on two executors."""
    monkeypatch.setattr(spark, "HOUSEHOLDS_PER_TASK", 300)
    before = dict(os.environ)
    found = spark.check(folder, regulations, ON, worth=True)
    people = population.read(folder, catalogue=regulations.facts)
    local = population.check(people, regulations, ON, worth=True)
    assert found.rights == local.rights
    for right in local.rights:
        assert found.table(right).equals(local.table(right), check_metadata=True)
        assert found.counts(right) == local.counts(right)
        assert found.cost(right) == local.cost(right)
    assert dict(os.environ) == before


@needs_spark
def test_command_says_the_same_with_either_engine(folder: Path) -> None:
    asked = ["population", "check", str(folder), "--on", ON.isoformat()]
    asked += ["--rights", "gent/uitpas", "--rights", "gent/huisvuilzakken"]
    heads = []
    for engine in ("local", "spark"):
        result = CliRunner().invoke(main, [*asked, "--engine", engine])
        assert result.exit_code == 0, result.output
        heads.append([line for line in result.output.splitlines() if line.startswith("gent/")])
    assert heads[0] == heads[1]
    assert len(heads[0]) == 2


def test_task_refuses_another_version_of_a_regulation() -> None:
    with pytest.raises(PopulationError, match="install the same Vanzelf on all of them"):
        spark._plan((("gent/uitpas", "another"),), ON, ())


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert spark.why_not() is not None
    with pytest.raises(PopulationError, match="install"), spark.session():
        pass
