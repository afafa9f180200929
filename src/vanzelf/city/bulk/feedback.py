"""Word that waits for the source, sent in one file: each word once, as lists are."""

from __future__ import annotations

from django.db.models import QuerySet

from vanzelf.city import clock
from vanzelf.city.bulk import archive
from vanzelf.city.bulk.models import Feedback
from vanzelf.city.lawfulness.queries import in_force
from vanzelf.sources.magda.bulk import BulkSettings, Mailbox, file_names
from vanzelf.sources.magda.bulk.feedback import NAME, written_feedback

PURPOSE = "toekenning"


def send(box: Mailbox, settings: BulkSettings) -> int:
    """Sends what waits, in a file that keeps its name when it has to be sent again; returns how
    many. What may not be sent today waits."""
    grounds = [ground for ground in in_force().all if ground.covers(PURPOSE, NAME, clock.today())]
    waiting = Feedback.objects.filter(sent_at=None)
    if not grounds or not waiting.exists():
        return 0
    named = waiting.exclude(name="").order_by("name").first() or _named(settings)
    words = Feedback.objects.filter(name=named.name)
    if named.uploaded_at is None:
        pieces = written_feedback(_numbered(words), settings.project)
        kept = archive.keep(named.name, pieces)
        box.upload(named.name, archive.read(kept))
        words.update(uploaded_at=clock.now())
        box.release(named.name)
    elif box.held_back(named.name):
        box.release(named.name)
    return words.update(sent_at=clock.now())


def _named(settings: BulkSettings) -> Feedback:
    """Puts all that waits in one new file."""
    last = Feedback.objects.order_by("-name").values_list("name", flat=True).first() or ""
    (name,) = file_names(settings.feedback, clock.now(), 1, after=last)
    Feedback.objects.filter(name="").update(name=name)
    return Feedback.objects.filter(name=name).order_by("pk")[:1].get()


def _numbered(words: QuerySet[Feedback]) -> list[tuple[str, str]]:
    some = words.select_related("person").order_by("pk")
    numbers = ((word.person.insz, word.reason) for word in some)
    return [(number, reason) for number, reason in numbers if number is not None]
