"""What `vanzelf doctor` and the page of the state look at, and what they find."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.city import scanners
from tests.city.conftest import BAGS, DAY, REASON, Town
from vanzelf.city import clock, jobs
from vanzelf.city.checks import domain as checks
from vanzelf.city.operations import condition as conditions
from vanzelf.city.operations import domain
from vanzelf.city.operations.condition import condition
from vanzelf.city.operations.finding import Area, Finding, Level
from vanzelf.city.operations.looking import work
from vanzelf.city.operations.models import Beat, Probe
from vanzelf.city.paths import keys_folder
from vanzelf.city.people.models import Fact, Person, PopulationImport
from vanzelf.city.retention.models import Sweep
from vanzelf.city.runs import domain as runs
from vanzelf.city.runs.models import Run
from vanzelf.faces.cli.main import main
from vanzelf.sources import endurance
from vanzelf.sources.endurance import Limits
from vanzelf.sources.magda.probing import Outcome
from vanzelf.sources.magda.standin import City, Standin
from vanzelf.synthetic import cast

SOMEONE = next(iter(cast())).insz


@pytest.fixture
def magda(town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[Standin]:
    with Standin(City(town.folder)) as running:
        monkeypatch.setenv("VANZELF_MAGDA_URL", running.url)
        yield running


def found(area: Area) -> dict[str, Level]:
    """The codes of an area, with how bad each is."""
    return {one.code: one.level for one in condition().of(area)}


def only(area: Area, code: str) -> Finding:
    (one,) = [finding for finding in condition().of(area) if finding.code == code]
    return one


def test_probe_is_kept_and_asks_nothing(magda: Standin) -> None:
    probed = domain.probe_sources()
    assert {one.service for one in probed} >= {"GeefPersoon", "GeefSociaalStatuut"}
    assert not any("VoorLijst" in one.service for one in probed)
    assert {one.outcome for one in probed} == {Outcome.ANSWERS}
    assert magda.received == []
    assert found(Area.SOURCES) == {"answers": Level.WELL}


def test_silence_is_told_with_its_beginning(
    magda: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANZELF_MAGDA_URL", "http://127.0.0.1:9")
    begun = clock.now() - timedelta(minutes=9)
    for minutes in (9, 4):
        with clock.fixed(clock.now() - timedelta(minutes=minutes)):
            domain.probe_sources()
    assert found(Area.SOURCES) == {"silent-refused": Level.BROKEN}
    since = Probe.objects.get(service="GeefPersoon").silent_since
    assert since is not None
    assert abs(since - begun) < timedelta(minutes=1)


def test_probe_that_nobody_renews_is_told_as_old(magda: Standin) -> None:
    with clock.fixed(clock.now() - timedelta(hours=1)):
        domain.probe_sources()
    assert found(Area.SOURCES) == {"probe-old": Level.SOON}


def test_certificate_that_ends_is_told_ahead(magda: Standin) -> None:
    domain.probe_sources()
    Probe.objects.filter(service="GeefPersoon").update(
        certificate_ends=clock.now() + timedelta(days=20, hours=1)
    )
    assert only(Area.SOURCES, "certificate-ends").values["days"] == 20
    Probe.objects.filter(service="GeefPersoon").update(certificate_ends=clock.now())
    assert found(Area.SOURCES)["certificate-ended"] == Level.BROKEN


def test_source_that_is_left_alone_is_told(magda: Standin) -> None:
    domain.probe_sources()
    endurance.forget()
    try:
        for _ in range(2):
            with endurance.asking("magda/GeefPersoon", "x", Limits(failures=2)) as question:
                question.failed = True
        one = only(Area.SOURCES, "breaker-open")
        assert (one.level, one.values["failures"]) == (Level.BROKEN, 2)
    finally:
        endurance.forget()


def test_settings_that_cannot_be_read_are_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VANZELF_MAGDA_URL", raising=False)
    assert found(Area.SOURCES) == {"not-set-up": Level.BROKEN}


def test_authorisations_that_run_out_are_told(town: Town) -> None:
    with clock.fixed(clock.now() + timedelta(days=50)):
        assert found(Area.GROUNDS)["ends"] == Level.SOON
    with clock.fixed(clock.now() + timedelta(days=40_000)):
        assert found(Area.GROUNDS)["valid"] == Level.WELL


def test_worker_that_is_gone_is_told(town: Town) -> None:
    Beat.objects.all().delete()
    assert [one.values["lane"] for one in condition().of(Area.WORK)][:2] == list(work.LANES)
    assert found(Area.WORK)["no-worker"] == Level.BROKEN
    for lane in work.LANES:
        domain.beat(lane)
    assert found(Area.WORK)["worker"] == Level.WELL
    with clock.fixed(clock.now() + timedelta(minutes=2)):
        assert found(Area.WORK)["no-worker"] == Level.BROKEN


def test_lanes_are_those_of_the_workers() -> None:
    assert (jobs.CHECKS.name, jobs.HEAVY.name) == work.LANES


def test_what_waits_is_told_with_how_long(town: Town) -> None:
    checks.ask(insz=SOMEONE, on=DAY, by=town.clerk, reason=REASON, rights=[BAGS])
    run = runs.prepare(regulation_id=BAGS, on=DAY, by=town.preparer, queue=False)
    queue = only(Area.WORK, "queue").values
    assert (queue["queue"], queue["count"]) == ("checks", 1)
    assert only(Area.WORK, "checks").values["count"] == 1
    assert only(Area.WORK, "run").values["run"] == run.pk
    with clock.fixed(clock.now() + timedelta(minutes=5)):
        late = [one for one in condition().of(Area.WORK) if one.code == "queue-late"]
        assert [one.values["queue"] for one in late] == ["checks"]
    Run.objects.filter(pk=run.pk).update(problem="…")
    assert found(Area.WORK)["run-stopped"] == Level.SOON


def test_keys_that_others_can_read_are_told(town: Town) -> None:
    file = keys_folder() / "keys.json"
    mode = file.stat().st_mode
    file.chmod(0o644)
    try:
        assert found(Area.MACHINE)["keys-open"] == Level.BROKEN
    finally:
        file.chmod(mode)
    assert found(Area.MACHINE)["keys"] == Level.WELL


def test_register_that_is_old_is_told(town: Town) -> None:
    delivered = PopulationImport.objects.latest("pk").at
    with clock.fixed(delivered + timedelta(days=1)):
        assert found(Area.MACHINE)["register"] == Level.WELL
    with clock.fixed(delivered + timedelta(days=120)):
        assert found(Area.MACHINE)["register-old"] == Level.SOON


def test_terms_that_nobody_applies_are_told(town: Town) -> None:
    assert found(Area.MACHINE)["terms-never"] == Level.SOON
    Sweep.objects.create(at=clock.now(), taken=3, past=0)
    assert found(Area.MACHINE)["terms"] == Level.WELL
    with clock.fixed(clock.now() + timedelta(days=3)):
        assert found(Area.MACHINE)["terms-late"] == Level.SOON


def test_scanner_of_evidence_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(Area.MACHINE)["no-scanner"] == Level.SOON
    monkeypatch.setenv("VANZELF_SCANNER", "tcp:127.0.0.1:9")
    assert found(Area.MACHINE)["scanner-away"] == Level.BROKEN
    with scanners.standin() as standin:
        monkeypatch.setenv("VANZELF_SCANNER", standin.place)
        with clock.fixed(datetime(2026, 7, 14, tzinfo=UTC)):
            assert found(Area.MACHINE)["scanner"] == Level.WELL
        with clock.fixed(datetime(2026, 7, 24, tzinfo=UTC)):
            assert found(Area.MACHINE)["scanner-old"] == Level.SOON


def test_key_that_is_lost_is_told_by_a_thorough_look(town: Town) -> None:
    someone = Person.objects.order_by("pk")[0]
    Fact.objects.create(
        person=someone, fact="x", sealed=b"x", key_id="lost", known_from=clock.now()
    )
    codes = {one.code: one.level for one in condition(thorough=True).of(Area.MACHINE)}
    assert codes["keys-missing"] == Level.BROKEN
    assert "keys-missing" not in found(Area.MACHINE)


def test_area_that_cannot_be_looked_at_is_itself_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Iterator[Finding]:
        raise RuntimeError("whatever")
        yield

    monkeypatch.setitem(conditions.LOOKS, Area.LISTS, broken)
    one = only(Area.LISTS, "cannot-tell")
    assert (one.level, one.values) == (Level.BROKEN, {"why": "RuntimeError"})
    assert condition().level == Level.BROKEN


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *words])


def test_doctor_tells_in_one_page_and_by_its_exit_code(magda: Standin) -> None:
    Beat.objects.all().delete()
    result = typed()
    assert result.exit_code == 2, result.output
    assert "✓ National Register (GeefPersoon) answers, in " in result.output
    assert "✗ The worker “checks” is not there (last seen: —)." in result.output
    assert result.output.startswith("Broken, ")


def test_doctor_tells_the_same_as_data(magda: Standin) -> None:
    for lane in work.LANES:
        domain.beat(lane)
    result = typed("--json")
    data = json.loads(result.output)
    assert result.exit_code == {"well": 0, "soon": 1, "broken": 2}[data["level"]]
    answers = [one for one in data["findings"] if one["code"] == "answers"]
    assert {one["level"] for one in answers} == {"well"}
    assert {one["area"] for one in data["findings"]} >= {"sources", "grounds", "work", "machine"}


def test_doctor_without_an_installation_makes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANZELF_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    result = typed()
    assert (result.exit_code, "There is no installation" in result.output) == (2, True)
    assert list(tmp_path.iterdir()) == []
