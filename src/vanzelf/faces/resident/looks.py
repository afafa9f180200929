"""Who looked, in words: never the value of a datum, only which data and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf.city.access.models import Actor, Look
from vanzelf.city.people.models import Person
from vanzelf.faces.look.regulations import fact_name, name_of

MANY = 4
PURPOSES = {
    "controle": gettext_noop("Checked your rights"),
    "toekenning": gettext_noop("Read a dossier before approval"),
    "beslissing": gettext_noop("Decided on a right"),
    "intrekking": gettext_noop("Took an award back"),
    "hercontrole": gettext_noop("Checked again after a source was corrected"),
    "inzage": gettext_noop("Looked at the outcome"),
    "bevraging": gettext_noop("Asked a source about you"),
    "teruggehouden": gettext_noop("Did not ask a source about you after all"),
    "melding": gettext_noop("Took in a change that a source told"),
    "verklaring": gettext_noop("Answered a question"),
    "inschrijving": gettext_noop("Told MAGDA that the city holds a file on you"),
    "uitschrijving": gettext_noop("Told MAGDA that the city holds no file on you any more"),
}


@dataclass(frozen=True)
class Shown:
    who: str
    how: str
    right: str
    facts: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Visit:
    """Several looks that belong together; each stands apart in the complete list."""

    who: str
    how: str
    rights: str
    facts: str
    at: datetime
    times: int


def of_others(looks: Iterable[Look], person: Person) -> list[Look]:
    """The looks that were not by the person themself."""
    return [one for one in looks if one.person_id != person.pk]


def visits(looks: list[Look]) -> list[Visit]:
    """Looks by the same person on the same day for the same reason to look, as one line each."""
    by_visit: dict[tuple[object, ...], list[Look]] = {}
    for look in looks:
        who = (look.actor_kind, look.actor, look.service, look.staff_id, look.run_id)
        key = (*who, timezone.localtime(look.at).date())
        by_visit.setdefault(key, []).append(look)
    return [_visit(together) for together in by_visit.values()]


def _visit(looks: list[Look]) -> Visit:
    first = looks[0]
    rights = list(dict.fromkeys(name_of(look.right) for look in looks if look.right))
    if len(rights) > MANY:
        rights = [_("%(count)s rights") % {"count": len(rights)}]
    return Visit(
        _who(first, None),
        "; ".join(dict.fromkeys(_how(look) for look in looks)),
        ", ".join(rights),
        _facts([path for look in looks for path in look.facts]),
        first.at,
        len(looks),
    )


def shown(look: Look, person: Person) -> Shown:
    """One look, as the person it was about reads it."""
    return Shown(
        _who(look, person),
        _how(look),
        name_of(look.right) if look.right else "",
        _facts(look.facts),
        look.reason,
        look.at,
    )


def _who(look: Look, person: Person | None) -> str:
    if look.actor_kind == Actor.RESIDENT:
        return _("You") if person and look.person_id == person.pk else look.actor
    if look.actor_kind == Actor.SYSTEM:
        return _("Vanzelf, without a person")
    return ", ".join(filter(None, (look.service, look.actor)))


def _how(look: Look) -> str:
    if look.actor_kind == Actor.RUN:
        return _("Automatic, for everyone at once")
    return _(PURPOSES[look.purpose]) if look.purpose in PURPOSES else look.purpose


def _facts(paths: list[str]) -> str:
    names = list(dict.fromkeys(fact_name(path) for path in paths))
    if len(names) > MANY:
        return _("%(names)s and %(count)s other data") % {
            "names": ", ".join(names[:MANY]),
            "count": len(names) - MANY,
        }
    return ", ".join(names)
