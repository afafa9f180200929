"""What is kept goes at its term; what must stay, stays."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from django.db import connection
from django.db.utils import ProgrammingError
from hypothesis import given
from hypothesis import strategies as some

from tests.city.conftest import BAGS, Desk, Town
from vanzelf.city import clock, regulations, retention, secrets
from vanzelf.city.access.domain import record
from vanzelf.city.access.models import Look
from vanzelf.city.access.queries import looks_of
from vanzelf.city.awards import domain as awards
from vanzelf.city.awards.models import Advice, Award, LatestVerdict, PointCheck
from vanzelf.city.jobs import _others
from vanzelf.city.people.models import Fact, InszAlias, Membership, Person, Presence
from vanzelf.city.people.sourced import keep
from vanzelf.city.rechecks import preparing
from vanzelf.city.retention import sweeping
from vanzelf.city.retention.again import check_again
from vanzelf.city.retention.role import taking_away
from vanzelf.city.retention.rows import Rows
from vanzelf.city.retention.rules import RULES
from vanzelf.city.retention.tasks import apply
from vanzelf.city.retention.terms import Term
from vanzelf.city.retention.values import longest, until
from vanzelf.city.secrets import expiring
from vanzelf.city.verdicts.models import Explanation, Outcome
from vanzelf.city.verdicts.queries import explanation, is_forgotten
from vanzelf.city.verdicts.sealing import used_facts
from vanzelf.faces.cli.commands.retention import command
from vanzelf.faces.look.tree import Node, explained
from vanzelf.sources import Reading
from vanzelf.sources.data import SHIPPED

DISCOUNT = "gent/schoolkorting"
PLACE = {"table": "verdicts_explanation", "column": "sealed", "row": 7}
terms = some.builds(Term, some.integers(0, 400), some.integers(0, 130))
days = some.dates(date(2000, 1, 1), date(2090, 1, 1))


@pytest.fixture(autouse=True)
def own_keys(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that end here are still there for the tests beside these."""
    shutil.copy(expiring.keys_folder() / "keys.json", tmp_path)
    monkeypatch.setenv("VANZELF_KEYS", str(tmp_path))


@contextmanager
def later(days: int) -> Iterator[None]:
    """So many days from now."""
    with clock.fixed(clock.now() + timedelta(days=days)):
        yield


def applied() -> dict[str, int]:
    done = list(sweeping.apply())
    assert [one.problem for one in done if one.problem] == []
    with connection.cursor() as cursor:  # what a commit would check
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return {one.data_class: one.taken for one in done}


def past(name: str) -> int:
    return next(one.past for one in sweeping.report(0).kept if one.data_class.id == name)


# The terms


@given(term=terms, day=days)
def test_what_began_before_the_limit_is_past_its_term_and_nothing_else(
    term: Term, day: date
) -> None:
    limit = term.before(day)
    assert term.after(limit) >= day
    assert term.after(limit - timedelta(days=1)) < day


@pytest.mark.parametrize("text", ["60", "twee maanden", "60 days", "-1 dagen", ""])
def test_term_that_is_none_says_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="60 dagen, 3 maanden or 10 jaar"):
        Term.parse(text)


def test_values_of_a_decision_stay_until_its_appeal_term_and_the_margin() -> None:
    decided = date(2026, 1, 31)
    assert until(BAGS, decided) == decided + timedelta(days=60 + 30)
    assert until("federaal/leefloon", decided) == date(2026, 4, 30) + timedelta(days=30)
    assert until("a right of long ago", decided) == longest(decided)


# The classes


def test_every_table_stands_in_a_class(database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {row[0] for row in cursor.fetchall()} - {"django_migrations"}
    named = {table for one in retention.classes() for table in one.tables}
    assert tables - named == set(), "say in regulations/retention.yaml how long they are kept"


def test_every_class_with_a_term_has_a_rule() -> None:
    with_rule = {one.id for one in retention.classes() if one.term or one.keep == "appeal"}
    assert with_rule <= RULES.keys()
    assert RULES.keys() <= {one.id for one in retention.classes()}


def test_rules_know_every_row_that_points_to_what_they_take(database: str) -> None:
    rows = [rule for found in RULES.values() for rule in found if isinstance(rule, Rows)]
    rules = [rule for rule in rows if not rule.empties]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname, confrelid::regclass::text"
            " FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]"
            " WHERE contype = 'f'"
        )
        points = cursor.fetchall()
    unused = {"awards_award", "awards_advice", "awards_latestverdict", "runs_runverdict"}
    for rule in rules:
        known = {*rule.goes_with, *rule.lets_go}
        to_it = {(table, column) for table, column, target in points if target == rule.table}
        if rule.table == "verdicts_explanation":
            assert {table for table, _ in to_it} <= {*unused, "rechecks_question"}
        elif rule.table == "awards_decision":
            assert to_it == {("awards_award", "decision_id")}
        elif rule.table == "awards_advice":
            assert to_it - known == {("awards_decision", "advice_id")}
        elif rule.table == "awards_pointcheck":
            assert to_it - known == {("awards_advice", "check_ref_id")}
        else:
            assert to_it <= known, rule.table


