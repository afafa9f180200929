"""Authorisations in the database: versions, who changed what, and what follows from them."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connections, transaction
from django.test import override_settings
from rdflib import Graph, Literal, Namespace
from rdflib.namespace import DCTERMS, RDF, SKOS

from tests.prove.ground.leaks import families, search
from vanzelf.city import clock
from vanzelf.city.database.server import administrator
from vanzelf.city.lawfulness import domain, queries
from vanzelf.city.lawfulness.assessment import assessment
from vanzelf.city.lawfulness.linked import linked
from vanzelf.city.lawfulness.models import Entry, SentQuestion
from vanzelf.city.lawfulness.needs import lost, needed
from vanzelf.city.lawfulness.register import register
from vanzelf.city.reasons import ReasonError
from vanzelf.city.regulations import regulations
from vanzelf.city.retention import classes
from vanzelf.city.staff.domain import create_demo_staff
from vanzelf.city.staff.models import StaffMember
from vanzelf.faces.cli.main import main
from vanzelf.sources import Asked, load_authorisations
from vanzelf.sources.data import SHIPPED, DataError
from vanzelf.sources.lawfulness import State, state

NOW = datetime(2026, 7, 15, 9, 30, tzinfo=UTC)
TODAY = date(2026, 7, 15)
REASON = "De stad kreeg een nieuw protocol van de dienst."
REGISTER, SOCIAL, TAX = "DEMO-RR 13/2013", "DEMO-IVC 21/120", "DEMO-FIN 2024/15"
BAGS, CHILDREN = "gent/huisvuilzakken", "gent/kinderen-eerst"
GDV = Namespace("http://stad.gent/data/ns/data-processing/")
CONSENT = Namespace("http://data.vlaanderen.be/ns/toestemming#")


@pytest.fixture
def staff(db: None) -> dict[str, StaffMember]:
    return {one.user.get_username().partition(".")[0]: one for one in create_demo_staff()}


@pytest.fixture
def joke(staff: dict[str, StaffMember]) -> StaffMember:
    return staff["joke"]


def own(folder: Path, **changes: tuple[str, str]) -> Path:
    """The shipped file as a city's own, with texts replaced."""
    text = (SHIPPED / "authorisations.yaml").read_text()
    for before, after in changes.values():
        assert before in text
        text = text.replace(before, after)
    path = folder / "own.yaml"
    path.write_text(text)
    return path


def test_in_force_is_the_file_until_something_is_taken_in(db: None) -> None:
    assert queries.taken_in() is None
    assert queries.in_force() == load_authorisations()


def test_take_in_gives_back_what_the_file_says(db: None) -> None:
    taken = domain.take_in()
    shipped = load_authorisations()
    number = len(shipped.all) + len(shipped.activities) + len(shipped.purposes)
    assert (len(taken.new), taken.changed, taken.removed) == (number, (), ())
    found = queries.taken_in()
    assert found is not None
    assert {one.reference: one for one in found.all} == {one.reference: one for one in shipped.all}
    assert dict(found.activities) == dict(shipped.activities)
    assert dict(found.purposes) == dict(shipped.purposes)


def test_take_in_again_makes_no_version(joke: StaffMember) -> None:
    domain.take_in()
    before = Entry.objects.count()
    assert domain.take_in(by=joke, reason=REASON).nothing
    assert Entry.objects.count() == before


def test_take_in_of_an_own_file_keeps_who_changed_what(joke: StaffMember, tmp_path: Path) -> None:
    domain.take_in()
    with clock.fixed(NOW):
        longer = own(tmp_path, until=("valid_until: 2027-01-31", "valid_until: 2029-01-31"))
        taken = domain.take_in(file=longer, by=joke, reason=REASON)
    assert taken.changed == (f"authorisation {TAX}",)
    newest, first = queries.history(TAX, viewer=joke)
    assert (newest.number, newest.by, newest.reason, newest.at) == (2, joke, REASON, NOW)
    assert first.content is not None
    assert (first.number, first.by, first.content["valid_until"]) == (1, None, "2027-01-31")
    # What the city changed itself is not put back by the shipped file.
    assert domain.take_in(by=joke, reason=REASON).nothing
    found = {one.reference: one for one in queries.in_force().all}
    assert found[TAX].valid_until == date(2029, 1, 31)


