"""A clerk's own checks: anyone else's are not there."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from vanzelf.city.awards import queries as awards
from vanzelf.city.awards.models import PointCheck
from vanzelf.faces.look.actor import staff_of


def own_check(request: HttpRequest, check: int) -> PointCheck:
    """The check with this number, when this clerk made it."""
    found = awards.check(check, viewer=staff_of(request))
    if found is None:
        raise Http404
    return found
