"""Keeping and forgetting: what there is of each class of data, and that nothing is too old."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from vanzelf.city.retention.sweeping import Kept, Report, report
from vanzelf.faces.look.language import current
from vanzelf.faces.look.regulations import said
from vanzelf.faces.look.wording import number

THEN = {
    "removed": gettext_noop("then it is removed"),
    "emptied": gettext_noop("then the values go, the rest stays"),
    "pseudonymised": gettext_noop("then names and numbers go"),
    "kept": gettext_noop("it stays"),
}


@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """The report on terms; decisions are checked again on the command line, where it may last."""
    return render(request, "privacy/keeping.html", _shown(report(sample=0)))


def _shown(found: Report) -> dict[str, Any]:
    return {
        "on": found.on,
        "past": number(found.past),
        "clean": found.past == 0,
        "last": found.last,
        "keys": number(found.old_keys),
        "missing": found.missing,
        "classes": [_class(kept) for kept in found.kept],
    }


def _class(kept: Kept) -> dict[str, Any]:
    one = kept.data_class
    oldest = [found.oldest for found in kept.found if found.oldest]
    return {
        "name": said(one.names),
        "holds": said(one.holds),
        "term": one.kept_for(current()),
        "counted": said(one.counted_from),
        "then": _(THEN[one.then]),
        "ground": said(one.ground),
        "invented": one.invented,
        "rows": number(sum(found.rows for found in kept.found)),
        "oldest": min(oldest) if oldest else None,
        "past": number(kept.past),
        "clean": kept.past == 0,
    }