# Keys that end


def test_value_opens_until_its_day_and_nowhere_after(database: str) -> None:
    day = date(2031, 3, 17)
    sealed = secrets.seal("1234.56", **PLACE, until=day)
    assert secrets.open_sealed(sealed, **PLACE) == "1234.56"
    assert expiring.destroy_before(day) == []
    assert day in expiring.destroy_before(day + timedelta(days=1))
    with pytest.raises(secrets.ForgottenError, match="2031-03-17 is gone"):
        secrets.open_sealed(sealed, **PLACE)


def test_key_of_a_day_is_readable_by_its_owner_only(database: str) -> None:
    day = date(2031, 3, 18)
    assert expiring.term_key(day) == expiring.term_key(day) != expiring.term_key(date(2031, 3, 19))
    (file,) = expiring.keys_folder().glob("terms/2031-03-18.key")
    assert file.stat().st_mode & 0o777 == 0o600
    expiring.destroy_before(date(2032, 1, 1))


# Raw values


def sealed_values() -> int:
    return Explanation.objects.exclude(sealed=None).count()


def test_values_of_awards_go_when_nobody_can_appeal_any_more_and_the_explanation_stays(
    town: Town,
) -> None:
    run = town.awarded_right(DISCOUNT)
    award = Award.objects.filter(run=run).exclude(explanation__sealed=None).first()
    before, held = explanation(award), sealed_values()
    with later(89):
        assert applied().get("raw-values", 0) == 0
        assert not is_forgotten(award)
        assert check_again(9).differs == ()
        assert check_again(9).same > 0
    with later(91):
        assert past("raw-values") == held
        assert applied()["raw-values"] == held
        assert (past("raw-values"), sealed_values()) == (0, 0)
        after = explanation(Award.objects.get(pk=award.pk))
        assert check_again().forgotten > 0
    gone = [used for used in used_facts(after) if (used["origin"] or {})["reason"] == "forgotten"]
    assert gone
    assert all(used["type"] == "unknown" and used["value"] is None for used in gone)
    assert all(used["origin"]["source"] and used["origin"]["as_of"] for used in gone)
    assert outcomes(after) == outcomes(before)
    lines = list(notes(explained(regulations.regulation(DISCOUNT), after)))
    assert "De waarde wordt niet meer bewaard, alleen wat eruit volgde" in lines
    assert [line for line in lines if line.startswith("Niet gekend")] == []


