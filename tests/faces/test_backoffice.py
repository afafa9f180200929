"""The back office: prepare, read, ask, approve, undo."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.faces.world import BAGS, REASON, World
from vanzelf.city.runs.models import Run, State

SignIn = Callable[[object], Client]


def text(response: object) -> str:
    page = response.content.decode()  # type: ignore[attr-defined]  # of the test client
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\xa0", " ")


def at(route: str, run: Run, *more: object) -> str:
    return reverse(f"backoffice:{route}", args=[run.pk, *more])


def test_list_shows_every_run_with_its_state(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(world.staff["lies"]).get(reverse("backoffice:runs")))
    states = ("Toegekend", "Voorbeeld klaar", "Wacht op goedkeuring", "Ongedaan gemaakt")
    assert page.count("Gratis huisvuilzakken of ophaalkrediet, 2026") >= len(states)
    assert [state for state in states if state not in page] == []


def test_preview_shows_figures_hash_and_dossiers(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(world.staff["lies"]).get(at("run", world.preview)))
    result = world.preview.result
    assert f"Nagekeken voor {result['yes'] + result['no'] + result['unknown']} gezinnen" in page
    assert f"controlegetal {world.preview.list_hash[:4]}…{world.preview.list_hash[-4:]}" in page
    assert "Lees eerst deze 8 dossiers" in page
    assert "Lees eerst de dossiers hierboven." in page


def test_preview_says_how_many_are_new(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["lies"])
    page = text(client.get(at("run", world.preview)))
    result = world.preview.result
    assert result["covered"] > 0
    assert f"{result['new']} nieuw, {result['covered']} al toegekend" in page
    assert "enkel van wat nieuw is" in page
    done = text(client.get(at("run", world.done)))
    assert f"{world.done.awards.count()} toekenningen geschreven" in done


def test_approval_speaks_of_what_it_will_award(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(world.staff["an"]).get(at("approve", world.requested)))
    new = world.requested.result["new"]
    assert f"Keur {new} toekenning" in page


def test_start_shows_the_period_before_it_starts(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["lies"])
    before = Run.objects.count()
    answer = {"regulation": BAGS, "on": "15-10-2026", "period": "1"}
    assert "Dit zijn toekenningen voor: 2026" in text(
        client.post(reverse("backoffice:start"), answer)
    )
    assert Run.objects.count() == before


def test_start_queues_a_run_and_shows_its_progress(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["lies"])
    answer = {"regulation": BAGS, "on": "15-10-2026", "start": "1"}
    page = text(client.post(reverse("backoffice:start"), answer, follow=True))
    assert "Het begint zo dadelijk." in page
    assert Run.objects.latest("pk").state == State.PREPARED


def test_start_explains_a_day_that_is_none(world: World, sign_in: SignIn) -> None:
    answer = {"regulation": BAGS, "on": "31-02-2026", "start": "1"}
    response = sign_in(world.staff["lies"]).post(reverse("backoffice:start"), answer)
    assert response.status_code == 422
    assert "Dat is geen dag." in text(response)


def test_reading_a_dossier_marks_it_and_goes_to_the_next(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["lies"])
    page = text(client.get(at("dossier", world.preview, 1)))
    assert "Deze mensen zien dat je gekeken hebt." in page
    response = client.post(at("dossier", world.preview, 1))
    assert response.headers["Location"] == at("dossier", world.preview, 2)
    assert world.preview.sample.get(number=1).read_by == world.staff["lies"]


def test_dossier_that_was_not_opened_is_not_marked(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["lies"])
    page = text(client.post(at("dossier", world.preview, 1), follow=True))
    assert "Open dossier 1 eerst" in page
    assert world.preview.sample.get(number=1).read_by is None


def test_approval_cannot_be_asked_before_everything_is_read(world: World, sign_in: SignIn) -> None:
    response = sign_in(world.staff["lies"]).post(at("request", world.preview))
    assert response.status_code == 422
    assert "Lees eerst de steekproef" in text(response)


def test_approval_is_asked_once_all_is_read(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["lies"])
    for dossier in world.preview.sample.all():
        client.get(at("dossier", world.preview, dossier.number))
        client.post(at("dossier", world.preview, dossier.number))
    page = text(client.post(at("request", world.preview), {"override_reason": REASON}, follow=True))
    assert "Een collega kan het nu goedkeuren." in page
    assert Run.objects.get(pk=world.preview.pk).state == State.REQUESTED


def test_same_person_cannot_approve(world: World, sign_in: SignIn) -> None:
    from vanzelf.city.staff.models import Role

    lies = world.staff["lies"]
    lies.roles = [Role.PREPARER, Role.APPROVER]
    lies.save()
    client = sign_in(lies)
    assert "vier ogen zien meer dan twee" in text(client.get(at("approve", world.requested)))
    answer = {"list_hash": world.requested.list_hash}
    response = client.post(at("approve", world.requested), answer)
    assert response.status_code == 422
    assert Run.objects.get(pk=world.requested.pk).state == State.REQUESTED


def test_second_person_approves_the_list_that_was_shown(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["an"])
    answer = {"list_hash": world.requested.list_hash}
    page = text(client.post(at("approve", world.requested), answer, follow=True))
    assert "Goedgekeurd." in page
    assert Run.objects.get(pk=world.requested.pk).state == State.APPROVED


def test_approval_of_another_list_is_refused(world: World, sign_in: SignIn) -> None:
    response = sign_in(world.staff["an"]).post(
        at("approve", world.requested), {"list_hash": "0" * 64}
    )
    assert response.status_code == 422
    assert "De lijst is niet die van het voorbeeld" in text(response)


def test_undo_needs_a_reason(world: World, sign_in: SignIn) -> None:
    response = sign_in(world.staff["lies"]).post(at("withdraw", world.preview), {"reason": "oei"})
    assert response.status_code == 422
    assert "minstens 20 tekens" in text(response)


def test_undo_shows_who_and_why(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["lies"])
    page = text(client.post(at("withdraw", world.preview), {"reason": REASON}, follow=True))
    assert "Lies Maes maakte deze controle ongedaan" in page
    assert REASON in page


def test_run_that_is_done_says_who_approved(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(world.staff["lies"]).get(at("run", world.done)))
    assert "An Peeters keurde het goed op 15 januari" in page
