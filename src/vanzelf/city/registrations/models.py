"""Whom we told MAGDA that we hold a file on, in which capacity, since when and until when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Ending(models.TextChoices):
    """Why a registration is taken back."""

    NO_INTEREST = "no-interest", "heeft geen recht meer dat loopt"
    LEFT = "left", "staat niet meer in het register"
    DIED = "died", "overleden"
    LAPSED = "lapsed", "de machtiging eindigde"


WAITING = Q(ended_at=None) & (Q(registered_at=None) | ~Q(ending=""))
"""To be registered, or (with an ending) to be taken back."""


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
