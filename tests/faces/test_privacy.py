"""Pages of who guards personal data, and the register that everyone may read."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.faces.world import World
from vanzelf.city import clock
from vanzelf.city.lawfulness import queries
from vanzelf.city.lawfulness.domain import change_end, keep_questions, take_in
from vanzelf.city.lawfulness.models import Entry
from vanzelf.city.retention import classes
from vanzelf.sources import Asked

SignIn = Callable[[object], Client]
SOCIAL, TAX, EARLIER = "DEMO-IVC 21/120", "DEMO-FIN 2024/15", "DEMO-RR 48/2009"
REASON = "De stad kreeg een nieuw protocol van de dienst."
WINTER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def text(response: object) -> str:
    page = response.content.decode()  # type: ignore[attr-defined]  # of the test client
    return " ".join(page.replace("\u00a0", " ").split())


def url(name: str, *arguments: object) -> str:
    return reverse(f"privacy:{name}", args=arguments)


@pytest.fixture
def joke(world: World, sign_in: SignIn) -> Client:
    """The officer, signed in; the authorisations were taken in."""
    take_in()
    return sign_in(world.staff["joke"])


def test_sign_in_leads_the_officer_to_the_authorisations(joke: Client) -> None:
    assert "Op welke grond we vragen" in text(joke.get(reverse("entrance:home"), follow=True))


@pytest.mark.parametrize("who", ["sam", "lies", "an", "nele"])
def test_only_the_officer_sees_the_authorisations(who: str, world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff[who])
    for address in (
        url("authorisations"),
        url("authorisation", TAX),
        url("assessment"),
        url("keeping"),
    ):
        assert client.get(address).status_code == 403


def test_list_warns_of_what_ends_within_ninety_days(joke: Client) -> None:
    with clock.fixed(WINTER):
        page = text(joke.get(url("authorisations")))
    first = page[page.index("vz-list") :]
    assert re.search(r"<b>DEMO-FIN 2024/15</b>.*?Loopt af", first)
    assert first.index(TAX) < first.index(SOCIAL)  # what ends first stands first
    assert "tot en met 31 januari 2027, nog 61 dagen" in page
    assert "Vervallen" in page


def test_list_counts_what_was_asked(joke: Client) -> None:
    asked = Asked("GeefPersoon", "", ("postcode",), "controle", EARLIER, "r", clock.now(), "busy")
    keep_questions([asked] * 12)
    assert "12 vragen in 30 dagen" in text(joke.get(url("authorisations")))
    page = text(joke.get(url("authorisation", EARLIER)))
    assert "Rijksregister (GeefPersoon)" in page
    assert "te druk" in page


def test_authorisation_tells_what_stops_when_it_ends(joke: Client) -> None:
    page = text(joke.get(url("authorisation", SOCIAL)))
    stops = page[page.index("Wat stopt als ze eindigt") :]
    assert "Gratis huisvuilzakken" in stops
    assert "verhoogde tegemoetkoming" in stops
    earlier = text(joke.get(url("authorisation", EARLIER)))
    assert "Er is nog niets op deze grond gevraagd" in earlier
    assert "Niets: geen recht heeft deze gegevens nodig" in earlier


def test_authorisation_that_is_not_there_is_not_found(joke: Client) -> None:
    assert joke.get(url("authorisation", "DEMO-RR 99/2099")).status_code == 404


def test_end_is_changed_with_a_reason_and_who(joke: Client) -> None:
    address = url("authorisation", TAX)
    refused = joke.post(address, {"until": "31-01-2029", "reason": "kort"})
    assert refused.status_code == 422
    before = joke.post(address, {"until": "01-01-2020", "reason": REASON})
    assert before.status_code == 422
    assert "ligt voor de eerste dag" in text(before)
    done = joke.post(address, {"until": "31-01-2029", "reason": REASON}, follow=True)
    page = text(done)
    assert "31 januari 2029" in page
    assert "Laatste dag: 2027-01-31 → 2029-01-31" in page
    assert "Joke Maertens" in page
    assert REASON in page


def test_authorisation_that_was_ended_no_longer_counts(joke: Client, world: World) -> None:
    day = date(2026, 7, 1)
    change_end(reference=SOCIAL, until=day, by=world.staff["joke"], reason=REASON)
    with clock.fixed(WINTER):
        assert "Vervallen" in text(joke.get(url("authorisation", SOCIAL)))
        assert "verhoogde tegemoetkoming" not in text(
            joke.get(url("activity", "rechten-toekennen"))
        )


def test_register_is_open_to_everyone(world: World, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    page = text(visitor.get(url("register")))
    assert "Aanvullende rechten automatisch toekennen" in page
    assert "4 activiteiten" in page
    one = text(visitor.get(url("activity", "rechten-toekennen")))
    assert "taak van algemeen belang" in one
    assert "erkende handicap" in one[one.index("Gevoelige gegevens") :]
    assert visitor.get(url("activity", "vissen")).status_code == 404
    assert url("register") in text(visitor.get(reverse("entrance:start")))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"naam": "visvangst"}, 0),
        ({"naam": "bijhouden"}, 1),
        ({"gegevens": "budgetbeheer"}, 1),
        ({"dienst": "Gegevensbescherming"}, 2),
        ({"rechtmatigheid": "wettelijke verplichting"}, 1),
        ({"categorie": "Informatieveiligheid", "naam": "toegang"}, 1),
        ({"ontvanger": "wie het voordeel uitvoert, zoals de afvalmaatschappij of de school"}, 1),
        ({"dienst": "<script>"}, 0),
    ],
)
def test_register_is_searched(
    asked: dict[str, str], found: int, world: World, sign_in: SignIn
) -> None:
    page = text(sign_in(None).get(url("register"), asked))
    assert len(re.findall(r'href="/verwerkingsregister/[a-z-]+/"', page)) == found
    assert ("Geen activiteit past" in page) == (found == 0)


def test_register_as_data_and_on_paper(world: World, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    linked = visitor.get(url("register-data"))
    assert linked.headers["Content-Type"] == "application/ld+json"
    assert len(json.loads(linked.content)["@graph"]) == 4
    made = PdfReader(io.BytesIO(visitor.get(url("register-paper")).content))
    words = " ".join(" ".join(page.extract_text() for page in made.pages).split())
    assert "Aanvullende rechten automatisch toekennen" in words
    assert "Rechtmatigheid" in words
    assert made.metadata is not None
    assert made.metadata.title == "Verwerkingsregister"


def test_assessment_says_what_a_person_still_fills_in(joke: Client) -> None:
    page = text(joke.get(url("assessment")))
    assert page.index("Wat mensen beschermt") < page.rindex("In te vullen door een mens")
    assert "Risico’s voor mensen" in page
    made = PdfReader(io.BytesIO(joke.get(url("assessment-paper")).content))
    words = " ".join(" ".join(page.extract_text() for page in made.pages).split())
    assert "In te vullen door een mens" in words
    assert "DEMO-IVC 21/120" in words


def test_broken_file_is_told_to_the_officer(
    world: World, sign_in: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.yaml").write_text("purposes: {}\n")
    monkeypatch.setenv("VANZELF_AUTHORISATIONS", str(tmp_path / "own.yaml"))
    answer = sign_in(world.staff["joke"]).get(url("authorisations"))
    assert answer.status_code == 503
    assert "own.yaml: needs purposes" in text(answer)


def test_keeping_tells_what_there_is_and_that_nothing_is_past_its_term(joke: Client) -> None:
    page = text(joke.get(url("keeping")))
    assert "Over de termijn" in page
    assert "logboek van wie keek" in page
    assert page.count("<li><div><b>") == len(classes())


def test_file_is_taken_in_once(world: World, sign_in: SignIn) -> None:
    assert not Entry.objects.exists()
    client = sign_in(world.staff["joke"])
    assert "Ze staat in een bestand" in text(client.get(url("authorisation", TAX)))
    assert "Deze staan nog in een bestand" in text(client.get(url("authorisations")))
    assert client.post(url("authorisations"), {"reason": ""}).status_code == 422
    page = text(client.post(url("authorisations"), {"reason": REASON}, follow=True))
    assert "Deze staan nog in een bestand" not in page
    assert queries.history(TAX, viewer=world.staff["joke"])[0].reason == REASON
