"""What was found about the installation, in words: a sentence, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf.city.operations.finding import Area, Finding, Level, Value
from vanzelf.faces.look import sources
from vanzelf.faces.look.findings import grounds, lists, machine, work
from vanzelf.faces.look.findings import sources as of_sources
from vanzelf.faces.look.wording import day, moment, number

AREAS = {
    Area.SOURCES: gettext_noop("Sources"),
    Area.GROUNDS: gettext_noop("Authorisations"),
    Area.LISTS: gettext_noop("Own lists"),
    Area.WORK: gettext_noop("What waits"),
    Area.MACHINE: gettext_noop("Database, keys and disk"),
}
LEVELS = {
    Level.WELL: ("yes", gettext_noop("In order")),
    Level.SOON: ("ask", gettext_noop("To do")),
    Level.BROKEN: ("stop", gettext_noop("Broken")),
}
SAID = {
    Area.SOURCES: of_sources.SAID,
    Area.GROUNDS: grounds.SAID,
    Area.LISTS: lists.SAID,
    Area.WORK: work.SAID,
    Area.MACHINE: machine.SAID,
}
"""By area and code: what was found, and what to do about it; empty when nothing is to be done."""
FEW = 2  # services that are named in one sentence

ANY: dict[str, tuple[str, str]] = {
    "no-database": (
        gettext_noop("The database does not answer, so this cannot be told."),
        gettext_noop("Is it running, and is DATABASE_URL right?"),
    ),
    "cannot-tell": (
        gettext_noop("This could not be looked at (%(why)s)."),
        gettext_noop("The log of this moment says why."),
    ),
}


@dataclass(frozen=True)
class Told:
    """A finding in words."""

    level: Level
    kind: str  # of the tag
    state: str
    text: str
    todo: str


def told(finding: Finding) -> Told:
    """The words for a finding, in the language of this moment."""
    text, todo = ANY.get(finding.code) or SAID[finding.area][finding.code]
    values = {name: _spelled(name, value) for name, value in finding.values.items()}
    kind, state = LEVELS[finding.level]
    return Told(finding.level, kind, _(state), _(text) % values, _(todo) if todo else "")


def _spelled(name: str, value: Value) -> str:
    if name == "service":
        return _services(str(value).split(", "))
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, float):
        return number(Decimal(value), 1)
    if isinstance(value, int):
        return number(value)
    return "—" if value is None else value


def _services(names: list[str]) -> str:
    """By what staff call them; of many the first."""
    known = [(sources.NAMES.get(f"magda/{name}"), name) for name in names[:FEW]]
    first = ", ".join(f"{_(title)} ({name})" if title else name for title, name in known)
    if len(names) <= FEW:
        return first
    more = {"names": first, "count": number(len(names) - FEW)}
    return _("%(names)s and %(count)s other services") % more
