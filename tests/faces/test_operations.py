"""The page on the state of the installation, and the figures for a monitoring system."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from tests.faces.world import World
from vanzelf.city import clock
from vanzelf.city.operations.condition import condition as looked_at
from vanzelf.city.operations.finding import Area, Finding, Level
from vanzelf.city.operations.looking import grounds, lists, machine, scanner, sources, work
from vanzelf.city.operations.models import Beat, Probe
from vanzelf.faces.look import condition
from vanzelf.sources.endurance import Stance
from vanzelf.sources.magda.probing import Outcome

SignIn = Callable[[object], Client]
METRICS = "/metrics"


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]  # of the test client


def probed(service: str, outcome: Outcome) -> None:
    since = None if outcome is Outcome.ANSWERS else clock.now() - timedelta(hours=1)
    Probe.objects.create(
        service=service, at=clock.now(), outcome=outcome, seconds=0.012, silent_since=since
    )


def test_page_says_what_is_broken_before_what_is_well(world: World, sign_in: SignIn) -> None:
    probed("GeefPersoon", Outcome.ANSWERS)
    probed("GeefSociaalStatuut", Outcome.SLOW)
    page = text(sign_in(world.staff["an"]).get(reverse("operations:state")))
    silent = page.index(
        "Kruispuntbank van de Sociale Zekerheid (GeefSociaalStatuut) antwoordt niet"
    )
    assert silent < page.index("Rijksregister (GeefPersoon) antwoordt, in 12 ms")
    assert "De werker “checks” draait niet" in page
    assert "Stuk: " in page


def test_probe_is_left_to_the_worker(world: World, sign_in: SignIn) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    client = sign_in(world.staff["an"])
    for _ in range(2):  # the second waits for the first
        page = text(client.post(reverse("operations:probe"), follow=True))
        assert "We kloppen aan bij de bronnen." in page
    jobs = ProcrastinateJob.objects.filter(task_name="operations.probe", status="todo")
    assert jobs.count() == 1


SILENT = set(Outcome) - {Outcome.ANSWERS}
LOOKS = (
    (Area.SOURCES, sources),
    (Area.GROUNDS, grounds),
    (Area.LISTS, lists),
    (Area.WORK, work),
    (Area.MACHINE, machine),
    (Area.MACHINE, scanner),
)
ENDS = {"certificate-ends", "certificate-ended"} | {
    f"{what}-{how}" for what in ("signing", "client") for how in ("ends", "ends-later", "ended")
}
PUT_TOGETHER = {(Area.SOURCES, code) for code in ENDS | {f"silent-{one}" for one in SILENT}} | {
    (Area.SOURCES, f"breaker-{stance}") for stance in Stance if stance is not Stance.CLOSED
}


def codes() -> Iterator[tuple[Area, str]]:
    """Every code that stands in a call or a choice of a module that looks."""
    yield from PUT_TOGETHER
    for area, module in LOOKS:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_found", "Finding"):
                for argument in node.args:
                    yield from ((area, code) for code in _constants(argument))
            elif isinstance(node, ast.IfExp):
                yield from ((area, code) for code in _constants(node))


def _constants(node: ast.AST) -> set[str]:
    """Texts that are a value themselves: not compared with, and no key of values."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp():
            return _constants(node.body) | _constants(node.orelse)
        case ast.Tuple():
            return {text for one in node.elts for text in _constants(one)}
    return set()


def test_every_finding_has_its_words() -> None:
    """A code that no sentence knows would break the page when it matters."""
    found = set(codes())
    assert len(found) > 30
    said = {(area, code) for area, words in condition.SAID.items() for code in words}
    assert found - said == set()


def test_services_are_named_and_of_many_the_first() -> None:
    names = ["GeefPersoon", "GeefSociaalStatuut", "GeefDossierHandicap", "To_Vip/From_Vip"]
    for count, said in ((1, "(GeefPersoon)"), (2, "(GeefSociaalStatuut)"), (4, "2 andere")):
        values = {"service": ", ".join(names[:count]), "days": 20, "ends": clock.now()}
        told = condition.told(Finding(Area.SOURCES, "signing-ends", Level.SOON, values))
        assert said in told.text


def test_words_take_what_the_findings_give(world: World) -> None:
    probed("GeefPersoon", Outcome.ANSWERS)
    assert all(condition.told(one).text for one in looked_at().findings)


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.ANSWERS])
def test_every_silence_has_its_words(outcome: Outcome) -> None:
    values = {"service": "GeefPersoon", "since": clock.now()}
    finding = Finding(Area.SOURCES, f"silent-{outcome}", values=values)
    assert "GeefPersoon" in condition.told(finding).text


@pytest.fixture
def figures(world: World, sign_in: SignIn) -> dict[str, list[Sample]]:
    probed("GeefPersoon", Outcome.ANSWERS)
    probed("GeefSociaalStatuut", Outcome.REFUSED)
    Beat.objects.create(lane="checks", at=clock.now())
    client = sign_in(None)
    client.get(reverse("entrance:start"))
    response = client.get(METRICS)
    assert response.headers["Content-Type"].startswith("application/openmetrics-text")
    families = text_string_to_metric_families(text(response))
    return {family.name: family.samples for family in families}


def test_figures_are_in_the_form_of_openmetrics(figures: dict[str, list[Sample]]) -> None:
    up = {one.labels["service"]: one.value for one in figures["vanzelf_source_up"]}
    assert up == {"GeefPersoon": 1.0, "GeefSociaalStatuut": 0.0}
    checks = {one.labels["state"]: one.value for one in figures["vanzelf_checks"]}
    assert (checks["asking"], checks["failed"]) == (1.0, 1.0)
    pages = {one.labels["route"] for one in figures["vanzelf_request_seconds"]}
    assert "entrance:start" in pages


def test_figures_hold_nothing_about_persons(figures: dict[str, list[Sample]], world: World) -> None:
    shown = " ".join(_texts(figures))
    personal = [*world.numbers.values(), *(one.last_name for one in world.people.values())]
    assert [one for one in personal if one in shown] == []


def _texts(figures: dict[str, list[Sample]]) -> Iterator[str]:
    for samples in figures.values():
        for sample in samples:
            yield from (str(sample.value), *sample.labels.values())


@pytest.mark.parametrize(
    ("token", "headers", "status"),
    [
        ("", {}, 200),
        ("", {"REMOTE_ADDR": "192.0.2.7"}, 404),
        ("", {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
        ("", {"HTTP_FORWARDED": "for=127.0.0.1"}, 404),
        ("secret", {}, 404),
        ("secret", {"HTTP_AUTHORIZATION": "Bearer wrong"}, 404),
        ("secret", {"HTTP_AUTHORIZATION": "Bearer sécret"}, 404),
        ("secret", {"HTTP_AUTHORIZATION": "Bearer secret", "REMOTE_ADDR": "192.0.2.7"}, 200),
    ],
)
def test_figures_are_for_this_machine_or_who_has_the_token(
    token: str,
    headers: dict[str, str],
    status: int,
    world: World,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VANZELF_METRICS_TOKEN", token)
    assert sign_in(None).get(METRICS, **headers).status_code == status
