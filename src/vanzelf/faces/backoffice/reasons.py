"""The codes of a run in words: why something changed, why a dossier was drawn."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf.city.runs.models import SampleDossier
from vanzelf.faces.look.regulations import fact_name, said
from vanzelf.faces.look.wording import euro
from vanzelf.rights import Regulation
from vanzelf.rights.model import criteria_of

OUTCOMES = {
    "YES": gettext_noop("Yes"),
    "NO": gettext_noop("No"),
    "UNKNOWN": gettext_noop("Not sure"),
    None: gettext_noop("Not there"),
}
CODES = {
    "ordinary": gettext_noop("An ordinary award"),
    "unknown": gettext_noop("Not sure"),
    "large-household": gettext_noop("A large household"),
    "high-amount": gettext_noop("A high amount"),
    "rare-amount": gettext_noop("An amount that is rare"),
    "rare-reason": gettext_noop("A reason that is rare"),
    "no-amount": gettext_noop("Yes, but the amount is not known"),
    "covered-already": gettext_noop("Already awarded for this period"),
    "covered-partly": gettext_noop("Partly awarded for this period"),
    "new-unit": gettext_noop("New in the register"),
    "gone-unit": gettext_noop("No longer in the register"),
    "deceased": gettext_noop("Everyone of the household has died"),
}


def outcome(code: str | None) -> str:
    """An outcome before or after."""
    return _(OUTCOMES[code])


def facts(paths: Iterable[str]) -> str:
    """Data by name, each once."""
    return ", ".join(dict.fromkeys(fact_name(path) for path in paths))


def difference(regulation: Regulation, code: str) -> str:
    """Why an outcome changed: the condition that turned it, as the regulation says it."""
    conditions = {one.id: said(one.says) for one in criteria_of(regulation.content.criteria)}
    return conditions.get(code) or outlier(code)


def outlier(code: str) -> str:
    """What stands out."""
    return _(CODES[code]) if code in CODES else code


def dossier(one: SampleDossier) -> str:
    """What there is to see in a dossier of the sample: why it was drawn, and what it gives."""
    cents = one.verdict.amount_cents
    return f"{outlier(one.why)}, {euro(cents)}" if cents else outlier(one.why)