def test_take_in_removes_what_an_own_file_no_longer_has(joke: StaffMember, tmp_path: Path) -> None:
    domain.take_in(file=own(tmp_path), by=joke, reason=REASON)
    text = (tmp_path / "own.yaml").read_text()
    (tmp_path / "own.yaml").write_text(text[: text.index("  - reference: DEMO-VUTG 2024/3")])
    taken = domain.take_in(file=tmp_path / "own.yaml", by=joke, reason=REASON)
    assert taken.removed == ("authorisation DEMO-VUTG 2024/3",)
    assert "DEMO-VUTG 2024/3" not in {one.reference for one in queries.in_force().all}
    assert queries.history("DEMO-VUTG 2024/3", viewer=joke)[0].content is None


def test_take_in_of_a_broken_file_changes_nothing(joke: StaffMember, tmp_path: Path) -> None:
    domain.take_in()
    before = Entry.objects.count()
    broken = own(tmp_path, kind=("kind: protocol", "kind: handdruk"))
    with pytest.raises(DataError, match="handdruk"):
        domain.take_in(file=broken, by=joke, reason=REASON)
    assert Entry.objects.count() == before


def test_take_in_that_would_break_what_is_left_changes_nothing(
    joke: StaffMember, tmp_path: Path
) -> None:
    domain.take_in()
    text = (SHIPPED / "authorisations.yaml").read_text()
    first = text[: text.index("  - reference: DEMO-IVC 21/120")]
    file = tmp_path / "own.yaml"
    awarding = "  toekenning: Vanzelf toekennen\n"
    first = first.replace("  toekenning: Rechten uit eigen beweging toekennen\n", awarding)
    file.write_text(first.replace("DEMO-RR 13/2013", "RR 1/2026"))
    domain.take_in(file=file, by=joke, reason=REASON)
    before = Entry.objects.count()
    # The purpose is the city's own now; without it the shipped ones cannot be read any more.
    file.write_text(
        file.read_text().replace(awarding, "").replace("[controle, toekenning]", "[controle]")
    )
    with pytest.raises(DataError, match="toekenning is none of controle"):
        domain.take_in(file=file, by=joke, reason=REASON)
    assert Entry.objects.count() == before
    assert len(queries.in_force().all) == len(load_authorisations().all) + 1


@pytest.mark.parametrize("who", ["sam", "lies", "an", "nele"])
def test_only_the_privacy_role_changes_and_sees(who: str, staff: dict[str, StaffMember]) -> None:
    domain.take_in()
    one = staff[who]
    with pytest.raises(PermissionDenied, match="privacy"):
        domain.take_in(by=one, reason=REASON)
    with pytest.raises(PermissionDenied, match="privacy"):
        domain.change_end(reference=TAX, until=None, by=one, reason=REASON)
    for ask in (
        lambda: queries.history(TAX, viewer=one),
        lambda: queries.asked(viewer=one),
        lambda: queries.asked_of(TAX, viewer=one),
        lambda: assessment(queries.in_force(), regulations(), TODAY, viewer=one),
    ):
        with pytest.raises(PermissionDenied):
            ask()


def test_change_end_is_in_force_at_once(joke: StaffMember) -> None:
    domain.take_in()
    ended = date(2026, 7, 14)
    domain.change_end(reference=SOCIAL, until=ended, by=joke, reason=REASON)
    found = next(one for one in queries.in_force().all if one.reference == SOCIAL)
    assert found.valid_until == ended
    assert state(found, TODAY) is State.EXPIRED


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"until": date(2021, 7, 5)}, ValueError),  # before its first day
        ({"until": None}, ValueError),  # as it is
        ({"reference": "DEMO-RR 99/2099"}, LookupError),
        ({"reason": "kort"}, ReasonError),
    ],
)
def test_change_end_refuses(
    change: dict[str, object], error: type[Exception], joke: StaffMember
) -> None:
    domain.take_in()
    asked = {"reference": SOCIAL, "until": date(2026, 12, 31), "by": joke, "reason": REASON}
    with pytest.raises(error):
        domain.change_end(**{**asked, **change})  # type: ignore[arg-type]
    assert len(queries.history(SOCIAL, viewer=joke)) == 1


@pytest.mark.parametrize("table", [Entry, SentQuestion])
def test_what_was_a_ground_cannot_be_changed(table: type[Entry | SentQuestion], db: None) -> None:
    domain.take_in()
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.update(at=NOW)