def notes(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        yield from node.notes
        yield from notes(node.children)


def outcomes(data: dict[str, object]) -> str:
    """Every step with what it gave."""

    def walk(step: dict[str, object]) -> Iterator[str]:
        yield f"{step['id']} {step['outcome']}"
        for inner in step.get("steps", ()):
            yield from walk(inner)

    return ", ".join(walk(data["explanation"]["criteria"]))


def test_values_of_a_run_stay_until_the_award_that_came_later_can_be_appealed_no_more(
    town: Town,
) -> None:
    run = town.requested(town.evaluated(DISCOUNT))
    with later(80):
        town.approved(run)
        from vanzelf.city.runs import work

        work.award(run.pk)
    with later(100):
        applied()
        award = Award.objects.filter(run=run).exclude(explanation__sealed=None).first()
        assert award is not None
        assert not is_forgotten(award)
        assert check_again(9).differs == ()
    with later(80 + 91):
        applied()
        assert is_forgotten(Award.objects.get(pk=award.pk))


def test_key_goes_when_nothing_is_sealed_with_it_and_copies_open_nowhere(town: Town) -> None:
    town.awarded_right(DISCOUNT)
    day = until(DISCOUNT, clock.today())
    rows = Explanation.objects.exclude(sealed=None)
    copies = [(row.pk, secrets.Sealed(row.key_id, bytes(row.sealed))) for row in rows]
    place = {"table": "verdicts_explanation", "column": "sealed"}
    assert all(secrets.open_sealed(copy, **place, row=row) for row, copy in copies)
    with later(91):
        assert [one.taken for one in sweeping.apply(batch=3, seconds=0)] == []
        assert day in expiring.last_days()
        applied()
        assert day not in expiring.last_days()
    for row, copy in copies:
        with pytest.raises(secrets.ForgottenError):
            secrets.open_sealed(copy, **place, row=row)


def test_sweep_with_keys_of_another_installation_is_refused(town: Town) -> None:
    town.awarded_right(DISCOUNT)

    with taking_away() as cursor:
        cursor.execute(
            "UPDATE verdicts_explanation SET key_id = 'term-2099-01-01' WHERE sealed IS NOT NULL"
        )
    with pytest.raises(sweeping.RetentionError, match=r"term-2099-01-01.*VANZELF_KEYS"):
        list(sweeping.apply())
    assert sweeping.report(0).missing > 0


def test_values_of_before_get_a_key_that_ends(town: Town) -> None:
    run = town.awarded_right(DISCOUNT)
    award = Award.objects.filter(run=run).exclude(explanation__sealed=None).first()
    kept, before = award.explanation, explanation(award)
    place = {"table": "verdicts_explanation", "column": "sealed", "row": kept.pk}
    text = secrets.open_sealed(secrets.Sealed(kept.key_id, bytes(kept.sealed)), **place)
    for_ever = secrets.seal(text, **place)
    with taking_away() as cursor:
        cursor.execute(
            "UPDATE verdicts_explanation SET sealed = %s, key_id = %s WHERE id = %s",
            [for_ever.ciphertext, for_ever.key_id, kept.pk],
        )
    assert applied()["raw-values"] == 1
    kept.refresh_from_db()
    assert kept.key_id == expiring.key_id(until(DISCOUNT, clock.today()))
    assert explanation(Award.objects.get(pk=award.pk)) == before


def test_terms_are_applied_at_night_by_a_worker(town: Town) -> None:
    with clock.fixed(datetime(2011, 1, 1, tzinfo=UTC)):
        record(actor=town.clerk, subjects=[Person.objects.first()], purpose="inzage")
    apply(0)
    assert Look.objects.count() == 0
    assert apply.queue in _others()


def test_command_tells_what_is_past_its_term_and_takes_it_away(town: Town) -> None:
    town.awarded_right(DISCOUNT)
    with later(91):
        told = CliRunner().invoke(command, ["--report"])
        assert (told.exit_code, "PAST THEIR TERM" in told.output) == (1, True)
        done = CliRunner().invoke(command, ["--apply"])
        assert (done.exit_code, "raw-values:" in done.output) == (0, True)
        as_json = CliRunner().invoke(command, ["--json"])
    assert json.loads(as_json.output)["past"] == 0


def test_advice_without_its_values_is_not_decided_on(desk: Desk) -> None:
    _, advice = desk.someone(Outcome.YES)
    Advice.objects.filter(pk=advice.pk).update(explanation=Explanation.objects.create(data={
        "explanation": {"criteria": {"facts": [{"path": "gezin.huurprijs", "type": "sealed",
        "value": None, "origin": {"reason": None}}]}}}))  # fmt: skip
    advice.refresh_from_db()
    with pytest.raises(ValueError, match="controleer opnieuw"):
        awards.decide(advice=advice, by=desk.town.clerk, decision="award")


def test_income_of_a_resident_is_kept_as_long_as_a_decision_can_be_appealed(town: Town) -> None:
    person = Person.objects.first()
    told = {"belastbaar inkomen": Reading("31415.92", "declared/bewoner", clock.now())}
    (fact,) = keep(told, household=person.household)
    assert (fact.value, fact.key_id) == (None, expiring.key_id(longest(clock.today())))
    with later((longest(clock.today()) - clock.today()).days + 1):
        applied()
        fact.refresh_from_db()
    assert (fact.sealed, fact.value, fact.reason) == (None, None, "forgotten")


# Other classes


def test_check_without_a_decision_goes_after_a_year_and_a_decision_stays(desk: Desk) -> None:
    _, advice = desk.someone(Outcome.YES)
    insz = str(desk.people()[0]["insz"])
    desk.check(insz, BAGS)
    awards.decide(advice=advice, by=desk.town.clerk, decision="award")
    with later(364):
        assert applied().get("checks") is None
    with later(368):
        applied()
        assert list(PointCheck.objects.all()) == [advice.check_ref]
        assert list(Advice.objects.all()) == [advice]
        assert Fact.objects.count() == 0
    with later(3660):
        applied()
        assert (Award.objects.count(), Advice.objects.count()) == (0, 0)
        assert PointCheck.objects.count() == 0


def test_found_of_a_run_goes_and_its_awards_stay(town: Town) -> None:
    run = town.awarded()
    given_ = Award.objects.count()
    with later(2 * 366):
        applied()
        assert run.verdicts.count() == run.findings.count() == 0
        assert Award.objects.count() == given_ > 0
        assert explanation(Award.objects.first()) is not None


def test_latest_verdict_on_a_household_that_is_gone_goes(town: Town) -> None:
    town.awarded()
    row = LatestVerdict.objects.first()
    Membership.objects.filter(household=row.household).update(valid_until=clock.today())
    Presence.objects.filter(household=row.household).update(until=row.run.delivery_id + 1)
    with later(80):
        applied()
        assert LatestVerdict.objects.filter(pk=row.pk).exists()
    with later(100):
        applied()
        assert not LatestVerdict.objects.filter(pk=row.pk).exists()
        assert LatestVerdict.objects.exists()


def gone(town: Town) -> Person:
    """Someone who left the register, with their household."""
    person = Person.objects.filter(first_name__gt="").first()
    household = person.household
    Membership.objects.filter(household=household).update(valid_until=clock.today())
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_presence SET until_id = since_id + 1 WHERE household_id = %s",
            [household.pk],
        )
    return person


