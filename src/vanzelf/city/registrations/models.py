"""Whom we told MAGDA that we hold a file on, in which capacity, since when and until when."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Ending(models.TextChoices):
    """Why a registration is taken back."""

    NO_INTEREST = "no-interest", "heeft geen recht meer dat loopt"
    LEFT = "left", "staat niet meer in het register"
    DIED = "died", "overleden"
    LAPSED = "lapsed", "de machtiging eindigde"


INTO, OUT_OF = "inschrijving", "uitschrijving"
"""Purposes in the log of who looked."""

LOCK = "registrations"
"""Held by who plans or tells: one at a time."""

WAITING = Q(ended_at=None) & (Q(registered_at=None) | ~Q(ending=""))
"""To be registered, or (with an ending) to be taken back; those under way in a file too."""


class DeregistrationFile(models.Model):
    """One file that takes some thousands of registrations back, under one identity, told once."""

    class State(models.TextChoices):
        PLANNED = "planned", "klaar om te verzenden"
        UPLOADED = "uploaded", "opgeladen, nog niet vrijgegeven"
        SENT = "sent", "verzonden"

    reference = models.CharField(max_length=24, unique=True, help_text="of each line the beginning")
    name = models.CharField(max_length=60, unique=True)
    identification = models.CharField(max_length=120, help_text="Afzender/Identificatie")
    capacity = models.CharField(max_length=24, blank=True, help_text="Hoedanigheid")
    authorisation = models.CharField(max_length=120, help_text="reference of its ground")
    registrations = ArrayField(models.BigIntegerField(), help_text="in the order of the file")
    outcomes = ArrayField(
        models.CharField(max_length=20, blank=True),
        help_text="of each line: taken back, or why not; empty: not answered",
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    until = models.DateTimeField(help_text="who is not answered by then is told again")
    ended_at = models.DateTimeField(null=True, help_text="all answered, or past its term")
    problem = models.TextField(blank=True, help_text="why sending stopped; empty: it did not")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="registrations_file_sent_at",
            ),
        )

    def __str__(self) -> str:
        return f"file {self.name}"


class Registration(models.Model):
    """One person under one identity and capacity. Made when it is wanted; then MAGDA is told."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="registrations")
    identification = models.CharField(max_length=120, help_text="Afzender/Identificatie")
    capacity = models.CharField(max_length=24, blank=True, help_text="Hoedanigheid")
    authorisation = models.CharField(max_length=120, help_text="reference of its ground")
    right = models.CharField(max_length=120, help_text="for which it was first wanted")
    wanted_at = models.DateTimeField()
    since = models.DateField(null=True, help_text="first day, as MAGDA was told")
    until = models.DateField(null=True, help_text="last day, as MAGDA was told; empty: open")
    registered_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=36, blank=True, help_text="by which MAGDA knows it")
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reference = models.CharField(max_length=36, blank=True)
    file = models.ForeignKey(
        DeregistrationFile, models.SET_NULL, null=True, related_name="under_way"
    )
    problem = models.CharField(max_length=20, blank=True, help_text="code: why it failed last")
    tried_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "identification", "capacity"],
                condition=Q(ended_at=None),
                name="registrations_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(ending=""),
                name="registrations_end_has_a_reason",
            ),
        )
        indexes = (
            models.Index(fields=["tried_at"], condition=WAITING, name="registrations_waiting"),
        )

    def __str__(self) -> str:
        return f"registration {self.pk} of person {self.person_id}"

    @property
    def identity(self) -> tuple[str, str]:
        return self.identification, self.capacity
