"""What the worker does for a request: ask the sources, and tell meanwhile whom it waits for."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import F

from vanzelf.city import clock
from vanzelf.city.awards.domain import point_check
from vanzelf.city.checks.ending import end
from vanzelf.city.checks.models import OPEN, CheckRequest, Problem, State
from vanzelf.city.database import advisory_lock
from vanzelf.city.people.domain import NotAnswered, NotFound
from vanzelf.sources import EndpointError
from vanzelf.sources.data import DataError
from vanzelf.sources.lists import ListError
from vanzelf.sources.waiting import Abandoned, watched

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=10)
"""After so long nobody stands at the counter any more, so nobody may be looked up."""

# The narrow ones first: NotAnswered is a kind of NotFound.
PROBLEMS: tuple[tuple[type[Exception], Problem], ...] = (
    (NotAnswered, Problem.NO_ANSWER),
    (NotFound, Problem.UNKNOWN_NUMBER),
    (EndpointError, Problem.NOT_SET_UP),
    (DataError, Problem.NOT_SET_UP),
    (ListError, Problem.NOT_SET_UP),
    (PermissionDenied, Problem.NOT_ALLOWED),
)


class Stopped(Abandoned):
    """Whoever asked no longer waits."""


def answer(request_id: int) -> CheckRequest:
    """Answers a request that is open. Ended ones, and one that another worker has, stay as they
    are. What goes wrong in Vanzelf itself is raised after the request was ended with it."""
    with advisory_lock(f"check request {request_id}") as held:
        if held and _begun(request_id):
            _answer(CheckRequest.objects.select_related("by").get(pk=request_id))
    return CheckRequest.objects.get(pk=request_id)


def _begun(request_id: int) -> bool:
    late = CheckRequest.objects.filter(pk=request_id, asked_at__lt=clock.now() - PATIENCE)
    if late.exists():
        end(request_id, State.FAILED, problem=Problem.TOO_LATE)
        return False
    found = CheckRequest.objects.filter(pk=request_id, state__in=OPEN)
    return bool(found.update(state=State.ASKING, begun_at=clock.now()))


def _answer(request: CheckRequest) -> None:
    try:
        with watched(lambda service: _tell(request.pk, service)):
            advices = point_check(
                insz=request.insz,
                on=request.on,
                by=request.by,
                reason=request.reason,
                regulation_ids=request.rights or None,
            )
        end(request.pk, State.DONE, check=advices[0].check_ref)
    except Stopped:
        log.info("a check was stopped by who asked it", extra={"request": request.pk})
    except Exception as error:
        problem = next((one for kind, one in PROBLEMS if isinstance(error, kind)), None)
        end(request.pk, State.FAILED, problem=problem or Problem.ERROR)
        if problem is None:
            raise
        log.warning("a check came to nothing", extra={"request": request.pk, "problem": problem})


def _tell(request_id: int, service: str) -> None:
    """For the page that waits; also where a stopped request ends."""
    asking = CheckRequest.objects.filter(pk=request_id, state=State.ASKING)
    if not asking.update(source=service, source_since=clock.now(), questions=F("questions") + 1):
        raise Stopped