def test_invented_authorisations_are_no_ground_outside_a_demonstration(db: None) -> None:
    domain.take_in()
    with override_settings(VANZELF_DEMO=False):
        assert queries.in_force().all == ()
        assert queries.in_force().activities == {}


def test_questions_are_counted_under_their_authorisation(joke: StaffMember) -> None:
    question = Asked(
        "GeefPersoon", "not kept", ("gemeente",), "controle", REGISTER, "ref-1", NOW, "answered"
    )
    with clock.fixed(NOW):
        domain.keep_questions([question, question])
        domain.keep_file(
            service="GeefSociaalStatuutVoorLijst",
            purpose="toekenning",
            authorisation=SOCIAL,
            facts=["leefloon"],
            persons=500,
            outcome="busy",
            reference="gssvl_1",
        )
        found = queries.asked(viewer=joke)
    assert (found[REGISTER].questions, found[REGISTER].unanswered) == (2, 0)
    assert (found[SOCIAL].questions, found[SOCIAL].recent, found[SOCIAL].unanswered) == (500,) * 3
    assert [row["persons"] for row in queries.asked_of(SOCIAL, viewer=joke)] == [500]
    names = {field.name for field in SentQuestion._meta.get_fields()}
    assert not names & {"insz", "person", "subject"}


def test_in_force_is_parsed_once_and_never_behind(committed_db: str) -> None:
    """Of what another connection changed, of what is rolled back here, and of the same again."""
    joke = {one.user.get_username(): one for one in create_demo_staff()}["joke.maertens"]
    domain.take_in()

    def end() -> date | None:
        return next(one for one in queries.in_force().all if one.reference == TAX).valid_until

    def elsewhere(until: date) -> None:
        domain.change_end(reference=TAX, until=until, by=joke, reason=REASON)
        connections.close_all()

    first, second, third = date(2027, 1, 1), date(2027, 2, 2), date(2027, 3, 3)
    with ThreadPoolExecutor(1) as other:
        other.submit(elsewhere, first).result()
        assert end() == first
        known = queries.taken_in()
        assert queries.taken_in() is known
        with suppress(ZeroDivisionError), transaction.atomic():
            domain.change_end(reference=TAX, until=second, by=joke, reason=REASON)
            assert end() == second
            raise ZeroDivisionError
        assert end() == first
        other.submit(elsewhere, third).result()
    assert end() == third


@pytest.mark.parametrize("wide", [False, True])
def test_what_has_no_ground_is_found_nowhere(committed_db: str, tmp_path: Path, wide: bool) -> None:
    """A small form of the proof in tests/prove/ground; `wide` is its control."""
    with psycopg.connect(
        **{**administrator(), "dbname": os.environ["VANZELF_DATABASE"]}, autocommit=True
    ) as admin:
        found = search(tmp_path, families(1), wide=wide, admin=admin, rights=[BAGS, CHILDREN])
    places = {place.partition(":")[0] for place in found.hits}
    assert places == ({"database", "page"} if wide else set())


def test_lost_names_the_rights_that_would_miss_data() -> None:
    found = load_authorisations()
    rights = needed(regulations())
    by_reference = {one.reference: one for one in found.all}
    losses = {
        loss.right: loss.facts for loss in lost(by_reference[SOCIAL], found.all, TODAY, rights)
    }
    assert "verhoogde tegemoetkoming" in losses["gent/huisvuilzakken"]
    taxed = {loss.right for loss in lost(by_reference[TAX], found.all, TODAY, rights)}
    assert taxed <= by_reference[TAX].regulations
    assert taxed
    # What another authorisation covers too is not lost: the earlier one of the register.
    assert lost(by_reference["DEMO-RR 48/2009"], found.all, TODAY, rights) == []


def test_register_follows_from_the_authorisations() -> None:
    found = load_authorisations()
    entries = {one.identifier: one for one in register(found, regulations(), TODAY)}
    award = entries["rechten-toekennen"]
    sensitive = {data.what: data.about for data in award.sensitive}
    health = {
        fact.names["nl"] for fact in regulations().facts.values() if fact.sensitivity == "health"
    }
    assert set(sensitive) <= health
    assert sensitive["erkende handicap"] == "inwoners, gezinsleden"
    assert {data.what for data in award.personal}.isdisjoint(health)
    assert TAX in {one.reference for one in award.authorisations}
    assert "DEMO-RR 48/2009" not in {one.reference for one in award.authorisations}
    assert all(one.retention for one in entries.values())
    plan = {one.id for one in classes()}
    assert all(set(each.retention) <= plan for each in found.activities.values())
    after = {one.identifier: one for one in register(found, regulations(), date(2027, 2, 1))}
    assert "belastbaar jaarinkomen van het gezin" not in {
        data.what for data in after["rechten-toekennen"].personal
    }


