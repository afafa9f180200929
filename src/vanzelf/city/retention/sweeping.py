"""Bringing every class of data back to its term, and the report that proves that it is.

In batches, each a transaction of its own: killed at any moment, the next one goes on. What cannot
be done is told, and the rest goes on.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from datetime import time as midnight
from typing import Any

from vanzelf.city import clock
from vanzelf.city.database import advisory_lock
from vanzelf.city.retention.again import SAMPLE, Again, check_again
from vanzelf.city.retention.classes import DataClass, class_of, classes
from vanzelf.city.retention.forgetting import first_key_in_use, missing_keys
from vanzelf.city.retention.models import Sweep
from vanzelf.city.retention.rows import BATCH, Found, standing
from vanzelf.city.retention.rules import RULES
from vanzelf.city.retention.terms import Term
from vanzelf.city.secrets import expiring

log = logging.getLogger(__name__)


class RetentionError(RuntimeError):
    """The terms cannot be applied; the message says what to do."""


@dataclass(frozen=True)
class Kept:
    """A class of data, and what stands where."""

    data_class: DataClass
    found: tuple[Found, ...]

    @property
    def past(self) -> int:
        """How much is past its term, and must be 0."""
        return sum(one.past for one in self.found)

    def as_data(self) -> dict[str, Any]:
        """As JSON knows it."""
        one = self.data_class
        return {
            "id": one.id,
            "name": one.names["nl"],
            "kept_for": one.kept_for("nl"),
            "from": one.counted_from["nl"],
            "then": one.then,
            "ground": one.ground["nl"],
            "invented": one.invented,
            "past": self.past,
            "places": [
                {**found._asdict(), "oldest": found.oldest and found.oldest.isoformat()}
                for found in self.found
            ],
        }


@dataclass(frozen=True)
class Report:
    """What is kept of each class, on a day."""

    on: date
    kept: tuple[Kept, ...]
    old_keys: int
    """Keys of which the day is past, and that are there still."""
    missing: int
    """Sealed values of which the key should be there and is not."""
    last: datetime | None
    """When the terms were last applied from beginning to end."""
    again: Again
    """A sample of decisions, checked again from their own record."""

    @property
    def past(self) -> int:
        """All that should have gone, keys too; 0 proves that the terms hold."""
        return sum(one.past for one in self.kept) + self.old_keys

    def as_data(self) -> dict[str, Any]:
        """The report as JSON knows it; nobody's data are in it."""
        return {
            "on": self.on.isoformat(),
            "past": self.past,
            "last_applied": self.last and self.last.isoformat(),
            "keys": {"past": self.old_keys, "missing": self.missing},
            "checked_again": asdict(self.again),
            "classes": [one.as_data() for one in self.kept],
        }


@dataclass(frozen=True)
class Swept:
    """What applying the terms did to one class."""

    data_class: str
    taken: int
    problem: str = ""


def report(sample: int = SAMPLE) -> Report:
    """What there is of each class, its oldest and what is past its term, and so many of the latest
    decisions checked again; changes nothing."""
    today = clock.today()
    whole = Sweep.objects.filter(data_class="").order_by("-at").first()
    return Report(
        on=today,
        kept=tuple(Kept(one, _look(one)) for one in classes()),
        old_keys=sum(day < today for day in expiring.last_days()),
        missing=sum(missing_keys().values()),
        last=whole.at if whole else None,
        again=check_again(sample),
    )


def apply(*, seconds: float | None = None, batch: int = BATCH) -> Iterator[Swept]:
    """Brings each class back to its term, and says of each what went; ends early, to go on another
    time, when it took longer than `seconds`. Nothing when another process is at it.

    Raises RetentionError before anything, when the keys do not belong to this database or a class
    has no term.
    """
    _refuse_without_term()
    with advisory_lock("retention") as held:
        if not held:
            return
        _refuse_foreign_keys()
        end = time.monotonic() + seconds if seconds is not None else None
        whole = True
        for name in RULES:
            swept = _sweep(name, batch, end)
            whole = whole and not swept.problem
            if swept.taken or swept.problem:
                yield swept
        keys = _destroy_keys()
        if whole and not _is_over(end):
            left = sum(found.past for one in classes() for found in _look(one))
            Sweep.objects.create(at=clock.now(), taken=0, past=left, keys=keys)


def _refuse_without_term() -> None:
    missing = RULES.keys() - {one.id for one in classes()}
    if missing:
        names = ", ".join(sorted(missing))
        raise RetentionError(f"the file of VANZELF_RETENTION has no term for {names}: add them.")


def _refuse_foreign_keys() -> None:
    missing = missing_keys()
    if missing:
        names = ", ".join(sorted(missing)[:3])
        raise RetentionError(
            f"{sum(missing.values())} values are sealed with keys that are not in the folder of"
            f" the keys ({names}): put back the copy of the keys, or set VANZELF_KEYS."
        )


def _look(one: DataClass) -> tuple[Found, ...]:
    if one.id not in RULES:
        return tuple(standing(table) for table in one.tables)
    before = _before(one)
    return tuple(rule.look(before) for rule in RULES[one.id])


def _before(one: DataClass) -> datetime:
    """What began before this moment is past its term: midnight in Ghent."""
    term = one.term or Term()
    return datetime.combine(term.before(clock.today()), midnight(), clock.GHENT)


def _sweep(name: str, batch: int, end: float | None) -> Swept:
    one, taken, problem = class_of(name), 0, ""
    try:
        for rule in RULES[name]:
            while not _is_over(end):
                went = rule.take(_before(one), batch)
                taken += went
                if went == 0:
                    break
    except Exception as error:  # told, and the other classes go on
        problem = f"{type(error).__name__}: {error}".strip()
        log.warning("could not be brought back to its term", extra={"kind": name})
    if taken:
        past = sum(found.past for found in _look(one))
        Sweep.objects.create(at=clock.now(), data_class=name, taken=taken, past=past)
    return Swept(name, taken, problem)


def _destroy_keys() -> int:
    """Destroys the keys of past days, when nothing is sealed with them any more."""
    first = first_key_in_use()
    today = clock.today()
    return len(expiring.destroy_before(min(first, today) if first else today))


def _is_over(end: float | None) -> bool:
    return end is not None and time.monotonic() >= end
