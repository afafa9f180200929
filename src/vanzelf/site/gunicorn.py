"""Settings of gunicorn: `gunicorn -c python:vanzelf.site.gunicorn vanzelf.site.wsgi`."""

from __future__ import annotations

import os
from logging.config import dictConfig
from typing import Any

from gunicorn.glogging import Logger

from vanzelf.city.operations import logs, metering


class Lines(Logger):  # type: ignore[misc]  # theirs has no types
    """Logs as the rest of the site does. Pages are logged by their route: see the middleware."""

    def setup(self, cfg: Any) -> None:
        dictConfig(logs.settings(os.environ.get("VANZELF_LOG", "INFO")))

    def access(self, *_request: Any) -> None:
        """An address and a visitor's machine stand in no log."""


worker_class = "gthread"
threads = 8
workers = min(4, os.cpu_count() or 1)
control_socket_disable = True
logger_class = Lines


def child_exit(_server: Any, worker: Any) -> None:
    """What a process measured of itself alone ends with it."""
    metering.ended(worker.pid)
