"""The city's own lists: delivered, looked at, taken in by a person, and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pyarrow.parquet as parquet
import pytest
from django.core.exceptions import PermissionDenied

from tests.city.conftest import BAGS, DAY, Desk, Town
from vanzelf.city import clock, secrets
from vanzelf.city.lawfulness.queries import in_force
from vanzelf.city.lists import domain, grounds, laid, queries
from vanzelf.city.lists.models import Delivery, ListedRow, State
from vanzelf.city.lists.queries import Doubt
from vanzelf.city.lists.rows import StoredRows
from vanzelf.city.people.queries import find_person
from vanzelf.city.reasons import ReasonError
from vanzelf.city.runs.models import Run
from vanzelf.city.runs.states import NotNow
from vanzelf.city.verdicts.models import Outcome
from vanzelf.city.verdicts.queries import explanation
from vanzelf.synthetic import cast

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
REASON = "De dienst schreef dat deze lijst klopt."
HEADER = "insz;hulp;van;tot\n"


@pytest.fixture(autouse=True)
def in_january() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


def insz(key: str) -> str:
    return next(one.insz for one in cast() if one.key == key)


def budget(*rows: str) -> bytes:
    return (HEADER + "".join(f"{row}\n" for row in rows)).encode()


def delivered(
    town: Town, data: bytes, *, as_of: date = date(2026, 1, 12), complete: bool = True
) -> Delivery:
    return domain.deliver(
        name="ocmw-budget",
        data=data,
        file_name="budget.csv",
        as_of=as_of,
        complete=complete,
        by=town.preparer,
    )


def taken(town: Town, data: bytes, reason: str = "") -> Delivery:
    return domain.take_in(delivery=delivered(town, data), by=town.preparer, reason=reason)


def helped(number: str, fact: str = "budgetbeheer") -> object:
    (own,) = (own for own in queries.current() if own.layout.name == "ocmw-budget")
    return own.readings([number], DAY)[fact].value


def test_deliver_shows_a_preview_and_take_in_puts_it_in_use(town: Town) -> None:
    amina, bram = insz("amina"), insz("bram")
    found = delivered(town, budget(f"{amina};budgetbeheer;01/01/2025;"))
    assert (found.state, found.read, found.kept) == (State.PREVIEW, 1, 1)
    assert found.differences["new"] == {"budgetbeheer": 1}
    assert found.grounds == ["DEMO-PROT 2024/7"]
    before = helped(bram)
    assert before is False  # from the folder beside the city
    domain.take_in(delivery=found, by=town.preparer)
    assert helped(amina) is True
    assert helped(bram) is False


def test_point_check_uses_the_list_that_was_taken_in_last(desk: Desk) -> None:
    number = next(
        str(row["insz"])
        for row in parquet.read_table(desk.town.folder / "persons.parquet").to_pylist()
        if not (row["increased_reimbursement"] or row["budget_guidance"] or row["deceased"])
        and row["position"] == "01"
    )
    taken(desk.town, budget(f"{number};budgetbeheer;01/01/2025;"))
    (after,) = desk.check(number, BAGS)
    assert after.outcome == Outcome.YES
    facts = after.check_ref.facts.filter(fact="persoon.budgetbeheer")
    assert {(fact.source, fact.value) for fact in facts} >= {("lists/ocmw-budget", True)}


def unlisted(town: Town) -> dict[str, object]:
    """A reference person in Ghent whom nothing makes eligible, so far as the delivery says."""
    homes = parquet.read_table(town.folder / "households.parquet").to_pylist()
    ghent = {
        home["household"]
        for home in homes
        if home["municipality"] == "44021" and not (home["collective"] or home["family_errors"])
    }
    people = parquet.read_table(town.folder / "persons.parquet").to_pylist()
    helped = {
        one["household"]
        for one in people
        if one["increased_reimbursement"] is not False
        or one["source_trouble"]
        or one["other_municipality"]
        or any(one[name] for name in ("budget_guidance", "budget_management", "deceased"))
        or one["collective_debt_settlement"]
    }
    return next(one for one in people if one["household"] in ghent - helped)


def outcome(run: Run, someone: dict[str, object]) -> str:
    household = find_person(str(someone["insz"])).household  # type: ignore[union-attr]
    found = {
        home: outcome
        for piece in run.findings.all()
        for home, outcome in zip(piece.households, piece.outcomes, strict=True)
    }
    return Outcome(found[household.pk]).label


def test_run_uses_the_list_that_was_taken_in_last(town: Town) -> None:
    someone = unlisted(town)
    assert outcome(town.evaluated(), someone) == "NO"
    found = taken(town, budget(f"{someone['insz']};budgetbeheer;01/01/2025;"))
    run = town.evaluated(on=date(2026, 1, 16))
    assert outcome(run, someone) == "YES"
    assert run.result["lists"] == {"ocmw-budget": found.pk}
    assert not list(laid.file_of(run.pk).parent.glob("*"))


def test_run_with_a_list_past_its_date_does_not_know(town: Town) -> None:
    someone = unlisted(town)
    delivery = delivered(town, budget(), as_of=date(2025, 9, 1))
    domain.take_in(delivery=delivery, by=town.preparer, reason=REASON)
    run = town.evaluated()
    assert outcome(run, someone) == "UNKNOWN"
    household = find_person(str(someone["insz"])).household  # type: ignore[union-attr]
    data = explanation(run.verdicts.get(household=household))
    assert "stale" in json.dumps(data)


def numbers(town: Town, count: int) -> list[str]:
    return parquet.read_table(town.folder / "persons.parquet")["insz"][:count].to_pylist()


def of_people(people: Iterable[str], extra: str = "") -> bytes:
    return budget(*(f"{one};budgetbeheer;01/01/2025;" for one in people), *filter(None, [extra]))


def test_delivery_with_mistakes_keeps_no_rows_and_tells_each(town: Town) -> None:
    number = insz("amina")
    found = delivered(town, budget(f"{number};budgetbeheer;01/01/2025;", f"{number};hulp;2025;"))
    assert (found.state, found.problem_count) == (State.WRONG, 2)
    assert not ListedRow.objects.filter(delivery=found).exists()
    problems = queries.problems(found, viewer=town.preparer)
    assert [(one.row, one.column) for one in problems] == [(3, "hulp"), (3, "van")]
    assert b"hulp" not in bytes(found.problems or b"")
    with pytest.raises(NotNow):
        domain.take_in(delivery=found, by=town.preparer)


def test_only_staff_who_may_deliver_and_take_in(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        domain.deliver(
            name="ocmw-budget",
            data=budget(),
            file_name="x.csv",
            as_of=DAY,
            complete=True,
            by=town.clerk,
        )
    found = delivered(town, budget())
    with pytest.raises(PermissionDenied):
        domain.take_in(delivery=found, by=town.clerk)


def test_list_that_shrinks_asks_for_a_reason(town: Town) -> None:
    people = numbers(town, 10)
    taken(town, of_people(people))
    assert queries.doubts(delivered(town, of_people(people[:8]))) == []
    smaller = delivered(town, of_people(people[:7]))
    assert queries.doubts(smaller) == [Doubt.SMALLER]
    with pytest.raises(ReasonError):
        domain.take_in(delivery=smaller, by=town.preparer)
    kept = domain.take_in(delivery=smaller, by=town.preparer, reason=REASON)
    assert kept.reason == REASON


def test_older_stale_or_partial_list_asks_for_a_reason(town: Town) -> None:
    taken(town, budget())
    assert queries.doubts(delivered(town, budget(), complete=False)) == [Doubt.PARTIAL]
    old = delivered(town, budget(), as_of=date(2025, 9, 1))
    assert queries.doubts(old) == [Doubt.OLDER, Doubt.STALE]
    with pytest.raises(domain.DeliveryError):
        delivered(town, budget(), as_of=DAY + timedelta(days=1))


def test_undo_goes_back_to_the_list_before(town: Town) -> None:
    amina, bram = insz("amina"), insz("bram")
    first = taken(town, of_people([amina]))
    second = taken(town, of_people([bram]))
    assert (helped(amina), helped(bram)) == (False, True)
    with pytest.raises(NotNow):
        domain.undo(delivery=first, by=town.approver, reason=REASON)
    assert domain.undo(delivery=second, by=town.approver, reason=REASON) == first
    assert (helped(amina), helped(bram)) == (True, False)
    assert domain.undo(delivery=first, by=town.approver, reason=REASON) is None
    assert not [own for own in queries.current() if own.layout.name == "ocmw-budget"]


def test_delivery_compared_with_another_than_is_in_use_is_looked_at_again(town: Town) -> None:
    waiting = delivered(town, of_people(numbers(town, 2)))
    taken(town, of_people(numbers(town, 3)))
    with pytest.raises(NotNow):
        domain.take_in(delivery=waiting, by=town.preparer)
    waiting.refresh_from_db()
    assert (waiting.differences["same"], waiting.differences["ended"]) == (
        {"budgetbeheer": 2},
        {"budgetbeheer": 1},
    )
    domain.take_in(delivery=waiting, by=town.preparer, reason=REASON)


def test_facts_without_a_ground_are_not_kept(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    lawful = in_force()
    limited = [
        replace(one, facts=one.facts - {"budgetbegeleiding"})
        if "PROT 2024/7" in one.reference
        else one
        for one in lawful.all
    ]
    monkeypatch.setattr(grounds, "in_force", lambda: replace(lawful, all=tuple(limited)))
    first, second = numbers(town, 2)
    data = budget(f"{first};budgetbeheer;01/01/2025;", f"{second};budgetbegeleiding;01/01/2025;")
    found = delivered(town, data)
    assert (found.kept, found.left_out) == (1, 1)
    assert [row.code for row in StoredRows(found)] == ["budgetbeheer"]


def test_rows_are_sealed_and_not_to_be_joined_with_people(town: Town) -> None:
    number = insz("amina")
    found = taken(town, of_people([number]))
    row = ListedRow.objects.get(delivery=found)
    assert number.encode() not in bytes(row.ciphertext)
    assert bytes(row.index) != secrets.blind_index(number)
    assert [one.about for one in StoredRows(found).about((number,))] == [(number,)]


def test_streets_are_found_whatever_their_capitals_and_by_the_list_of_the_day(town: Town) -> None:
    def streets(zone: str, as_of: date) -> Delivery:
        found = domain.deliver(
            name="waste-zones",
            data=f"postcode;straat;zone\n9000;Kouter;{zone}\n".encode(),
            file_name="zones.csv",
            as_of=as_of,
            complete=True,
            by=town.preparer,
        )
        return domain.take_in(delivery=found, by=town.preparer, reason=REASON)

    def zone(on: date) -> object:
        (own,) = (own for own in queries.current(on) if own.layout.name == "waste-zones")
        return own.value(("9000", "KOUTER"), on).value

    streets("Z", date(2025, 6, 1))
    streets("container", date(2026, 1, 10))
    assert (zone(DAY), zone(date(2025, 7, 1))) == ("container", "Z")


def test_stale_tells_which_lists_end_soon(town: Town) -> None:
    taken(town, budget())
    last = date(2026, 1, 12) + timedelta(days=100)
    assert "ocmw-budget" not in {one.layout.name for one in queries.stale(DAY)}
    soon = {one.layout.name: one for one in queries.stale(last - timedelta(days=10))}
    assert soon["ocmw-budget"].days_left(last) == 0
    assert queries.stale(last + timedelta(days=1), days=0)[0].days_left(last) is not None


def test_rows_go_when_their_term_is_past_and_nobody_becomes_a_no(town: Town) -> None:
    amina = insz("amina")
    first = taken(town, of_people([amina]))
    waiting = delivered(town, of_people(numbers(town, 2)))
    wrong = delivered(town, budget("x;y;z;"))
    assert domain.past_term(NOW) == 0
    later = NOW + timedelta(days=2)
    with clock.fixed(later):
        assert (domain.past_term(later), domain.remove_expired(later)) == (2, 2)
    waiting.refresh_from_db()
    wrong.refresh_from_db()
    assert (waiting.state, wrong.state, wrong.problems) == (State.DISCARDED,) * 2 + (None,)
    assert helped(amina) is True
    ended = datetime.combine(first.rows_until, time(12), UTC) + timedelta(days=1)
    with clock.fixed(ended):
        assert domain.remove_expired(ended) == 1
        assert domain.past_term(ended) == 0
        assert not ListedRow.objects.exists()
        assert not [own for own in queries.current() if own.layout.name == "ocmw-budget"]
