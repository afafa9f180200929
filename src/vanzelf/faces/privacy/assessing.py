"""The assessment of the impact (DPIA): what the system knows, and what a person still says."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vanzelf.city import clock
from vanzelf.city.lawfulness import queries
from vanzelf.city.lawfulness.assessment import Assessment
from vanzelf.city.lawfulness.assessment import assessment as made
from vanzelf.city.regulations import regulations
from vanzelf.faces.look.actor import staff_of
from vanzelf.faces.look.language import current
from vanzelf.faces.look.regulations import name_of, said
from vanzelf.faces.privacy import actions, words
from vanzelf.faces.privacy.measures import MEASURES, OPEN, told
from vanzelf.faces.privacy.paper import assessment_pdf
from vanzelf.faces.privacy.register import pdf
from vanzelf.sources.lawfulness import state


@require_safe
def assessment(request: HttpRequest) -> HttpResponse:
    """The skeleton as a page."""
    return render(request, "privacy/assessment.html", _shown(_found(request)))


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The skeleton as a document, to fill in further."""
    return pdf(assessment_pdf(_found(request), made=clock.today()), "dpia")


def _found(request: HttpRequest) -> Assessment:
    return made(queries.in_force(), regulations(), clock.today(), viewer=staff_of(request))


def _shown(found: Assessment) -> dict[str, Any]:
    return {
        "on": found.on,
        "activities": found.activities,
        "facts": [
            {
                "called": fact.called,
                "sensitivity": words.sensitivity(fact.sensitivity),
                "about": fact.about,
                "grounds": fact.grounds,
                "rights": [name_of(right) for right in fact.rights],
            }
            for fact in found.facts
        ],
        "unused": found.unused,
        "ungrounded": [
            {"right": name_of(right), "facts": words.facts(names)}
            for right, names in found.ungrounded.items()
        ],
        "authorisations": [
            {"one": one, "state": words.state(state(one, found.on))} for one in found.authorisations
        ],
        "roles": {role: actions.told(what) for role, what in found.roles.items()},
        "retention": [
            {
                "name": said(kept.names),
                "holds": said(kept.holds),
                "term": kept.kept_for(current()),
                "ground": said(kept.ground),
                "invented": kept.invented,
            }
            for kept in found.retention
        ],
        "measures": told(MEASURES),
        "open": told(OPEN),
    }
