"""Taking in what MAGDA answered to a file: wholly or not at all, each line once.

Who is taken back is no longer registered from then on; why others are not, stands beside them, and
they are told anew. An answer that comes after the term still counts: whoever is wanted again by
then, or was registered since, is registered anew, as MAGDA may have taken them back after that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from vanzelf.city import clock
from vanzelf.city.bulk.models import Received
from vanzelf.city.bulk.once import take_once
from vanzelf.city.database import advisory_lock
from vanzelf.city.registrations.filing import line_reference
from vanzelf.city.registrations.models import LOCK, DeregistrationFile, Registration
from vanzelf.sources.magda.bulk import Problem
from vanzelf.sources.magda.bulk.deregistrations import Outcome, read_deregistrations

DONE = "done"
Lines = dict[int, str]
"""By the place of a line in its file: done, or the code of why not."""

ENDED = """
UPDATE registrations_registration AS r
SET ended_at = %s, end_reference = told.reference, problem = '', file_id = NULL
FROM unnest(%s::bigint[], %s::text[]) AS told (id, reference) WHERE r.id = told.id
"""


def take(received: Received) -> Received:
    """Takes in a file of answers that was not taken in yet; what it finds stands in the row.

    While someone else plans or tells it waits: the next time comes.
    """
    with advisory_lock(LOCK) as mine:
        return take_once(received, _heard, _keep) if mine else received


def _keep(received: Received, heard: dict[str, Lines]) -> None:
    for reference, lines in heard.items():
        known = _take(reference, lines)
        received.matched += known
        received.strangers += len(lines) - known


def _heard(received: Received, content: Iterable[bytes]) -> dict[str, Lines]:
    """What a file says, by the reference of ours that it answers."""
    heard: defaultdict[str, Lines] = defaultdict(dict)
    problems = set()
    for one in read_deregistrations(content, received.size):
        if isinstance(one, Problem):
            problems.add(one.error.name)
            continue
        reference, line = _place(one)
        if heard[reference].get(line) != DONE:  # said twice: it worked once
            heard[reference][line] = str(one.reason or DONE)
    received.problem = f"the source told of errors: {', '.join(sorted(problems))}"
    received.problem = received.problem if problems else ""
    return heard


def _place(outcome: Outcome) -> tuple[str, int]:
    """The file and the line that an answer is about; what has no such form is nobody's."""
    reference, _, line = outcome.reference.rpartition("-")
    if line.isascii() and line.isdigit() and len(line) <= 9:
        return reference, int(line)
    return "", -1


def _take(reference: str, lines: Lines) -> int:
    """Takes in the answers to one file of ours; returns how many were about a line in it."""
    ours = DeregistrationFile.objects.exclude(state=DeregistrationFile.State.PLANNED)
    file = ours.select_for_update().filter(reference=reference).first()
    if file is None:
        return 0
    known = {line: code for line, code in lines.items() if line < len(file.registrations)}
    fresh = {line: code for line, code in known.items() if file.outcomes[line] != DONE}
    done = [line for line, code in fresh.items() if code == DONE]
    _taken_back(file, done)
    _failed(file, fresh)
    for line, code in fresh.items():
        file.outcomes[line] = code
    if all(file.outcomes) and file.ended_at is None:
        file.ended_at = clock.now()
    file.save(update_fields=["outcomes", "ended_at"])
    return len(known)


def _taken_back(file: DeregistrationFile, lines: Iterable[int]) -> None:
    at = {file.registrations[line]: line_reference(file, line) for line in lines}
    rows = Registration.objects.filter(pk__in=at, ended_at=None).select_for_update()
    overtaken = ~Q(file=file) & Q(registered_at__gte=file.sent_at or file.at)
    ended = list(rows.exclude(ending="").exclude(overtaken).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(ENDED, [clock.now(), ended, [at[pk] for pk in ended]])
    wanted = rows.filter(ending="")
    wanted.update(registered_at=None)  # tell anew: as they stand, MAGDA has them no more
    wanted.filter(file=file).update(file=None)


def _failed(file: DeregistrationFile, lines: Lines) -> None:
    by_code = defaultdict(list)
    for line, code in lines.items():
        if code != DONE:
            by_code[code].append(file.registrations[line])
    for code, some in by_code.items():
        rows = Registration.objects.filter(pk__in=some, file=file, ended_at=None)
        rows.update(problem=code, file=None)
