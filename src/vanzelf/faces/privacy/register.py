"""The register of processing activities: open to everyone, as a page, as data and on paper."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from vanzelf.city import clock
from vanzelf.city.lawfulness import queries
from vanzelf.city.lawfulness.linked import linked
from vanzelf.city.lawfulness.register import Processing
from vanzelf.city.lawfulness.register import register as made
from vanzelf.city.regulations import regulations
from vanzelf.faces.privacy.paper import register_pdf

Options = Callable[[Processing], tuple[str, ...]]
CHOICES: dict[str, tuple[str, Options]] = {
    "dienst": (gettext_noop("Service"), lambda one: (one.processor,)),
    "categorie": (gettext_noop("Category"), lambda one: (one.category,)),
    "rechtmatigheid": (gettext_noop("Lawfulness"), lambda one: (one.ground,)),
    "ontvanger": (gettext_noop("Recipients"), lambda one: one.recipients),
}
"""The filters of Ghent's register that are chosen from a list."""

JSON_LD = "application/ld+json"


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every activity, by what was filled in."""
    activities = _activities()
    asked = {name: request.GET.get(name, "").strip() for name in ("naam", "gegevens", *CHOICES)}
    context = {
        "activities": [one for one in activities if _fits(one, asked)],
        "number": len(activities),
        "asked": asked,
        "filtered": any(asked.values()),
        "choices": [
            {
                "name": name,
                "label": _(label),
                "options": sorted({option for one in activities for option in options(one)}),
                "chosen": asked[name],
            }
            for name, (label, options) in CHOICES.items()
        ],
        "city": settings.VANZELF_CITY_NAME,
    }
    return render(request, "privacy/register.html", context)


@require_safe
def activity(request: HttpRequest, activity: str) -> HttpResponse:
    """One activity with every field."""
    one = next((each for each in _activities() if each.identifier == activity), None)
    if one is None:
        raise Http404
    return render(request, "privacy/activity.html", {"one": one})


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The register as JSON-LD."""
    base = request.build_absolute_uri(reverse("privacy:register"))
    text = json.dumps(linked(_activities(), base), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type=JSON_LD)


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The register as a document."""
    return pdf(register_pdf(_activities(), made=clock.today()), "verwerkingsregister")


def pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )


def _activities() -> tuple[Processing, ...]:
    return made(queries.in_force(), regulations(), clock.today())


def _fits(one: Processing, asked: dict[str, str]) -> bool:
    kinds = " ".join(data.what for data in (*one.personal, *one.sensitive)).casefold()
    return (
        asked["naam"].casefold() in f"{one.title} {one.description}".casefold()
        and asked["gegevens"].casefold() in kinds
        and all(
            not asked[name] or asked[name] in options(one)
            for name, (_label, options) in CHOICES.items()
        )
    )
