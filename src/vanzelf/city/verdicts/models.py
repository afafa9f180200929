"""How a verdict stands in rows: what runs and awards share."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Outcome(models.IntegerChoices):
    """A verdict's answer."""

    NO = 0, "NO"
    YES = 1, "YES"
    UNKNOWN = 2, "UNKNOWN"


class Explanation(models.Model):
    """A verdict as structure (Verdict.as_data), with its raw values sealed apart until their term
    ends; then only the structure is left."""

    data = models.JSONField()
    members = ArrayField(
        models.BigIntegerField(),
        default=list,
        help_text="ids of the persons whom the paths number: gezin.leden[1] is the first",
    )
    sealed = models.BinaryField(null=True)
    key_id = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["key_id"], condition=Q(sealed__isnull=False), name="verdicts_sealed_until"
            ),
        )

    def __str__(self) -> str:
        return f"explanation {self.pk}"


class VerdictFields(models.Model):
    """The columns of a verdict. Paths of members lose their number: gezin.leden.leefloon."""

    outcome = models.SmallIntegerField(choices=Outcome.choices)
    amount_cents = models.BigIntegerField(
        null=True, help_text="euro cents: the amounts in money together; empty when not known"
    )
    amounts = models.JSONField(default=list, help_text="id, kind, value, per and unit of each")
    delivery = models.CharField(max_length=60, blank=True)
    reasons = ArrayField(models.CharField(max_length=120), default=list, help_text="reason codes")
    missing = ArrayField(models.CharField(max_length=200), default=list)
    settled_by = ArrayField(
        models.CharField(max_length=200), default=list, help_text="a smallest set of facts"
    )
    next_question = models.CharField(max_length=200, blank=True)
    explanation = models.ForeignKey(Explanation, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def amount(self) -> dict[str, Any] | None:
        """The first amount, for a right that has one."""
        return self.amounts[0] if self.amounts else None
