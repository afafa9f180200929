"""What every answer of the site obeys: no copies of personal pages, no forgotten sessions."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from vanzelf.city import clock
from vanzelf.city.operations.metering import measured
from vanzelf.city.staff.queries import staff_of

Handler = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)
SEEN, BEGUN = "seen at", "begun at"


class MeasureMiddleware:
    """Measures each page, and logs it by its route: no address, and nobody."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        response = self.get_response(request)
        seconds = perf_counter() - begun
        match = request.resolver_match
        if match is not None:
            status = response.status_code
            measured(match.view_name, request.method or "", status, seconds)
            log.info(
                "page",
                extra={
                    "route": match.view_name,
                    "method": request.method,
                    "status": status,
                    "milliseconds": round(seconds * 1000),
                },
            )
        return response


class NoStoreMiddleware:
    """Pages of someone who is signed in are never kept by a browser or a proxy."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and not request.session.is_empty():
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class IdleSessionMiddleware:
    """Ends a session that was left alone, staff after 15 minutes and a resident after 30, and any
    session after 12 hours: being used does not make it longer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.session.is_empty():
            self._end_when_idle(request)
        return self.get_response(request)

    def _end_when_idle(self, request: HttpRequest) -> None:
        moment = int(clock.now().timestamp())
        seen = request.session.get(SEEN, moment)
        staff = request.user.is_authenticated and staff_of(request.user)
        limit = settings.VANZELF_IDLE_STAFF if staff else settings.VANZELF_IDLE_RESIDENT
        begun = request.session.setdefault(BEGUN, moment)
        if moment - seen > limit or moment - begun > settings.SESSION_COOKIE_AGE:
            logout(request)
        elif moment - seen > 30 or SEEN not in request.session:  # a write a request is too many
            request.session[SEEN] = moment
