"""Evidence and contradictions on the pages of resident and clerk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.faces.world import World
from vanzelf.city import clock
from vanzelf.city.awards.declared import value_of
from vanzelf.city.awards.declaring import SOURCE
from vanzelf.city.awards.models import LatestVerdict, PointCheck
from vanzelf.city.disputes.models import Dispute
from vanzelf.city.evidence.domain import add
from vanzelf.city.evidence.models import Evidence, Scan
from vanzelf.city.evidence.scanning import Received
from vanzelf.city.people.models import Fact, Person
from vanzelf.city.people.sourced import keep
from vanzelf.sources import Reading

SignIn = Callable[[object], Client]
PDF = b"%PDF-1.7 attest"
REASON = "Het ziekenfonds bevestigt dat het al maanden stopgezet is."


def question(world: World, sign_in: SignIn) -> tuple[Client, Person, str]:
    """Someone who is asked something, on a page with a form."""
    for person in world.people.values():
        client = sign_in(person)
        for row in LatestVerdict.objects.filter(person=person) | LatestVerdict.objects.filter(
            household=person.household
        ):
            address = reverse("resident:question", kwargs={"right": row.right})
            found = client.get(address)
            if found.status_code == 200 and b'type="radio"' in found.content:
                return client, person, address
    raise LookupError("nobody is asked anything")


def file(content: bytes = PDF, name: str = "attest.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def received(scan: Scan = Scan.UNSCANNED) -> Received:
    return Received("a.pdf", "application/pdf", PDF, scan)


def test_answer_with_evidence_is_kept_and_listed(world: World, sign_in: SignIn) -> None:
    client, person, address = question(world, sign_in)
    assert client.post(address, {"answer": "yes", "evidence": file()}).status_code == 302
    (kept,) = Evidence.objects.filter(added_by=person)
    page = client.get(reverse("resident:facts")).content.decode()
    assert "attest.pdf" in page
    assert reverse("resident:remove-evidence", args=[kept.pk]) in page


def test_answer_with_a_file_that_is_not_taken_keeps_nothing(world: World, sign_in: SignIn) -> None:
    client, person, address = question(world, sign_in)
    before = Fact.objects.filter(source=SOURCE).count()
    response = client.post(address, {"answer": "yes", "evidence": file(b"MZ\x90", "attest.pdf")})
    assert response.status_code == 422
    assert "geen pdf en geen foto" in response.content.decode()
    assert Fact.objects.filter(source=SOURCE).count() == before
    assert not Evidence.objects.filter(added_by=person).exists()


def test_evidence_is_saved_and_never_shown_in_place(world: World, sign_in: SignIn) -> None:
    client, person, address = question(world, sign_in)
    client.post(address, {"answer": "yes", "evidence": file()})
    kept = Evidence.objects.get(added_by=person)
    response = client.get(reverse("resident:evidence", args=[kept.pk]))
    assert response.content == PDF
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


def test_evidence_of_someone_else_is_not_there(world: World, sign_in: SignIn) -> None:
    client, person, address = question(world, sign_in)
    client.post(address, {"answer": "yes", "evidence": file()})
    kept = Evidence.objects.get(added_by=person)
    other = sign_in(next(one for one in world.people.values() if one != person))
    assert other.get(reverse("resident:evidence", args=[kept.pk])).status_code == 404
    assert other.post(reverse("resident:remove-evidence", args=[kept.pk])).status_code == 404


def test_remove_evidence(world: World, sign_in: SignIn) -> None:
    client, person, address = question(world, sign_in)
    client.post(address, {"answer": "yes", "evidence": file()})
    kept = Evidence.objects.get(added_by=person)
    page = client.post(reverse("resident:remove-evidence", args=[kept.pk]), follow=True)
    assert "Je bewijs is verwijderd." in page.content.decode()
    assert not Evidence.objects.filter(pk=kept.pk).exists()


@pytest.fixture
def contradicted(world: World) -> PointCheck:
    """A check of the clerk, in which a source and someone's own word differ."""
    check = world.advice.check_ref
    fact = next(
        fact
        for fact in check.facts.filter(reason="", person__isnull=False).exclude(
            source__startswith="declared/"
        )
        if isinstance(value_of(fact), bool)
    )
    name = fact.fact.partition(".")[2]
    told = keep({name: Reading(not value_of(fact), SOURCE, clock.now())}, person=fact.person)
    check.facts.add(*told)
    return check


@pytest.mark.parametrize(("how", "said"), [("report", "Gemeld aan"), ("set-aside", "telt niet")])
def test_dispute_is_closed_with_a_reason(
    contradicted: PointCheck, world: World, sign_in: SignIn, how: str, said: str
) -> None:
    client = sign_in(world.staff["sam"])
    advice = reverse("counter:advice", args=[contradicted.pk])
    assert "Wie heeft gelijk?" in client.get(advice).content.decode()
    number = _number(client.get(advice).content.decode())
    address = reverse("counter:dispute", args=[contradicted.pk, number])
    assert client.post(address, {"how": how, "reason": "kort"}).status_code == 422
    done = client.post(address, {"how": how, "reason": REASON}, follow=True).content.decode()
    assert said in done
    assert REASON in done
    assert Dispute.objects.filter(check_ref=contradicted).count() == 1


def test_clerk_sees_evidence_beside_an_answer(
    contradicted: PointCheck, world: World, sign_in: SignIn
) -> None:
    told = contradicted.facts.filter(source=SOURCE).latest("pk")
    kept = add(by=told.person, fact=told.fact, about=told.person, file=received())
    client = sign_in(world.staff["sam"])
    advice = reverse("counter:advice", args=[contradicted.pk])
    address = reverse("counter:evidence", args=[contradicted.pk, kept.pk])
    assert address in client.get(advice).content.decode()
    assert client.get(address).content == PDF


def _number(page: str) -> int:
    return int(page.partition("/tegenspraak/")[2].partition("/")[0])
