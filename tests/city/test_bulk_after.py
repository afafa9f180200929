"""What follows from files: a run, a recheck of just those who changed, word back, and the end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.city.conftest import BAGS, DAY
from tests.city.exchange import *  # noqa: F403 - fixtures are found by their names here
from tests.city.exchange import FACT, Exchange, some_yes
from tests.mailbox.server import deliver
from vanzelf.city import clock
from vanzelf.city.access.queries import looks_of
from vanzelf.city.bulk import archive, domain, rechecking, work
from vanzelf.city.bulk.models import Archived, Feedback, ListFile, Received
from vanzelf.city.lawfulness.models import SentQuestion
from vanzelf.city.people.models import Person
from vanzelf.city.reasons import ReasonError
from vanzelf.city.runs.models import Run
from vanzelf.city.runs.work import evaluate
from vanzelf.city.verdicts.models import Outcome
from vanzelf.faces.cli.main import main
from vanzelf.sources.lawfulness import NoAuthorisation
from vanzelf.sources.magda.bulk import BulkSettings

MUTATIONS = "PubliceerMutatieSocialeStatuten"
WRONG = "Deze persoon woont niet meer in onze gemeente."


@pytest.fixture
def own_city(exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A city folder that the test may change."""
    folder = exchange.copy(tmp_path / "city")
    monkeypatch.setenv("VANZELF_CITY", str(folder))
    return folder


def households_of(people: list[int]) -> set[int]:
    persons = Person.objects.filter(pk__in=people)
    return {one.household.pk for one in persons if one.household is not None}


def mutation(number: str, inside: str) -> str:
    return f"<Onderwerp><Bron>KSZ</Bron><INSZ>{number}</INSZ>{inside}</Onderwerp>"


def statute(name: str, period: str = "<Begindatum>2025-01-01</Begindatum>") -> str:
    told = f"<Naam><Code>{name}</Code></Naam><Periodes><Periode>{period}</Periode></Periodes>"
    return f"<SocialeStatuten><SociaalStatuut>{told}</SociaalStatuut></SocialeStatuten>"


def mutated(exchange: Exchange, *parts: str) -> Received:
    """A file of mutations that comes in."""
    deliver(exchange.server.box, "pmss", f"<{MUTATIONS}>{''.join(parts)}</{MUTATIONS}>")
    (received,) = work.collect()
    return received


def test_run_uses_the_answers(exchange: Exchange, own_city: Path) -> None:
    order = exchange.order(16)
    numbers = [exchange.number(one) for one in exchange.people]
    exchange.source.statutes = some_yes(frozenset(numbers))
    exchange.source.switches.left_out = frozenset(numbers[8:])
    work.send(order.pk)
    exchange.source.answer()
    work.collect()
    exchange.lay(own_city)
    verdicts = exchange.town.evaluated().verdicts
    told, untold = map(households_of, (exchange.people[:8], exchange.people[8:]))
    assert verdicts.filter(household__in=told, outcome=Outcome.YES).exists()
    unknown = verdicts.filter(household__in=untold - told, outcome=Outcome.UNKNOWN)
    assert any(FACT in path for one in unknown for path in one.missing)


def test_late_answer_starts_a_recheck_of_just_those(exchange: Exchange, own_city: Path) -> None:
    order = exchange.order(8)
    work.send(order.pk)
    exchange.lay(own_city)
    exchange.town.awarded()
    exchange.source.statutes = some_yes(frozenset(map(exchange.number, exchange.people)))
    exchange.source.answer()
    with clock.fixed(order.until + timedelta(days=1)):
        (first, second) = work.collect()
        assert sorted(first.recheck + second.recheck) == sorted(exchange.people)
        (run,) = rechecking.start()
        assert set(run.limit.households) == households_of(exchange.people)
        again = evaluate(run.pk)
    assert again.result["recheck"]["more"] >= 1
    households = {verdict.household_id for verdict in again.verdicts.all()}
    assert households <= set(run.limit.households)
    assert not rechecking.start()


def test_mutation_is_believed_for_its_periods(exchange: Exchange, own_city: Path) -> None:
    exchange.there_and_back(3)
    one, two, three = exchange.people
    received = mutated(
        exchange,
        mutation(exchange.number(one), statute("BIM_BVT")),
        mutation(exchange.number(two), statute("BIM_BVT", "<Einddatum>2025-06-30</Einddatum>")),
        mutation(exchange.number(three), "<Annulering/>"),
        mutation("99999999999", statute("BIM_BVT")),
    )
    assert (received.matched, received.strangers) == (3, 1)
    assert received.recheck == sorted(exchange.people)
    told = exchange.laid(exchange.lay(own_city))
    assert told[one] == (True, None)
    assert told[two] == (False, None)
    assert told[three] == (None, "no-data")