def test_register_as_linked_data_has_the_fields_that_ghent_publishes() -> None:
    entries = register(load_authorisations(), regulations(), TODAY)
    text = json.dumps(linked(entries, "http://localhost/verwerkingsregister/"))
    graph = Graph().parse(data=text, format="json-ld")
    activities = set(graph.subjects(RDF.type, CONSENT.VerwerkingsActiviteit))
    assert len(activities) == len(entries)
    for entry in entries:
        (node,) = graph.subjects(DCTERMS.identifier, Literal(entry.identifier))
        assert graph.value(node, DCTERMS.title) == Literal(entry.title, lang="nl")
        ground = graph.value(node, CONSENT.verwerkingsgrond)
        assert graph.value(ground, SKOS.prefLabel) == Literal(entry.ground, lang="nl")
        kinds = {
            str(graph.value(graph.value(data, DCTERMS.type), SKOS.prefLabel))
            for data in graph.objects(node, GDV.hasPersonalData)
        }
        assert kinds == {data.what for data in entry.personal}
        sensitive = list(graph.objects(node, GDV.hasSensitivePersonalData))
        assert len(sensitive) == len(entry.sensitive)
        assert len(list(graph.objects(node, DCTERMS.temporal))) == len(entry.retention)


def test_assessment_finds_what_is_asked_for_nothing_and_what_may_not_be_asked(
    joke: StaffMember,
) -> None:
    found = assessment(load_authorisations(), regulations(), TODAY, viewer=joke)
    facts = {fact.name: fact for fact in found.facts}
    assert facts["verhoogde tegemoetkoming"].rights
    assert set(found.unused) == {fact.called for fact in found.facts if not fact.rights}
    sensitivities = [fact.sensitivity for fact in found.facts]
    assert sensitivities[0] == "health"
    assert sensitivities[-1] == "basis"
    after = assessment(load_authorisations(), regulations(), date(2027, 2, 1), viewer=joke)
    assert "belastbaar inkomen" in after.ungrounded["vlaanderen/huursubsidie"]
    assert "authorisations.change" in found.roles["gegevensbescherming"]


def vanzelf(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["authorisations", *arguments])


def test_command_lists_a_file(tmp_path: Path) -> None:
    with clock.fixed(NOW):
        result = vanzelf("list", str(own(tmp_path)))
    assert result.exit_code == 0
    (line,) = (line for line in result.output.splitlines() if "DEMO-FIN" in line)
    assert line.split()[2:4] == ["valid", "2027-01-31"]


def test_command_warns_of_what_ends_soon(tmp_path: Path) -> None:
    file = str(own(tmp_path))
    with clock.fixed(datetime(2026, 12, 1, 9, 0, tzinfo=UTC)):
        soon, later = vanzelf("expiring", file), vanzelf("expiring", file, "--days", "30")
    assert (soon.exit_code, later.exit_code) == (1, 0)
    assert "DEMO-FIN 2024/15: 61 days left, until 2027-01-31" in soon.output
    assert later.output == "None ends within 30 days.\n"


def test_command_checks_what_is_odd(tmp_path: Path) -> None:
    odd = own(tmp_path, fact=("belastbaar inkomen,", "belastbar inkomen,"))
    with clock.fixed(NOW):
        result = vanzelf("check", str(odd))
    assert result.exit_code == 1
    assert "DEMO-FIN 2024/15: fact 'belastbar inkomen' is not known here" in result.output
    assert "vlaanderen/huursubsidie: may not be asked today: belastbaar inkomen" in result.output


def test_command_names_what_is_broken_in_one_message(tmp_path: Path) -> None:
    result = vanzelf("check", str(own(tmp_path, kind=("kind: protocol", "kind: handdruk"))))
    assert result.exit_code == 2
    assert "DEMO-PROT 2024/7: kind handdruk is none of" in result.output