def test_person_who_left_long_ago_has_no_name_left_and_a_whole_log(town: Town) -> None:
    person = gone(town)
    household = Membership.objects.get(person=person).household
    record(actor=town.clerk, subjects=[person], purpose="inzage", reason="vraag aan het loket")
    with later(5 * 365):
        applied()
        assert Person.objects.get(pk=person.pk).name
    with later(5 * 366 + 1):
        applied()
        nameless = Person.objects.get(pk=person.pk)
        household.refresh_from_db()
        assert (nameless.name, nameless.birth_date) == ("", None)
        assert not InszAlias.objects.filter(person=person).exists()
        assert (household.street, household.postcode) == ("", "")
        assert len(looks_of(nameless)) == 1
        assert Person.objects.filter(first_name__gt="").count() > 1_000


def test_log_gives_up_ten_years_old_lines_only(town: Town) -> None:
    with clock.fixed(datetime(2011, 1, 1, tzinfo=UTC)):
        record(actor=town.clerk, subjects=[Person.objects.first()], purpose="inzage")
    record(actor=town.clerk, subjects=[Person.objects.first()], purpose="inzage")
    applied()
    assert [look.at.year for look in Look.objects.all()] == [clock.now().year]
    with later(4_000):
        assert past("access-log") == 0, "the clock of the database counts too"


@pytest.mark.parametrize("table", ["access_look", "awards_award", "people_person"])
def test_app_takes_nothing_away_by_itself(database: str, table: str) -> None:
    with psycopg.connect(database) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(f"DELETE FROM {table}")


def test_retention_takes_no_young_line_of_the_log(town: Town) -> None:
    record(actor=town.clerk, subjects=[Person.objects.first()], purpose="inzage")
    with pytest.raises(ProgrammingError, match="keeps each line ten years"), taking_away() as c:
        c.execute("DELETE FROM access_looksubject")


def test_backups_past_their_term_go(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()
    monkeypatch.setenv("VANZELF_BACKUPS", str(backups))
    (backups / "monday.dump").write_text("…")
    with later(35):
        assert applied().get("backups") is None
    with later(37):
        assert applied()["backups"] == 1
    assert list(backups.iterdir()) == []


def test_sweep_that_was_cut_short_goes_on(town: Town) -> None:
    town.awarded_right(DISCOUNT)
    with later(91):
        due = past("raw-values")
        assert due > 4
        rule = RULES["raw-values"][0]
        assert rule.take(clock.now(), 4) == 4
        assert past("raw-values") == due - 4
        assert applied()["raw-values"] == due - 4
        report = sweeping.report(4)
    assert (report.past, report.missing) == (0, 0)
    assert report.last is not None
    assert report.as_data()["past"] == 0


def test_report_of_a_new_city_has_nothing_past_its_term(town: Town) -> None:
    assert sweeping.report(0).past == 0
    assert applied() == {}


def test_finished_work_and_ended_sessions_go(town: Town) -> None:
    from procrastinate.contrib.django import app

    for _ in range(2):
        app.configure_task("retention.apply").defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'succeeded'"
            " WHERE id = (SELECT min(id) FROM procrastinate_jobs)"
        )
        cursor.execute(
            "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp, job_id)"
            " SELECT 'retention.apply', 1, min(id) FROM procrastinate_jobs"
        )
        cursor.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date)"
            " VALUES ('a', '', %s), ('b', '', %s)",
            [clock.now() + timedelta(days=30), clock.now() + timedelta(days=60)],
        )
    with later(32):
        assert applied() == {"jobs": 1, "sessions": 1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs")
        assert cursor.fetchall() == [("todo",)]


def test_run_of_which_nothing_is_kept_is_not_rechecked(town: Town) -> None:
    run = town.awarded()
    assert [one.rechecks for one in preparing.prepare(since=run.on, by=town.preparer)] == [run]
    with later(2 * 366):
        applied()
        assert preparing.prepare(since=run.on, by=town.preparer) == []


def test_file_of_terms_without_a_class_is_refused(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "own.yaml"
    shipped = (SHIPPED / "retention.yaml").read_text()
    file.write_text(shipped[shipped.index("facts:") :])
    monkeypatch.setenv("VANZELF_RETENTION", str(file))
    with pytest.raises(sweeping.RetentionError, match="raw-values"):
        list(sweeping.apply())
