"""What a delivery holds and would change: put down before anyone decides about it."""

from __future__ import annotations

import json

from vanzelf.city import secrets
from vanzelf.city.database import reserve_ids
from vanzelf.city.lists import rows
from vanzelf.city.lists.grounds import ground
from vanzelf.city.lists.layouts import layout
from vanzelf.city.lists.models import Delivery, State
from vanzelf.sources.lists import Checked, Problem, Row, differences

SEALED = {"table": "lists_delivery", "column": "problems"}


def in_use(name: str) -> Delivery | None:
    """The delivery of a list that was taken in last and not taken back."""
    taken = Delivery.objects.filter(name=name, state=State.TAKEN).order_by("-taken_at", "-pk")
    return taken.first()


def conclude(delivery: Delivery, checked: Checked) -> Delivery:
    """Writes down what was found: the rows, or what is wrong. In the caller's transaction."""
    if delivery.pk is None:
        (delivery.pk,) = reserve_ids("lists_delivery", 1)
    found = ground(layout(delivery.name))
    kept = [row for row in checked.rows if _fact(delivery, row) in found.facts]
    delivery.read, delivery.kept = checked.read, len(kept)
    delivery.left_out = len(checked.rows) - len(kept)
    delivery.grounds = list(found.references)
    delivery.digest = rows.marks(kept)
    if checked.problems:
        delivery.state = State.WRONG
        _seal(delivery, checked.problems)
    else:
        delivery.state = State.PREVIEW
        _compare(delivery, kept)
    delivery.save()
    if delivery.state == State.PREVIEW:
        rows.write(delivery, kept)
    return delivery


def compare(delivery: Delivery) -> None:
    """Looks at the differences anew, with the delivery that is in use now."""
    _compare(delivery, list(rows.StoredRows(delivery)))


def problems(delivery: Delivery) -> list[Problem]:
    """What is wrong with a delivery, by row; nothing any more when the term of that is past."""
    if delivery.problems is None:
        return []
    sealed = secrets.Sealed(delivery.key_id, bytes(delivery.problems))
    try:
        text = secrets.open_sealed(sealed, **SEALED, row=delivery.pk)
    except secrets.ForgottenError:  # before the delivery itself was emptied
        return []
    return [Problem.from_data(one) for one in json.loads(text)]


def _compare(delivery: Delivery, kept: list[Row]) -> None:
    before = delivery.compared_with = in_use(delivery.name)
    delivery.differences = differences(
        rows.StoredRows(before) if before else (),
        kept,
        delivery.as_of,
        personal=layout(delivery.name).person is not None,
    ).as_data()


def _seal(delivery: Delivery, found: tuple[Problem, ...]) -> None:
    text = json.dumps([one.as_data() for one in found], ensure_ascii=False)
    until = delivery.rows_until
    delivery.key_id, delivery.problems = secrets.seal(text, **SEALED, row=delivery.pk, until=until)
    delivery.problem_count = len(found)


def _fact(delivery: Delivery, row: Row) -> str:
    """The fact a row is about: of an address the one fact that the list gives."""
    found = layout(delivery.name)
    return row.code if found.person else found.facts[0]
