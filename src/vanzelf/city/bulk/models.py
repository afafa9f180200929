"""What was asked by file, of whom, and what came back. Of numbers of people nothing is here."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vanzelf.city.people.models import Person
from vanzelf.city.staff.models import StaffMember


class Order(models.Model):
    """Some facts of a great many people on one day, for some rights."""

    rights = ArrayField(models.CharField(max_length=120), help_text="ids of regulations")
    purpose = models.CharField(max_length=60)
    facts = ArrayField(models.CharField(max_length=200))
    on = models.DateField(help_text="the day on which the facts must hold")
    persons = models.PositiveIntegerField()
    by = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField(help_text="who is not answered by then stays unknown")
    laid_at = models.DateTimeField(
        null=True, help_text="beside a delivery: what comes in later is late"
    )
    problem = models.TextField(blank=True, help_text="why sending stopped; empty: it did not")
    withdrawn_at = models.DateTimeField(null=True, help_text="nothing more is sent from then on")

    def __str__(self) -> str:
        return f"order {self.pk}"


class ListFiles(models.QuerySet["ListFile"]):
    """By how far they are."""

    def to_send(self) -> ListFiles:
        """Those that must be sent yet."""
        return self.exclude(state__in=(ListFile.State.SENT, ListFile.State.WITHDRAWN))

    def asked(self) -> ListFiles:
        """Those that were sent, or will be."""
        return self.exclude(state=ListFile.State.WITHDRAWN)


class ListFile(models.Model):
    """One file of an order: at most eight statutes of some thousands of people, asked once."""

    class State(models.TextChoices):
        PLANNED = "planned", "klaar om te verzenden"
        UPLOADED = "uploaded", "opgeladen, nog niet vrijgegeven"
        SENT = "sent", "verzonden"
        WITHDRAWN = "withdrawn", "teruggehouden"

    objects = ListFiles.as_manager()

    order = models.ForeignKey(Order, models.PROTECT, related_name="files")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=36, unique=True, help_text="comes back in the answer")
    name = models.CharField(max_length=60, unique=True)
    authorisation = models.CharField(max_length=200)
    facts = ArrayField(models.CharField(max_length=200))
    statutes = ArrayField(models.CharField(max_length=60))
    persons = ArrayField(models.BigIntegerField(), help_text="in the order of the file")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    sent_at = models.DateTimeField(null=True)
    answered = models.PositiveIntegerField(default=0, help_text="of how many persons")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["order", "number"], name="bulk_file_number"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="bulk_file_sent_at",
            ),
        )

    def __str__(self) -> str:
        return f"file {self.name}"


class Archived(models.Model):
    """A file of ours or of the other side in the archive: encrypted, and gone after its term."""

    name = models.CharField(max_length=90, unique=True, help_text="of the file in the archive")
    key_id = models.CharField(max_length=20, help_text="a key that ends with the term")
    at = models.DateTimeField()
    until = models.DateField(help_text="the last day on which it is kept")

    def __str__(self) -> str:
        return f"archived {self.name}"


class Received(models.Model):
    """A file that came in, kept encrypted in the archive until its term ends."""

    class State(models.TextChoices):
        RECEIVED = "received", "ontvangen"
        TAKEN = "taken", "verwerkt"
        REFUSED = "refused", "geweigerd"

    name = models.CharField(max_length=60)
    archived = models.ForeignKey(Archived, models.SET_NULL, null=True, related_name="+")
    digest = models.BinaryField(unique=True, help_text="keyed: the same content comes in once")
    size = models.BigIntegerField(help_text="bytes")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    problem = models.TextField(blank=True)
    matched = models.PositiveIntegerField(default=0, help_text="answers of whom we asked")
    strangers = models.PositiveIntegerField(default=0, help_text="answers of whom we did not ask")
    contradicted = models.PositiveIntegerField(default=0, help_text="answered in two ways")
    recheck = ArrayField(
        models.BigIntegerField(),
        default=list,
        help_text="persons whose finished runs must be looked at again",
    )
    rechecked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"received {self.name}"


class Answers(models.Model):
    """What one file said of one fact, a column over the persons in it.

    A value is true, false, or empty: not known, and then there is a reason. Of a list that we
    sent there is `file`; a mutation that the source sent by itself has none.
    """

    received = models.ForeignKey(Received, models.PROTECT, related_name="answers")
    file = models.ForeignKey(ListFile, models.PROTECT, null=True, related_name="answers")
    fact = models.CharField(max_length=200)
    persons = ArrayField(models.BigIntegerField())
    values = ArrayField(models.BooleanField(null=True))
    since = ArrayField(models.DateField(null=True), null=True, help_text="empty: nobody has one")
    until = ArrayField(models.DateField(null=True), null=True, help_text="last day; the same")
    reasons = ArrayField(models.CharField(max_length=40, null=True), null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answers {self.pk}: {self.fact}"


class Feedback(models.Model):
    """That the source has someone wrong, or that we need them no longer: goes back by file."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_constraint=False)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(StaffMember, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=60, blank=True, help_text="of the file; empty: waits")
    uploaded_at = models.DateTimeField(null=True, help_text="from here on it is only released")
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"feedback {self.pk}"
