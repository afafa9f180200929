"""An inquiry, stage by stage. Killed at any moment, it goes on where it was.

A stage and its order are written down together, before anything is sent; sending an order goes on
where it was by itself. So nothing is asked twice, and nothing is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.bulk import domain as bulk
from vanzelf.city.bulk import laying, ordering, queries
from vanzelf.city.bulk import work as sending
from vanzelf.city.bulk.models import Order
from vanzelf.city.database import advisory_lock
from vanzelf.city.inquiries import known
from vanzelf.city.inquiries.models import Inquiry, LeftOut, Stage, State
from vanzelf.city.runs.states import NotNow
from vanzelf.sources.catalogue import shipped
from vanzelf.sources.lawfulness import NoAuthorisation
from vanzelf.sources.magda.bulk import SERVICE, BulkSettings, MailboxError
from vanzelf.sources.planning import Planner, everything, left_out
from vanzelf.sources.planning.people import Rows

PIECE = 10_000  # persons in one row
Tell = Callable[[str], None]


def go_on(inquiry_id: int, tell: Tell | None = None) -> Inquiry:
    """Asks stage after stage, until answers must be waited for or nothing that may be asked can
    change a verdict. Raises MailboxError, NoAuthorisation: then it stays where it is, with the
    problem, as with any other error; NotNow when someone else is at it."""
    with advisory_lock(f"inquiry {inquiry_id}") as held:
        if not held:
            raise NotNow(f"Someone else is going on with inquiry {inquiry_id}.")
        Inquiry.objects.filter(pk=inquiry_id).update(tried_at=clock.now())
        try:
            while _step(inquiry_id, tell or (lambda _: None)):
                pass
        except Exception as error:
            told = isinstance(error, (MailboxError, NoAuthorisation, NotNow))
            problem = str(error) if told else f"{type(error).__name__}: {error}"
            Inquiry.objects.filter(pk=inquiry_id).update(problem=problem)
            raise
        Inquiry.objects.filter(pk=inquiry_id).update(problem="")
    return Inquiry.objects.get(pk=inquiry_id)


def _step(inquiry_id: int, tell: Tell) -> bool:
    """One thing that can be done now; False when there is nothing left to do, or to wait for."""
    inquiry = Inquiry.objects.get(pk=inquiry_id)
    if inquiry.ended:
        return False
    stage = inquiry.stages.filter(closed_at=None).first()
    if stage is None:
        return not _waits(inquiry) and _ask(inquiry, tell)
    if stage.order is not None:
        if stage.order.files.to_send().exists():
            sending.send(stage.order.pk)
            tell(f"Stage {stage.number} was sent.")
        found = queries.standing(stage.order)
        if found.waits:
            _move(inquiry, State.WAITING)
            return False
        stage.answered = found.answered
    stage.closed_at = clock.now()
    stage.save(update_fields=["answered", "closed_at"])
    return True


def _waits(inquiry: Inquiry) -> bool:
    """Whether someone else's order for the same day is not answered yet: its answers count."""
    facts = {fact for right in inquiry.rights for fact in _facts(right, inquiry)}
    others = Order.objects.filter(on=known.day_of(inquiry), facts__overlap=sorted(facts))
    waits = any(queries.standing(one).waits for one in others)
    if waits:
        _move(inquiry, State.WAITING)
    return waits


def _facts(right: str, inquiry: Inquiry) -> list[str]:
    return [path.partition(".")[2] for path in known.planner_of(right, inquiry.on).facts]


def _ask(inquiry: Inquiry, tell: Tell) -> bool:
    """Plans the next stage and writes it down with its order; ends the inquiry when there is
    nothing to ask."""
    delivery, questions = known.Delivery.read(), dict[str, set[int]]()
    standings = [known.standing(inquiry, right, delivery) for right in inquiry.rights]
    for one in standings:
        _require_ground(inquiry, one.planner)
        found = one.planner.next(
            one.known, one.asked, one.who, at_once=inquiry.at_once, amounts=True
        )
        for path, rows in found.items():
            questions.setdefault(path.partition(".")[2], set()).update(one.persons[rows].tolist())
    if not questions:
        _finish(inquiry, standings)
        tell("Nothing that may be asked by file can change a verdict any more.")
        return False
    number = inquiry.stages.count() + 1
    with transaction.atomic():
        locked = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
        if locked.ended:
            return False
        order = bulk.order(
            regulation_ids=inquiry.rights,
            on=inquiry.on,
            by=inquiry.by,
            settings=BulkSettings.from_env(),
            facts={fact: sorted(persons) for fact, persons in questions.items()},
            queue=False,
        )
        counts = {fact: len(persons) for fact, persons in questions.items()}
        Stage.objects.create(
            inquiry=locked, number=number, order=order, questions=counts, at=clock.now()
        )
        locked.state = State.ASKING
        locked.save(update_fields=["state"])
    tell(f"Stage {number} asks {sum(counts.values()):,} questions: {', '.join(sorted(counts))}.")
    return True


def _require_ground(inquiry: Inquiry, planner: Planner) -> None:
    """What was asked before, or all that a list can ask, may not be out of bounds by now: then
    nothing more is asked because it may not, and not because it is of no use."""
    served = ordering.serving([planner.regulation], shipped()).keys()
    now = {path.partition(".")[2] for path in planner.facts}
    before = {fact for stage in inquiry.stages.all() for fact in stage.questions}
    ended = (served & before) - now or (served if not now else set())
    if ended:
        raise NoAuthorisation(known.PURPOSE, SERVICE.name, sorted(ended))


def _finish(inquiry: Inquiry, standings: list[known.Standing]) -> None:
    """Lays the answers beside the delivery, keeps what was not asked and why, and ends."""
    day = known.day_of(inquiry)
    if Order.objects.filter(on=day).exclude(facts=[]).exists():
        laying.lay(day)  # answers to earlier orders count as well: no stage asks them again
    asked: dict[str, set[int]] = {}
    with transaction.atomic():
        locked = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
        if locked.ended:
            return
        for one in standings:
            for fact, persons in _everyone(one).items():
                asked.setdefault(fact, set()).update(persons)
            LeftOut.objects.bulk_create(_left(locked, one))
        locked.everything = {fact: len(persons) for fact, persons in asked.items()}
        locked.state, locked.finished_at = State.DONE, clock.now()
        locked.save(update_fields=["everything", "state", "finished_at"])


def _everyone(one: known.Standing) -> dict[str, list[int]]:
    """By fact of whom asking everything would ask it."""
    return {
        path.partition(".")[2]: _known_persons(one, rows)
        for path, rows in everything(one.planner, one.known).items()
    }


def _left(inquiry: Inquiry, one: known.Standing) -> list[LeftOut]:
    right, found = one.planner.regulation.id, []
    for path, why, rows in left_out(one.planner, one.known, one.asked, one.who):
        persons, fact = _known_persons(one, rows), path.partition(".")[2]
        found += [
            LeftOut(inquiry=inquiry, right=right, fact=fact, why=why, persons=persons[at:][:PIECE])
            for at in range(0, len(persons), PIECE)
        ]
    return found


def _known_persons(one: known.Standing, rows: Rows) -> list[int]:
    found = one.persons[rows]
    return [int(person) for person in found[found != known.NOBODY]]


def _move(inquiry: Inquiry, state: State) -> None:
    Inquiry.objects.filter(pk=inquiry.pk, finished_at=None).update(state=state)
