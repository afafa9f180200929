"""Authorisations as they were at each moment, and the questions that left under them.

Both tables only grow: what was a ground on a day can be shown later, and who changed it.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One version of a purpose, an activity or an authorisation; the highest number counts."""

    class Kind(models.TextChoices):
        PURPOSE = "purpose", "doel"
        ACTIVITY = "activity", "verwerkingsactiviteit"
        AUTHORISATION = "authorisation", "machtiging"

    class Origin(models.TextChoices):
        SHIPPED = "shipped", "meegeleverd voorbeeld"
        OWN = "own", "van de stad"

    kind = models.CharField(max_length=14, choices=Kind.choices)
    key = models.CharField(max_length=200, help_text="reference or id, as regulations name it")
    number = models.PositiveIntegerField(help_text="1, 2, … of this kind and key")
    content = models.JSONField(null=True, help_text="as authorisations.yaml has it; null: removed")
    origin = models.CharField(max_length=8, choices=Origin.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.StaffMember", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "key", "number"], name="lawfulness_entry_version"
            ),
            models.CheckConstraint(
                condition=Q(by=None) | ~Q(reason=""), name="lawfulness_entry_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}, version {self.number}"


class SentQuestion(models.Model):
    """One question that left the city: under which authorisation, never about whom.

    `reference` is the Afzender/Referte by which the source has it too, so that its log and ours
    can be laid side by side.
    """

    at = models.DateTimeField()
    service = models.CharField(max_length=120)
    purpose = models.CharField(max_length=120)
    authorisation = models.CharField(max_length=200)
    facts = ArrayField(models.CharField(max_length=200), default=list)
    persons = models.PositiveIntegerField(default=1, help_text="more than one: asked by file")
    outcome = models.CharField(max_length=40, help_text='"answered", or why not')
    reference = models.CharField(max_length=120)

    class Meta:
        indexes = (models.Index(fields=["authorisation", "at"], name="lawfulness_sent_under"),)

    def __str__(self) -> str:
        return f"question {self.reference} to {self.service}"
