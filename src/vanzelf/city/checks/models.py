"""What a clerk asked, until it is answered: then it only points to the check that came of it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vanzelf.city import clock, secrets


class State(models.TextChoices):
    WAITING = "waiting", "wacht op zijn beurt"
    ASKING = "asking", "vraagt het aan de bronnen"
    DONE = "done", "beantwoord"
    FAILED = "failed", "niet gelukt"
    CANCELLED = "cancelled", "gestopt"


OPEN = (State.WAITING, State.ASKING)


class Problem(models.TextChoices):
    """Why a request came to nothing."""

    UNKNOWN_NUMBER = "unknown-number", "geen bron kent het nummer"
    NO_ANSWER = "no-answer", "de bronnen antwoorden nu niet"
    NOT_SET_UP = "not-set-up", "de bronnen zijn niet ingesteld"
    NOT_ALLOWED = "not-allowed", "mag dit niet meer"
    TOO_LATE = "too-late", "bleef te lang liggen"
    ERROR = "error", "een fout van Vanzelf zelf"


class CheckRequest(models.Model):
    """A point check that was asked. Its number is sealed, and gone once it ended."""

    by = models.ForeignKey("staff.StaffMember", models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.TextField()
    rights = ArrayField(models.CharField(max_length=120), default=list, help_text="empty: all")
    number = models.BinaryField(null=True, help_text="sealed; empty once it ended")
    key_id = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    problem = models.CharField(max_length=20, choices=Problem.choices, blank=True)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=80, blank=True, help_text="service that it waits for")
    source_since = models.DateTimeField(null=True)
    questions = models.PositiveIntegerField(default=0, help_text="that left for a source")
    check_ref = models.OneToOneField(
        "awards.PointCheck", models.CASCADE, null=True, related_name="request"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=OPEN) | Q(number=None, ended_at__isnull=False),
                name="checks_ended_without_number",
            ),
        )
        indexes = (models.Index(fields=["state"], condition=Q(state__in=OPEN), name="checks_open"),)

    def __str__(self) -> str:
        return f"check request {self.pk}"

    @property
    def open(self) -> bool:
        """Whether its answer is still to come."""
        return self.state in OPEN

    @property
    def insz(self) -> str:
        """The number asked about, opened; ValueError once the request ended."""
        if self.number is None:
            raise ValueError(f"{self} ended: its number is gone")
        return secrets.open_sealed(
            secrets.Sealed(self.key_id, bytes(self.number)), **_place(self.pk)
        )

    def seal(self, insz: str) -> None:
        """Sets the number, bound to this row, which must have its id. It opens today only."""
        self.key_id, self.number = secrets.seal(insz, until=clock.today(), **_place(self.pk))


def _place(row: int) -> dict[str, Any]:
    return {"table": "checks_checkrequest", "column": "number", "row": row}
