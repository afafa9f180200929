"""Whom MAGDA must know no longer is told by file when there are many: once, and matched."""

from __future__ import annotations

from tests.city.taking_back import *  # noqa: F403 - fixtures are found by their names here
from tests.city.taking_back import DAY, HOUR, MORNING, Filed
from tests.mailbox.server import deliver
from vanzelf.city import clock
from vanzelf.city.access.models import LookSubject
from vanzelf.city.bulk import archive
from vanzelf.city.bulk import work as bulk
from vanzelf.city.bulk.models import Archived, Received
from vanzelf.city.lawfulness.models import SentQuestion
from vanzelf.city.registrations import filing, queries
from vanzelf.city.registrations.models import DeregistrationFile, Ending, Registration

SAID = "<Antwoord><Referte>{}</Referte><Inhoud><Resultaat>1</Resultaat></Inhoud></Antwoord>"


def test_many_are_taken_back_by_file_and_matched(filed: Filed) -> None:
    everyone = filed.held
    assert filed.left == everyone
    assert len(everyone) > 3
    taken = filed.there_and_back()
    assert {one.state for one in taken} == {Received.State.TAKEN}
    assert sum(one.matched for one in taken) == len(everyone)
    assert filed.held == filed.left == set()
    assert set(filed.repertory.told.values()) == {1}
    rows = Registration.objects.all()
    assert {row.ending for row in rows} == {Ending.NO_INTEREST}
    assert all(row.end_reference and row.file is None and not row.problem for row in rows)
    assert not DeregistrationFile.objects.filter(ended_at=None).exists()
    assert filed.magda.received == []
    assert not list(filed.server.box.glob("*_Vip/*"))


def test_few_go_by_message(filed: Filed) -> None:
    everyone = len(filed.held)
    assert filed.file(by_message=everyone) == 0
    assert filed.tell().taken_back == everyone
    assert not DeregistrationFile.objects.exists()


def test_file_is_in_the_log_before_it_is_sent_and_kept_as_a_question(filed: Filed) -> None:
    before = LookSubject.objects.count()
    count = filed.file()
    assert LookSubject.objects.count() - before == count == len(filed.held)
    filed.send()
    asked = SentQuestion.objects.filter(service="RegistreerUitschrijving", outcome="sent")
    assert sum(one.persons or 0 for one in asked) == count
    archived = Archived.objects.filter(name__startswith="rgud_")
    assert archived.count() == DeregistrationFile.objects.count() == asked.count()
    assert b"<INSZ>" in b"".join(archive.read(archived[0]))
    assert b"INSZ" not in (archive.folder() / archived[0].name).read_bytes()


def test_nothing_is_filed_or_sent_twice(filed: Filed) -> None:
    assert filed.file() == len(filed.held)
    assert filed.file() == 0
    files = filed.send()
    assert filed.repertory.answer() == files
    assert filed.send() == filed.repertory.answer() == 0
    with clock.fixed(MORNING + 2 * HOUR):
        assert filed.tell().taken_back == 0  # under way: not by message as well
    assert queries.standing().under_way == len(filed.left)


def test_error_about_one_leaves_that_one_to_be_told_again(filed: Filed) -> None:
    unlucky = min(filed.held)
    filed.repertory.fails = {unlucky: "99996"}
    filed.there_and_back()
    assert filed.left == filed.held == {unlucky}
    assert queries.standing().problems == {"busy": 1}
    filed.repertory.fails.clear()
    with clock.fixed(MORNING + DAY):
        assert filed.file() == 0  # one: by message
        assert filed.tell().taken_back == 1
    assert filed.left == filed.held == set()


def test_who_is_not_registered_there_counts_as_taken_back(filed: Filed) -> None:
    filed.repertory.held.clear()
    filed.there_and_back()
    assert filed.left == set()


def test_partial_answers_wait_for_the_rest(filed: Filed) -> None:
    forgotten = min(filed.held)
    filed.repertory.skips = frozenset({forgotten})
    filed.repertory.in_two = True
    filed.there_and_back()
    assert filed.left == {forgotten}
    assert queries.standing().under_way == 1
    (file,) = DeregistrationFile.objects.filter(ended_at=None)
    assert file.outcomes.count("") == 1
    with clock.fixed(file.until):
        assert filing.give_up(clock.now()) == 1
        assert queries.standing().problems == {"not-answered": 1}
        filed.tell()
    assert filed.left == set()


def test_late_answer_still_counts(filed: Filed) -> None:
    filed.repertory.silent = True
    assert filed.there_and_back() == []
    with clock.fixed(MORNING + 6 * DAY):
        assert filing.give_up(clock.now()) == len(filed.left)
        filed.repertory.repeat()
        bulk.collect()
    assert filed.left == set()


def test_who_is_wanted_again_is_registered_only_after_the_answer(filed: Filed) -> None:
    everyone = filed.held
    filed.file()
    filed.send()
    filed.wanted_again()
    with clock.fixed(MORNING + 2 * HOUR):
        assert filed.tell().registered == 0  # MAGDA would take them back after that
        filed.repertory.answer()
        bulk.collect()
        assert filed.held == set()
        assert filed.tell().registered == len(everyone)
    assert filed.held == filed.left == everyone


def test_late_answer_about_who_was_registered_since_registers_anew(filed: Filed) -> None:
    everyone = filed.held
    filed.repertory.silent = True
    filed.there_and_back()
    filed.wanted_again()
    with clock.fixed(MORNING + 6 * DAY):
        filing.give_up(clock.now())
        filed.tell()
        filed.repertory.repeat()
        bulk.collect()
    with clock.fixed(MORNING + 7 * DAY):
        assert filed.tell().registered == len(everyone)
    assert filed.held == filed.left == everyone


def test_file_that_is_cut_is_refused_whole(filed: Filed) -> None:
    everyone = filed.left
    filed.repertory.cut = True
    taken = filed.there_and_back()
    assert {one.state for one in taken} == {Received.State.REFUSED}
    assert filed.left == everyone
    filed.repertory.cut = False
    filed.repertory.repeat()
    bulk.collect()
    assert filed.left == set()


def test_answer_to_what_we_did_not_send_is_dropped(filed: Filed) -> None:
    filed.file()
    (planned, *_) = DeregistrationFile.objects.order_by("pk")
    references = ["x", "-1", "a-000000", f"{planned.reference}-000000", f"{planned.reference}-x"]
    inside = "".join(map(SAID.format, references))
    name = "RegistreerUitschrijvingResponse"
    text = f"<{name}><Repliek><Antwoorden>{inside}</Antwoorden></Repliek></{name}>"
    deliver(filed.server.box, "rgud", text)
    (one,) = bulk.collect()
    assert (one.state, one.matched) == (Received.State.TAKEN, 0)
    assert filed.left == filed.held


def test_same_answer_twice_changes_nothing(filed: Filed) -> None:
    filed.there_and_back()
    before = list(Registration.objects.order_by("pk").values())
    filed.repertory.in_two = True
    filed.repertory.repeat()
    assert len(bulk.collect()) > 1
    assert list(Registration.objects.order_by("pk").values()) == before


def test_without_authorisation_nobody_is_filed(filed: Filed) -> None:
    everyone = filed.left
    Registration.objects.update(identification="someone.else")
    assert filed.file() == 0
    assert queries.standing().problems == {"no-authorisation": len(everyone)}
