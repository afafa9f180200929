"""Everyone asked in stages, on the pages of the back office."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.faces.test_backoffice import text
from tests.faces.world import NOW, REASON, World
from vanzelf.city import clock
from vanzelf.city.inquiries.models import Inquiry, LeftOut, Stage

SignIn = Callable[[object], Client]


def test_empty_overview_says_what_to_do(world: World, sign_in: SignIn) -> None:
    for model in (LeftOut, Stage, Inquiry):
        model.objects.all().delete()
    page = text(sign_in(world.staff["lies"]).get(reverse("backoffice:inquiries")))
    assert "Er is nog niets per bestand gevraagd" in page
    assert "vanzelf bulk ask" in page


def test_stages_and_what_it_waits_for_are_shown(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["an"])
    overview = text(client.get(reverse("backoffice:inquiries")))
    assert "Wacht op antwoorden" in overview
    assert "Klaar" in overview
    with clock.fixed(NOW):
        page = text(client.get(reverse("backoffice:inquiry", args=[world.running.pk])))
    assert "Ronde 1" in page
    assert f"0 van {world.running.stages.get().order.persons} beantwoord" in page
    assert "We wachten ten laatste tot" in page
    assert "Stop met vragen" not in page  # an approver does not ask


def test_stopped_with_a_reason(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["lies"])
    address = reverse("backoffice:stop-inquiry", args=[world.running.pk])
    assert client.post(address, {"reason": "te kort"}).status_code == 422
    page = text(client.post(address, {"reason": REASON}, follow=True))
    assert "Gestopt" in page
    assert REASON in page
    assert client.post(address, {"reason": REASON}).status_code == 422
    assert client.get(reverse("backoffice:inquiry", args=[999])).status_code == 404


def test_inquiry_that_is_done_tells_what_was_not_asked_and_why(
    world: World, sign_in: SignIn
) -> None:
    page = text(
        sign_in(world.staff["lies"]).get(reverse("backoffice:inquiry", args=[world.inquiry.pk]))
    )
    assert "Wat we niet vroegen" in page
    assert "Het antwoord over het gezin zei het al." in page
    assert "Stop met vragen" not in page


def test_run_and_dossier_tell_what_was_asked_and_what_not(world: World, sign_in: SignIn) -> None:
    asked = sum(sum(one.questions.values()) for one in world.inquiry.stages.all())
    everything = sum(world.inquiry.everything.values())
    assert 0 < asked < everything
    client = sign_in(world.staff["lies"])
    run = world.preview
    assert f"Gevraagd: {asked} van {everything}." in text(
        client.get(reverse("backoffice:run", args=[run.pk]))
    )
    pages = [
        text(client.get(reverse("backoffice:dossier", args=[run.pk, one.number])))
        for one in run.sample.all()
    ]
    assert any("Wat we niet vroegen" in page for page in pages)
    Inquiry.objects.filter(pk=world.inquiry.pk).update(on=run.on.replace(year=2025))
    earlier = text(client.get(reverse("backoffice:dossier", args=[run.pk, 1])))
    assert "Wat we niet vroegen" not in earlier
