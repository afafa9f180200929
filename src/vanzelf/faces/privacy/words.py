"""Authorisations in words: states, kinds, groups, services."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from vanzelf.city.lawfulness.register import about_whom, fact_data
from vanzelf.city.regulations import regulations
from vanzelf.faces.look import sources
from vanzelf.faces.look.wording import day_and_year
from vanzelf.sources.lawfulness import REGISTRATION, Authorisation, State

STATES = {
    State.EXPIRING: ("ask", gettext_noop("Running out")),
    State.VALID: ("yes", gettext_noop("Valid")),
    State.NOT_YET: ("no", gettext_noop("Not yet")),
    State.EXPIRED: ("stop", gettext_noop("Expired")),
}
"""By state: the mark and the word, in the order in which they are shown."""

KINDS = {
    "deliberation": gettext_noop("Deliberation"),
    "general authorisation": gettext_noop("General authorisation"),
    "protocol": gettext_noop("Protocol"),
    "decree": gettext_noop("Decree or law"),
}
SENSITIVITIES = {
    "basis": gettext_noop("basic"),
    "social": gettext_noop("social"),
    "financial": gettext_noop("financial"),
    "health": gettext_noop("health"),
}


def state(found: State) -> dict[str, str]:
    mark, word = STATES[found]
    return {"mark": mark, "word": _(word)}


def until(authorisation: Authorisation, days: int | None) -> str:
    """How long it still holds; `days` up to its last day, None without an end."""
    end = authorisation.valid_until
    if end is None or days is None:
        return _("without an end")
    on = {"day": day_and_year(end)}
    if days < 0:
        return _("until %(day)s") % on
    left = ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
    return f"{_('until %(day)s') % on}, {left}"


def services(authorisation: Authorisation) -> list[str]:
    """What may be asked, without the services that only say that we hold a file."""
    asked = sorted(authorisation.services - REGISTRATION)
    return [service(name) for name in asked]


def service(name: str) -> str:
    """A service with whose it is: National Register (GeefPersoon)."""
    if name.startswith("lists/"):
        return sources.name(name)
    source = f"magda/{name}"
    return f"{sources.name(source)} ({name})" if source in sources.NAMES else name


def facts(names: Iterable[str]) -> list[str]:
    """What facts are called, by name."""
    return sorted(fact_data(name, regulations())[0] for name in names)


def about(authorisation: Authorisation) -> str:
    return about_whom(authorisation.units)


def sensitivity(code: str) -> str:
    return _(SENSITIVITIES[code])
