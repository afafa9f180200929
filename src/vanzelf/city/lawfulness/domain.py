"""Taking in authorisations, changing when one ends, and writing down what was asked under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import IntegrityError, transaction

from vanzelf.city import clock
from vanzelf.city.lawfulness.models import Entry, SentQuestion
from vanzelf.city.lawfulness.queries import latest, taken_in
from vanzelf.city.reasons import written
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require
from vanzelf.sources import Asked
from vanzelf.sources.data import DataError
from vanzelf.sources.lawfulness import Lawfulness, load_authorisations
from vanzelf.sources.lawfulness.writing import activity_data, authorisation_data

Kind, Origin = Entry.Kind, Entry.Origin
Place = tuple[str, str]  # kind and key


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a file changed, as "kind key" each."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: int

    @property
    def nothing(self) -> bool:
        return not (self.new or self.changed or self.removed)


def take_in(
    *, file: Path | None = None, by: StaffMember | None = None, reason: str = ""
) -> TakenIn:
    """Takes in a file of authorisations (None: the shipped, invented ones), wholly or not at all.

    What differs becomes a new version; what stood in an earlier file of the same origin and is
    not in this one is removed. The shipped ones never replace what the city took in or changed
    itself. `by` None is the system, at the making of a demonstration. Raises `DataError`, also
    when what is left of other files would no longer fit together.
    """
    if by is not None:
        require(by, "authorisations.change")
        reason = written(reason, "waarom je dit bestand inleest")
    origin = Origin.OWN if file else Origin.SHIPPED
    wanted = dict(_contents(load_authorisations(file)))
    try:
        with transaction.atomic():
            done = _versions(wanted, origin, by, reason)
            taken_in()  # the whole must still be read, or nothing could be asked any more
    except IntegrityError:  # a number is taken: someone took in a file in the same moment
        raise DataError("Iemand las net een bestand in. Kijk opnieuw.") from None
    return done


def _versions(
    wanted: dict[Place, dict[str, object]], origin: str, by: StaffMember | None, reason: str
) -> TakenIn:
    before = {(entry.kind, entry.key): entry for entry in latest()}
    made: dict[str, list[str]] = {"new": [], "changed": [], "removed": []}

    def version(place: Place, content: dict[str, object] | None, what: str) -> Entry:
        made[what].append(" ".join(place))
        number = before[place].number + 1 if place in before else 1
        return _entry(place, number, content, origin, by, reason)

    fresh = []
    for place, content in wanted.items():
        entry = before.get(place)
        kept = entry is not None and origin == Origin.SHIPPED and entry.origin != origin
        if kept or (entry is not None and entry.content == content):
            continue
        gone = entry is None or entry.content is None
        fresh.append(version(place, content, "new" if gone else "changed"))
    for place, entry in before.items():
        if place not in wanted and entry.origin == origin and entry.content is not None:
            fresh.append(version(place, None, "removed"))
    Entry.objects.bulk_create(fresh)
    same = len(wanted) - len(made["new"]) - len(made["changed"])
    return TakenIn(tuple(made["new"]), tuple(made["changed"]), tuple(made["removed"]), same)


def change_end(*, reference: str, until: date | None, by: StaffMember, reason: str) -> Entry:
    """Lets an authorisation of the database end on another day (inclusive; None: no end).

    From then on nothing is asked under it after that day. Raises LookupError when it is not in
    the database, ValueError when it would end before it begins or nothing would change.
    """
    require(by, "authorisations.change")
    reason = written(reason, "waarom de machtiging op een andere dag eindigt")
    versions = Entry.objects.filter(kind=Kind.AUTHORISATION, key=reference)
    present = versions.order_by("-number").first()
    if present is None or present.content is None:
        raise LookupError(f"Er is geen machtiging {reference!r} in de databank.")
    if until is not None and until.isoformat() < present.content["valid_from"]:
        raise ValueError("De laatste dag ligt voor de eerste dag van de machtiging.")
    content = {**present.content, "valid_until": until.isoformat() if until else None}
    if content == present.content:
        raise ValueError("De machtiging eindigt al op die dag.")
    place = (present.kind, present.key)
    entry = _entry(place, present.number + 1, content, Origin.OWN, by, reason)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:  # the number is taken: someone changed it in the same moment
        raise ValueError("Iemand wijzigde deze machtiging net. Kijk opnieuw.") from None
    return entry


def keep_questions(questions: Iterable[Asked]) -> None:
    """Writes down the questions that left; who they were about stands in the log of looks."""
    SentQuestion.objects.bulk_create(
        SentQuestion(
            at=question.at,
            service=question.service,
            purpose=question.purpose,
            authorisation=question.authorisation,
            facts=list(question.facts),
            outcome=question.outcome,
            reference=question.reference,
        )
        for question in questions
    )


def keep_file(
    *,
    service: str,
    purpose: str,
    authorisation: str,
    facts: Iterable[str],
    persons: int,
    outcome: str,
    reference: str,
) -> SentQuestion:
    """Writes down a question by file, about so many persons; `reference` is the file's."""
    return SentQuestion.objects.create(
        at=clock.now(),
        service=service,
        purpose=purpose,
        authorisation=authorisation,
        facts=sorted(facts),
        persons=persons,
        outcome=outcome,
        reference=reference,
    )


def _contents(lawfulness: Lawfulness) -> Iterator[tuple[Place, dict[str, object]]]:
    for purpose in lawfulness.purposes.values():
        yield (str(Kind.PURPOSE), purpose.id), {"title": purpose.title}
    for activity in lawfulness.activities.values():
        yield (str(Kind.ACTIVITY), activity.id), activity_data(activity)
    for each in lawfulness.all:
        yield (str(Kind.AUTHORISATION), each.reference), authorisation_data(each)


def _entry(
    place: Place,
    number: int,
    content: dict[str, object] | None,
    origin: str,
    by: StaffMember | None,
    reason: str,
) -> Entry:
    kind, key = place
    return Entry(
        kind=kind,
        key=key,
        number=number,
        content=content,
        origin=origin,
        at=clock.now(),
        by=by,
        reason=reason,
    )
