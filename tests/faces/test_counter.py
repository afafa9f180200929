"""At the counter: a number, an advice per right, a decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.faces.world import BAGS, World
from vanzelf.city import clock
from vanzelf.city.awards.declaring import SOURCE
from vanzelf.city.awards.domain import point_check
from vanzelf.city.awards.models import Advice, Award, PointCheck
from vanzelf.city.checks import work
from vanzelf.city.checks.models import CheckRequest
from vanzelf.city.people.sourced import keep
from vanzelf.city.staff.domain import create_staff_member
from vanzelf.city.staff.models import Role
from vanzelf.city.unasked.queries import left_out
from vanzelf.faces.look.wording import day
from vanzelf.sources import Reading
from vanzelf.sources.insz import parse

SignIn = Callable[[object], Client]


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]  # of the test client


def asked(number: str, **changes: object) -> dict[str, object]:
    return {"insz": number, "reason": "Kwam naar het loket.", "rights": [BAGS], **changes}


def answered(client: Client, answer: dict[str, object]) -> object:
    """The page that a clerk ends at, once the worker has done its part."""
    waiting = client.post(reverse("counter:search"), answer)
    work.answer(CheckRequest.objects.latest("pk").pk)
    return client.get(waiting.headers["Location"], follow=True)


def test_check_of_a_typed_number_gives_advice(world: World, sign_in: SignIn) -> None:
    number = parse(world.numbers["amina"], allow_test=True).formatted
    response = answered(sign_in(world.staff["sam"]), asked(f"  {number} "))
    page = text(response)
    assert response.status_code == 200
    assert "Amina El Idrissi" in page
    assert "Gratis huisvuilzakken" in page


def test_address_of_a_check_holds_no_number(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    response = client.post(reverse("counter:search"), asked(world.numbers["amina"]))
    request = CheckRequest.objects.latest("pk")
    assert response.headers["Location"] == reverse("counter:waiting", args=[request.pk])
    work.answer(request.pk)
    response = client.get(response.headers["Location"])
    check = PointCheck.objects.latest("pk")
    assert response.headers["Location"] == reverse("counter:advice", args=[check.pk])


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "Vul een rijksregisternummer in."),
        ("8864129828", "heeft 11 cijfers"),
        ("88641298282", "passen niet bij de andere"),
        ("8864x298281", "heeft alleen cijfers"),
        ("88991298235", "zijn geen geboortedatum"),
    ],
)
def test_wrong_number_is_explained(number: str, said: str, world: World, sign_in: SignIn) -> None:
    before = PointCheck.objects.count()
    response = sign_in(world.staff["sam"]).post(reverse("counter:search"), asked(number))
    assert response.status_code == 422
    assert said in text(response)
    assert PointCheck.objects.count() == before


def test_check_needs_a_reason_to_look(world: World, sign_in: SignIn) -> None:
    answer = asked(world.numbers["amina"], reason="")
    response = sign_in(world.staff["sam"]).post(reverse("counter:search"), answer)
    assert response.status_code == 422
    assert "Schrijf waarom je kijkt" in text(response)


def test_reason_with_a_national_number_is_not_taken(world: World, sign_in: SignIn) -> None:
    answer = asked(world.numbers["amina"], reason=f"Vraag over {world.numbers['bram']}.")
    response = sign_in(world.staff["sam"]).post(reverse("counter:search"), answer)
    assert response.status_code == 422
    assert "Schrijf geen rijksregisternummer" in text(response)


def test_number_that_no_source_knows_is_explained(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    page = text(answered(client, asked("90610100155")))
    request = CheckRequest.objects.latest("pk")
    assert "Geen enkele bron kent dit nummer" in page
    again = f"{reverse('counter:search')}?opnieuw={request.pk}"
    assert again in page
    assert "Kwam naar het loket." in text(client.get(again))


def decided(world: World, **answer: str) -> tuple[str, dict[str, str]]:
    arguments = [world.advice.check_ref_id, world.advice.pk]
    return reverse("counter:decide", args=arguments), answer


def test_award_is_given_once(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    address, answer = decided(world, decision="award")
    assert "Beslist." in text(client.post(address, answer, follow=True))
    assert client.post(address, answer).status_code == 422
    assert Award.objects.filter(decision__advice=world.advice).count() == 1


def test_refusal_without_reason_is_not_taken(world: World, sign_in: SignIn) -> None:
    address, answer = decided(world, decision="refuse", motivation="Nee.")
    response = sign_in(world.staff["sam"]).post(address, answer)
    assert response.status_code == 422
    assert "minstens 20 tekens" in text(response)


def test_decided_advice_shows_its_motivation(world: World, sign_in: SignIn) -> None:
    address = reverse("counter:decide", args=[world.decided.check_ref_id, world.decided.pk])
    page = text(sign_in(world.staff["sam"]).get(address))
    assert "Geweigerd" in page
    assert "Bram liet aan het loket zien" in page


def test_today_lists_the_checks_of_this_clerk(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(world.staff["sam"]).get(reverse("counter:today")))
    assert "Godelieve Temmerman" in page


MISTAKE = "Ik klikte het verkeerde gezin aan, sorry."


def given_at(world: World, route: str) -> str:
    return reverse(f"counter:{route}", args=[world.given.check_ref_id, world.given.pk])


def test_award_of_today_is_undone_with_a_reason(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    assert given_at(world, "undo") in text(client.get(given_at(world, "decide")))
    page = text(client.post(given_at(world, "undo"), {"reason": MISTAKE}, follow=True))
    assert "Ongedaan gemaakt. Je kan opnieuw beslissen." in page
    assert MISTAKE in page
    assert 'name="decision"' in page
    assert not Award.objects.filter(decision__advice=world.given, known_until=None).exists()


def test_undone_award_is_told_to_the_resident(world: World, sign_in: SignIn) -> None:
    person = world.given.check_ref.person
    sign_in(world.staff["sam"]).post(given_at(world, "undo"), {"reason": MISTAKE})
    client = sign_in(person)
    why = text(client.get(reverse("resident:why", args=[world.given.right])))
    assert MISTAKE in text(client.get(reverse("resident:looks")))
    assert "Sam De Wilde" in why
    assert "nam de toekenning terug op" in why
    assert MISTAKE in why


def test_undo_with_too_short_a_reason_is_not_taken(world: World, sign_in: SignIn) -> None:
    response = sign_in(world.staff["sam"]).post(given_at(world, "undo"), {"reason": "Oei."})
    assert response.status_code == 422
    assert "Schrijf minstens 20 tekens." in text(response)
    assert Award.objects.filter(decision__advice=world.given, known_until=None).exists()


def test_undo_after_the_day_says_what_to_do(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert given_at(world, "undo") not in text(client.get(given_at(world, "decide")))
        page = text(client.get(given_at(world, "undo")))
        refused = client.post(given_at(world, "undo"), {"reason": MISTAKE})
    assert "teamleider" in page
    assert 'name="reason"' not in page
    assert refused.status_code == 422
    assert Award.objects.filter(decision__advice=world.given, known_until=None).exists()


def test_undo_is_not_for_another_clerk(world: World, sign_in: SignIn) -> None:
    nora = create_staff_member(
        username="nora", name="Nora Baert", service="Balie", roles=[Role.CLERK], human="nora"
    )
    assert sign_in(nora).post(given_at(world, "undo"), {"reason": MISTAKE}).status_code == 404
    assert Award.objects.filter(decision__advice=world.given, known_until=None).exists()


def test_right_that_they_have_is_not_put_forward_again(world: World, sign_in: SignIn) -> None:
    insz = next(n for key, n in world.numbers.items() if world.people[key] == someone(world))
    again = point_check(
        insz=insz, on=clock.today(), by=world.staff["sam"], reason="Kwam terug naar het loket."
    )
    one = next(advice for advice in again if advice.right == world.given.right)
    client = sign_in(world.staff["sam"])
    page = text(client.get(reverse("counter:advice", args=[one.check_ref_id])))
    arguments = [one.check_ref_id, one.pk]
    decide = text(client.get(reverse("counter:decide", args=arguments)))
    assert "Krijgt het al" in page
    assert "aan het loket toegekend door Sam De Wilde" in page
    assert "krijgt deze persoon al." in page
    assert 'name="decision"' not in decide
    assert "Sam De Wilde kan het vandaag nog ongedaan maken" in decide


def someone(world: World) -> object:
    return world.given.check_ref.person


def test_right_that_a_run_gave_says_so(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    held = world.done.awards.values("covers__person")
    key = next(k for k, one in world.people.items() if {"covers__person": one.pk} in list(held))
    page = text(answered(client, asked(world.numbers[key])))
    assert "door de controle van iedereen die An Peeters goedkeurde" in page
    assert "1 daarvan krijgt deze persoon al." in page or "Eén recht" in page


def test_answer_against_a_source_is_shown_to_the_clerk(world: World, sign_in: SignIn) -> None:
    person = world.people["amina"]
    told = Reading(value=False, source=SOURCE, as_of=clock.now())
    keep({"verhoogde tegemoetkoming": told}, person=person)
    client = sign_in(world.staff["sam"])
    page = text(answered(client, asked(world.numbers["amina"])))
    assert "Een antwoord en een bron spreken elkaar tegen" in page
    assert "Verhoogde tegemoetkoming (Amina El Idrissi)" in page
    assert "Kruispuntbank van de Sociale Zekerheid" in page
    advice = PointCheck.objects.latest("pk").advices.get()
    decide = text(client.get(reverse("counter:decide", args=[advice.check_ref_id, advice.pk])))
    assert "Een antwoord en een bron spreken elkaar tegen" in decide
    assert "Heeft recht" in decide


def test_answer_that_fills_a_gap_is_marked_as_such(world: World, sign_in: SignIn) -> None:
    right, fact = "gent/lez-verlaagd-tarief", "voertuig met toelating"
    keep({fact: Reading(True, SOURCE, clock.now())}, person=world.people["amina"])
    client = sign_in(world.staff["sam"])
    answered(client, asked(world.numbers["amina"], rights=[right]))
    advice = PointCheck.objects.latest("pk").advices.get()
    page = text(client.get(reverse("counter:decide", args=[advice.check_ref_id, advice.pk])))
    assert f"eigen antwoord, {day(clock.today())}" in page
    why = text(sign_in(world.people["amina"]).get(reverse("resident:why", args=[right])))
    assert f"door jou gezegd, {day(clock.today())}" in why


def test_advice_tells_what_was_not_asked_and_why(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    told = {}
    for one in Advice.objects.filter(check_ref__by=world.staff["sam"]):
        page = text(client.get(reverse("counter:decide", args=[one.check_ref_id, one.pk])))
        told[one.pk] = "Wat we niet vroegen" in page
        assert told[one.pk] == bool(left_out(one.check_ref, one.right))
    assert set(told.values()) == {True, False}
