"""What other rooms take away themselves, and backups: a folder of files."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.retention.rows import Found


@dataclass(frozen=True)
class Elsewhere:
    """A room with a term of its own per file: its `remove_expired(now)` takes away at most a
    batch and returns how many; its `past_term(now)` counts what still stands past its term."""

    module: str

    def look(self, before: datetime) -> Found:
        count = self._function("past_term")
        past = count(clock.now()) if count else 0
        return Found(self.module.removesuffix(".domain"), past, None, past)

    def take(self, before: datetime, limit: int) -> int:
        remove = self._function("remove_expired")
        if remove is None:
            return 0
        with transaction.atomic():
            return remove(clock.now())

    def _function(self, name: str) -> Callable[[datetime], int] | None:
        if not apps.is_installed(self.module.rpartition(".")[0]) or find_spec(self.module) is None:
            return None
        function: Callable[[datetime], int] | None = getattr(import_module(self.module), name, None)
        return function


class Backups:
    """The files in the folder that VANZELF_BACKUPS names, by the day on which they were written.

    Without it, backups are kept by others, and the report says that it did not look.
    """

    def look(self, before: datetime) -> Found:
        times = [_written(file) for file in self._files()]
        where = os.environ.get("VANZELF_BACKUPS") or "not looked at: set VANZELF_BACKUPS"
        return Found(where, len(times), min(times, default=None), sum(t < before for t in times))

    def take(self, before: datetime, limit: int) -> int:
        past = [file for file in self._files() if _written(file) < before][:limit]
        for file in past:
            file.unlink()
        return len(past)

    def _files(self) -> list[Path]:
        named = os.environ.get("VANZELF_BACKUPS")
        return [file for file in Path(named).rglob("*") if file.is_file()] if named else []


def _written(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)
