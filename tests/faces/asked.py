"""Everyone in the invented city asked by file: once to the end, and once waiting for answers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from tests.environment import environment
from tests.mailbox import Server, Source
from tests.mailbox.city import statutes_of
from tests.mailbox.server import PASSWORD
from vanzelf.city.bulk import work as bulk
from vanzelf.city.inquiries import domain, work
from vanzelf.city.inquiries.models import Inquiry
from vanzelf.city.staff.models import StaffMember

STAGES = 9  # more than a city as small as this needs


def ended(city: Path, right: str, on: date, by: StaffMember) -> Inquiry:
    """Asked stage after stage, each answered before the next; the answers are laid."""
    with _source(city) as source:
        inquiry = domain.start(regulation_ids=[right], on=on, by=by, queue=False)
        for _ in range(STAGES):
            inquiry = work.go_on(inquiry.pk)
            if inquiry.ended:
                return inquiry
            source.answer()
            bulk.collect()
    raise RuntimeError(f"{inquiry} does not end")


def waiting(city: Path, right: str, on: date, by: StaffMember) -> Inquiry:
    """Its first stage was sent, and nothing came back yet."""
    with _source(city):
        return work.go_on(domain.start(regulation_ids=[right], on=on, by=by, queue=False).pk)


@contextmanager
def _source(city: Path) -> Iterator[Source]:
    with tempfile.TemporaryDirectory(prefix="vz-") as folder, Server(Path(folder)) as server:
        named = {"VANZELF_BULK": str(server.settings_file()), "VANZELF_BULK_PASSWORD": PASSWORD}
        with environment(named):
            yield Source(server.box, statutes_of(city))
