"""Measuring what pages take, over all processes of the site; and who may read the figures.

What is counted is the route of a page and the kind of answer: no address, and nobody.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where the processes of the site keep what they measured; read when this module is imported."""
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP")
BEARER = "Bearer "

OWN = CollectorRegistry()
SECONDS = Histogram(
    "vanzelf_request_seconds",
    "How long pages took, by route and kind of answer",
    ["route", "method", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
    registry=OWN,
)
METHODS = frozenset({"GET", "HEAD", "POST"})


def measured(route: str, method: str, status: int, seconds: float) -> None:
    """One page was made."""
    kind = method if method in METHODS else "other"
    SECONDS.labels(route, kind, f"{status // 100}xx").observe(seconds)


def collected() -> CollectorRegistry:
    """What all processes of the site measured; of this one only, when they share no folder."""
    if FOLDER not in os.environ:
        return OWN
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # theirs has no types
    return together


def fresh_folder(folder: Path) -> str:
    """A folder to share, without what an earlier site left there."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in folder.glob("*.db"):
        file.unlink()
    return str(folder)


def ended(process: int) -> None:
    """A process of the site is gone."""
    if FOLDER in os.environ:
        mark_process_dead(process)  # type: ignore[no-untyped-call]  # theirs has no types


def lets_in(request: Mapping[str, object]) -> bool:
    """Whether a request (its META) may read the figures: with the token of VANZELF_METRICS_TOKEN;
    where none is set, from this machine, and not through a proxy that stands on it."""
    token = os.environ.get("VANZELF_METRICS_TOKEN", "")
    if token:
        given = str(request.get("HTTP_AUTHORIZATION", ""))
        expected = BEARER + token
        return hmac.compare_digest(given.encode(), expected.encode())
    if any(name in request for name in FORWARDED):
        return False
    try:
        return ip_address(str(request.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False
