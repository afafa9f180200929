"""The city's own lists on the pages of the back office."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.faces.test_backoffice import text
from tests.faces.world import REASON, World
from vanzelf.city import clock, secrets
from vanzelf.city.lists import previewing, reading
from vanzelf.city.lists.models import Delivery, ListedRow, State, UploadPiece
from vanzelf.city.secrets import expiring
from vanzelf.faces.backoffice import uploading
from vanzelf.faces.backoffice.problems_shown import WORDS
from vanzelf.sources.lists import reader, size
from vanzelf.sources.lists.problems import MESSAGES

SignIn = Callable[[object], Client]
NAME = "ocmw-budget"
HEADER = "insz;hulp;van;tot\n"


def handed_in(client: Client, content: str, **given: object) -> object:
    file = SimpleUploadedFile("budget.csv", content.encode())
    data = {"file": file, "as_of": f"{clock.today():%d-%m-%Y}", "complete": "yes", **given}
    return client.post(reverse("backoffice:deliver-list", args=[NAME]), data, follow=True)


def at(one: Delivery, route: str = "delivery") -> str:
    return reverse(f"backoffice:{route}", args=[one.pk])


def test_overview_tells_how_each_list_stands(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(world.staff["lies"]).get(reverse("backoffice:lists")))
    assert "Hulp met het budget (OCMW)" in page
    assert "Afvalzones per straat" in page
    assert "Te oud: ze zegt niets meer" in page


def test_file_is_looked_at_and_taken_in_use(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["lies"])
    number = world.numbers["bram"]
    page = text(handed_in(client, f"{HEADER}{number};budgetbeheer;01/01/2026;\n"))
    found = Delivery.objects.latest("pk")
    assert found.state == State.PREVIEW
    assert "1 nieuw" in page
    assert "DEMO-PROT 2024/7" in page
    assert number not in page
    page = text(client.post(at(found), follow=True))
    assert "Controles kijken vanaf nu in deze lijst." in page
    found.refresh_from_db()
    assert (found.state, found.taken_by) == (State.TAKEN, world.staff["lies"])


def test_mistakes_stand_by_row_and_in_a_file_without_formulas(
    world: World, sign_in: SignIn
) -> None:
    client = sign_in(world.staff["an"])
    page = text(handed_in(client, f"{HEADER}{world.numbers['bram']};=1+1;01/01/2026;\n"))
    assert "1 fout" in page
    assert "is geen van deze: budgetbegeleiding" in page
    found = Delivery.objects.latest("pk")
    response = client.get(at(found, "list-problems"))
    assert response["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Rij", "Kolom", "Wat je doet"]
    assert rows[1][:2] == ["2", "hulp"]
    assert "Neem deze lijst in gebruik" not in page
    assert text(client.post(at(found), follow=True)).count("Deze levering kun je niet") == 1


def test_mistakes_past_their_term_are_told_to_be_gone(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["an"])
    handed_in(client, f"{HEADER}{world.numbers['bram']};niets;01/01/2026;\n")
    found = Delivery.objects.latest("pk")
    past = date(2020, 1, 1)  # the keys of what the others hold stay
    key, sealed = secrets.seal("[]", **previewing.SEALED, row=found.pk, until=past)
    Delivery.objects.filter(pk=found.pk).update(key_id=key, problems=sealed)
    expiring.destroy_before(past + timedelta(days=1))
    assert "en is weg. Lever de lijst opnieuw om het te zien." in text(client.get(at(found)))
    rows = client.get(at(found, "list-problems")).content.decode("utf-8-sig")
    assert rows.splitlines() == ["Rij;Kolom;Wat je doet"]


def test_large_file_is_looked_at_by_the_worker_while_the_page_tells_how_far(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(size, "SMALL", {"csv": -1})
    monkeypatch.setattr(reader, "AT_ONCE", 1)
    client = sign_in(world.staff["lies"])
    rows = [f"{world.numbers[one]};budgetbeheer;01/01/2026;\n" for one in ("amina", "bram")]
    page = text(handed_in(client, HEADER + "".join(rows)))
    found = Delivery.objects.latest("pk")
    assert found.state == State.READING
    assert "Ze wacht op haar beurt" in page
    assert "Stop, en gooi weg" in page
    seen: list[str] = []
    reading.read(found.pk, lambda _: seen.append(text(client.get(at(found)))))
    assert ["1 van ongeveer 2 rijen" in one for one in seen] == [True, False]
    assert "Neem deze lijst in gebruik" in text(client.get(at(found)))


def test_large_file_that_is_stopped_leaves_nothing(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(size, "SMALL", {"csv": -1})
    client = sign_in(world.staff["lies"])
    handed_in(client, HEADER + f"{world.numbers['amina']};budgetbeheer;01/01/2026;\n")
    found = Delivery.objects.latest("pk")
    assert "Weggegooid." in text(client.post(at(found, "discard-list"), follow=True))
    assert reading.read(found.pk).state == State.DISCARDED
    assert not UploadPiece.objects.exists()


def test_undo_takes_the_list_back_with_a_reason(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["lies"])
    client.post(at(world.listed), {"reason": REASON})
    world.listed.refresh_from_db()
    assert world.listed.state == State.TAKEN
    page = text(client.post(at(world.listed, "undo-list"), {"reason": REASON}, follow=True))
    assert "Teruggenomen" in page
    assert REASON in page


def test_delivery_that_is_thrown_away_leaves_no_rows(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["lies"])
    page = text(client.post(at(world.listed, "discard-list"), follow=True))
    assert "Weggegooid." in page
    assert not ListedRow.objects.filter(delivery=world.listed).exists()


def test_form_says_what_is_missing(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["lies"])
    response = client.post(reverse("backoffice:deliver-list", args=[NAME]), {"as_of": "x"})
    page = text(response)
    assert response.status_code == 422
    assert "Kies het bestand met de lijst." in page
    assert "Kies wie op de lijst staat." in page


def test_file_that_is_too_big_never_stays(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "MOST_BYTES", 100)
    page = text(handed_in(sign_in(world.staff["lies"]), HEADER + "x" * 500))
    assert "64 MB" in page


def test_delivery_without_the_token_of_the_form_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(world.staff["lies"].user)
    before = Delivery.objects.count()
    assert handed_in(client, HEADER).status_code == 403  # type: ignore[attr-defined]
    assert Delivery.objects.count() == before


def test_clerk_does_not_open_lists(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    assert client.get(reverse("backoffice:lists")).status_code == 403
    assert client.get(at(world.wrong, "list-problems")).status_code == 403


def test_every_problem_has_its_words() -> None:
    assert WORDS.keys() == MESSAGES.keys()