def test_mutation_starts_a_recheck_of_just_those(exchange: Exchange, own_city: Path) -> None:
    exchange.there_and_back(10)
    exchange.lay(own_city)
    exchange.town.awarded()
    someone = exchange.people[4]
    mutated(exchange, mutation(exchange.number(someone), statute("BIM_BVT")))
    (run,) = rechecking.start()
    assert set(run.limit.households) == households_of([someone])
    assert run.created_by == exchange.town.preparer
    assert Run.objects.filter(rechecks__isnull=False).count() == 1


def test_everyone_asked_about_sees_it(exchange: Exchange) -> None:
    exchange.order(3)
    for person in Person.objects.filter(pk__in=exchange.people):
        (look,) = looks_of(person)
        assert look.actor == exchange.town.preparer.name
        assert look.facts == [f"persoon.{FACT}"]


def test_each_sees_only_what_was_asked_about_themself(exchange: Exchange) -> None:
    one, two = exchange.someone(2)
    domain.order(
        regulation_ids=[BAGS],
        on=DAY,
        by=exchange.town.preparer,
        settings=BulkSettings(host=""),
        facts={FACT: [one], f"gezin met {FACT}": [one, two]},
        queue=False,
    )
    seen = {
        pk: {fact for look in looks_of(Person.objects.get(pk=pk)) for fact in look.facts}
        for pk in (one, two)
    }
    assert seen == {
        one: {f"persoon.{FACT}", f"persoon.gezin met {FACT}"},
        two: {f"persoon.gezin met {FACT}"},
    }


def test_files_are_counted_under_their_authorisation(exchange: Exchange) -> None:
    work.send(exchange.order(7).pk)
    sent = SentQuestion.objects.filter(service="GeefSociaalStatuutVoorLijst")
    assert [one.persons for one in sent.order_by("pk")] == [5, 2]


def test_nothing_leaves_without_a_ground(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    order = exchange.order()
    empty = tmp_path / "authorisations.yaml"
    empty.write_text("purposes: {toekenning: x}\nactivities: {}\nauthorisations: []\n")
    monkeypatch.setenv("VANZELF_AUTHORISATIONS", str(empty))
    with pytest.raises(NoAuthorisation):  # it ended between ordering and sending
        work.send(order.pk)
    assert exchange.source.answer() == 0
    assert not list((exchange.server.box / "To_Vip").iterdir())
    order.refresh_from_db()
    assert "no authorisation" in order.problem
    with pytest.raises(NoAuthorisation):
        exchange.order(20)


def test_feedback_goes_with_the_next_files(exchange: Exchange) -> None:
    person = Person.objects.order_by("pk")[0]
    domain.feedback(person=person, reason=WRONG, by=exchange.town.clerk)
    with pytest.raises(ReasonError):
        domain.feedback(person=person, reason="fout")
    work.collect()
    work.collect()
    (file,) = (exchange.server.box / "To_Vip").iterdir()
    text = file.read_text()
    assert exchange.number(person.pk) in text
    assert WRONG in text
    assert Feedback.objects.get().sent_at is not None


def test_archive_holds_nothing_in_clear_and_ends(exchange: Exchange) -> None:
    exchange.there_and_back(6)
    numbers = [exchange.number(one).encode() for one in exchange.people]
    files = [archive.folder() / one.name for one in Archived.objects.all()]
    assert len(files) == 4
    assert not any(number in path.read_bytes() for path in files for number in numbers)
    kept = Archived.objects.get(name=ListFile.objects.order_by("pk")[0].name)
    assert numbers[0] in b"".join(archive.read(kept))
    later = clock.now() + timedelta(days=31)
    assert domain.past_term(later) == 4
    domain.remove_expired(later)
    assert domain.past_term(later) == 0
    assert not any(path.exists() for path in files)
    assert all(one.archived is None for one in Received.objects.all())


def test_commands_say_what_they_do(exchange: Exchange, own_city: Path) -> None:
    def typed(*words: str) -> str:
        result = CliRunner().invoke(main, ["bulk", *words])
        assert result.exit_code == 0, result.output
        return result.output

    assert "Nothing was asked by file yet" in typed("status")
    assert "Sent." in typed("order", BAGS, "--on", f"{DAY}")
    assert "Nothing waits to be sent" in typed("send")
    exchange.source.answer()
    assert "taken" in typed("collect")
    assert "not (yet): these stay unknown" in typed("lay", "--on", f"{DAY}")
    assert "answered" in typed("status")
