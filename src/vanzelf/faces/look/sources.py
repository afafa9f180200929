"""Sources and the reasons of what they do not say, in words that a resident understands."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

NAMES = {
    "magda/GeefPersoon": gettext_noop("National Register"),
    "magda/GeefGezinssamenstelling": gettext_noop("National Register"),
    "magda/GeefSociaalStatuut": gettext_noop("Crossroads Bank for Social Security"),
    "magda/GeefSociaalStatuutVoorLijst": gettext_noop("Crossroads Bank for Social Security"),
    "lists/ocmw-budget": gettext_noop("List of the OCMW"),
    "lists/school-enrolments": gettext_noop("Enrolments of the city"),
    "lists/waste-zones": gettext_noop("Waste zones of IVAGO"),
    "population": gettext_noop("Registers, delivered for everyone at once"),
}
KINDS = {
    "magda": gettext_noop("Flemish data platform (MAGDA)"),
    "lists": gettext_noop("Own list of the city"),
    "declared": gettext_noop("Your own answer"),
}
REASONS = {
    "no-data": gettext_noop("the source has nothing on this"),
    "busy": gettext_noop("the source was too busy; we ask again"),
    "unavailable": gettext_noop("the source could not be reached; we ask again"),
    "timeout": gettext_noop("the source did not answer in time; we ask again"),
    "fault": gettext_noop("the source reported an error; someone looks into it"),
    "unreadable": gettext_noop("the source's answer could not be read; someone looks into it"),
    "family-errors": gettext_noop("the register doubts who belongs to the household"),
    "not-registered": gettext_noop("we may not follow this file yet"),
    "no-authorisation": gettext_noop("we are not allowed to ask this"),
    "new-number": gettext_noop("the national number has changed"),
    "identity": gettext_noop("the source does not recognise the number"),
    "not-asked": gettext_noop("not asked: that was not needed any more"),
    "not-answered": gettext_noop("the source did not answer (yet)"),
    "missing-code": gettext_noop("the source left the answer open"),
    "stale": gettext_noop("the list is too old"),
    "untrusted": gettext_noop("the source's answer could not be trusted; someone looks into it"),
    "contradiction": gettext_noop("two sources contradict each other"),
    "forgotten": gettext_noop("the value is no longer kept, only what it gave"),
}
NOT_ASKED, FORGOTTEN = "not-asked", "forgotten"


def name(source: str) -> str:
    """What a source is called; its kind when it has no name of its own."""
    found = NAMES.get(source) or KINDS.get(source.partition("/")[0])
    return _(found) if found else source


def reason(code: str) -> str:
    """Why a fact is not known."""
    return _(REASONS[code]) if code in REASONS else code
