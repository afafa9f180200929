"""Everyone asked in stages, on the pages of the back office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.faces.test_backoffice import text
from tests.faces.world import REASON, World
from vanzelf.city import clock
from vanzelf.city.inquiries import domain
from vanzelf.city.inquiries.models import Inquiry, LeftOut, Stage, State
from vanzelf.city.runs.models import Run
from vanzelf.sources.types import Why

SignIn = Callable[[object], Client]
FACT = "verhoogde tegemoetkoming"


@pytest.fixture
def inquiry(world: World) -> Inquiry:
    """One for the right and day of the run that has its preview, set up before it."""
    run = Run.objects.get(pk=world.runs["preview"])
    with clock.fixed(run.created_at - timedelta(hours=2)):
        made = domain.start(
            regulation_ids=[run.regulation], on=run.on, by=world.staff["lies"], queue=False
        )
        Stage.objects.create(inquiry=made, number=1, questions={FACT: 7}, at=clock.now())
    return made


def ended(inquiry: Inquiry, run: Run) -> None:
    """With what was left out of everyone in the first dossier."""
    inquiry.state, inquiry.everything = State.DONE, {FACT: 12}
    inquiry.finished_at = run.created_at - timedelta(hours=1)
    inquiry.save()
    household = run.sample.get(number=1).verdict.household
    persons = [one.pk for one in household.members]
    LeftOut.objects.create(
        inquiry=inquiry, right=run.regulation, fact=FACT, why=Why.SETTLED, persons=persons
    )


def test_empty_overview_says_what_to_do(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(world.staff["lies"]).get(reverse("backoffice:inquiries")))
    assert "Er is nog niets per bestand gevraagd" in page
    assert "vanzelf bulk ask" in page


def test_stages_and_what_it_waits_for_are_shown(
    world: World, sign_in: SignIn, inquiry: Inquiry
) -> None:
    client = sign_in(world.staff["an"])
    assert "Vraagt" in text(client.get(reverse("backoffice:inquiries")))
    page = text(client.get(reverse("backoffice:inquiry", args=[inquiry.pk])))
    assert "Ronde 1" in page
    assert "7 personen" in page
    assert "Stop met vragen" not in page  # an approver does not ask


def test_stopped_with_a_reason(world: World, sign_in: SignIn, inquiry: Inquiry) -> None:
    client = sign_in(world.staff["lies"])
    address = reverse("backoffice:stop-inquiry", args=[inquiry.pk])
    assert client.post(address, {"reason": "te kort"}).status_code == 422
    page = text(client.post(address, {"reason": REASON}, follow=True))
    assert "Gestopt" in page
    assert REASON in page
    assert client.post(address, {"reason": REASON}).status_code == 422
    assert client.get(reverse("backoffice:inquiry", args=[999])).status_code == 404


def test_run_and_dossier_tell_what_was_asked_and_what_not(
    world: World, sign_in: SignIn, inquiry: Inquiry
) -> None:
    run = Run.objects.get(pk=world.runs["preview"])
    client = sign_in(world.staff["lies"])
    dossier = reverse("backoffice:dossier", args=[run.pk, 1])
    assert "Wat we niet vroegen" not in text(client.get(dossier))
    ended(inquiry, run)
    assert "Gevraagd: 7 van 12." in text(client.get(reverse("backoffice:run", args=[run.pk])))
    page = text(client.get(dossier))
    assert "Wat we niet vroegen" in page
    assert "De uitkomst stond vast zonder dit antwoord." in page
    page = text(client.get(reverse("backoffice:inquiry", args=[inquiry.pk])))
    assert "De uitkomst stond vast zonder dit antwoord." in page
