"""Evidence beside an answer: kept sealed, seen by who checks, gone after its term."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.city.conftest import BAGS, Desk
from vanzelf.city import clock, secrets
from vanzelf.city.access.models import Look
from vanzelf.city.awards.declaring import SOURCE
from vanzelf.city.awards.models import PointCheck
from vanzelf.city.evidence import domain
from vanzelf.city.evidence.kinds import LARGEST, EvidenceError, kind_of, safe_name
from vanzelf.city.evidence.models import Evidence
from vanzelf.city.evidence.queries import of_check, of_person
from vanzelf.city.evidence.scanning import receive
from vanzelf.city.people.models import Person
from vanzelf.city.people.queries import find_person
from vanzelf.city.people.sourced import keep
from vanzelf.city.secrets import expiring
from vanzelf.city.staff.domain import create_staff_member
from vanzelf.city.staff.models import Role
from vanzelf.sources import Reading

DEBTS = "collectieve schuldenregeling"
FACT = f"persoon.{DEBTS}"
PDF = b"%PDF-1.7 attest van de schuldbemiddelaar"


def someone(desk: Desk) -> tuple[str, Person]:
    insz = str(desk.people()[0]["insz"])
    desk.check(insz, BAGS)
    person = find_person(insz)
    assert person is not None
    return insz, person


def added(person: Person, name: str = "attest.pdf", content: bytes = PDF) -> Evidence:
    file = receive(name=name, content=content)
    return domain.add(by=person, fact=FACT, about=person, file=file)


def checked(desk: Desk) -> tuple[Person, Evidence, PointCheck]:
    """Someone who told a fact with evidence, checked at the counter."""
    insz, person = someone(desk)
    keep({DEBTS: Reading(True, SOURCE, clock.now())}, person=person)
    kept = added(person)
    (advice,) = desk.check(insz, BAGS)
    return person, kept, advice.check_ref


def test_add_keeps_the_file_sealed_and_logs_it(desk: Desk) -> None:
    _, person = someone(desk)
    kept = added(person)
    assert kept.open() == PDF
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, name FROM evidence_evidence")
        ((content, name),) = cursor.fetchall()
    assert (PDF in bytes(content), name) == (False, "attest.pdf")
    assert Look.objects.latest("pk").reason == "bewijs toegevoegd"


def test_look_gives_the_file_to_who_checks_and_logs_it(desk: Desk) -> None:
    person, kept, check = checked(desk)
    assert list(of_check(check)) == [kept]
    assert domain.look(evidence=kept, check=check, by=desk.town.clerk) == PDF
    look = Look.objects.latest("pk")
    assert (look.staff, look.facts) == (desk.town.clerk, [FACT])
    assert [subject.person for subject in look.subjects.all()] == [person]


def test_look_of_another_clerk_is_refused(desk: Desk) -> None:
    _, kept, check = checked(desk)
    other = create_staff_member(
        username="els", name="Els Claes", service="Loket", roles=[Role.CLERK], human="Els"
    )
    with pytest.raises(PermissionDenied):
        domain.look(evidence=kept, check=check, by=other)


def test_look_at_evidence_of_someone_else_is_refused(desk: Desk) -> None:
    _, _, check = checked(desk)
    insz = str(desk.people()[-1]["insz"])
    desk.check(insz, BAGS)
    stranger = find_person(insz)
    assert stranger is not None
    with pytest.raises(PermissionDenied):
        domain.look(evidence=added(stranger), check=check, by=desk.town.clerk)


def test_remove_before_and_after_staff_looked(desk: Desk) -> None:
    person, kept, check = checked(desk)
    other = added(person, "tweede.pdf")
    domain.remove(by=person, evidence=other)
    assert list(of_person(person)) == [kept]
    domain.look(evidence=kept, check=check, by=desk.town.clerk)
    with pytest.raises(EvidenceError, match="al bekeken"):
        domain.remove(by=person, evidence=kept)


def test_own_of_someone_else_is_refused(desk: Desk) -> None:
    _, kept, check = checked(desk)
    stranger = find_person(str(desk.people()[-1]["insz"])) or check.person
    with pytest.raises(PermissionDenied):
        domain.own(evidence=kept, by=stranger)


def test_add_too_many(desk: Desk) -> None:
    _, person = someone(desk)
    for _ in range(domain.MOST):
        added(person)
    with pytest.raises(EvidenceError, match="Verwijder er eerst een"):
        added(person)


def test_after_its_term_it_opens_nowhere_and_goes(desk: Desk) -> None:
    _, person = someone(desk)
    kept = added(person)
    later = clock.now() + domain.TERM + timedelta(days=2)
    assert (domain.past_term(clock.now()), domain.past_term(later)) == (0, 1)
    expiring.destroy_before(later.date())
    with pytest.raises(secrets.ForgottenError):
        kept.open()
    assert (domain.remove_expired(later), domain.past_term(later)) == (1, 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "geen pdf en geen foto"),
        (b"MZ\x90\x00", "geen pdf en geen foto"),
        (b"<svg onload=alert(1)>", "geen pdf en geen foto"),
        (b"%PDF-" + b"x" * LARGEST, "groter dan 5 MB"),
    ],
)
def test_kind_of_what_is_not_taken(content: bytes, said: str) -> None:
    with pytest.raises(EvidenceError, match=said):
        kind_of(content)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("attest.pdf", "attest.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Mijn documenten\\foto van mij.JPG", "foto van mij.pdf"),
        ("attest\u202efdp.exe", "attestfdp.pdf"),
        ("", "bewijs.pdf"),
        (".htaccess", "htaccess.pdf"),
    ],
)
def test_safe_name_of_odd_names(name: str, kept: str) -> None:
    assert safe_name(name, "application/pdf") == kept


@given(st.text(max_size=300))
def test_safe_name_never_leads_elsewhere(name: str) -> None:
    kept = safe_name(name, "image/png")
    assert kept.endswith(".png")
    assert not set(kept) & set('/\\\0\r\n"') - {'"'}
    assert len(kept) <= 104
