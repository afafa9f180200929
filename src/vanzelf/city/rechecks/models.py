"""What a recheck raises, and what it asks."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vanzelf.city.runs.models import Run, RunVerdict
from vanzelf.city.verdicts.models import Outcome, VerdictFields


class Limit(models.Model):
    """A recheck that only looks at some households: a source told something of these."""

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="limit")
    households = ArrayField(models.BigIntegerField())

    def __str__(self) -> str:
        return f"limit of run {self.run_id}"


class Raise(models.Model):
    """A verdict of a recheck that, once approved, takes the place of an award worth less."""

    verdict = models.OneToOneField(
        RunVerdict, models.PROTECT, primary_key=True, related_name="raises"
    )
    award = models.ForeignKey("awards.Award", models.PROTECT, related_name="+")
    became = models.ForeignKey(
        "awards.Award",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="the award that took its place, once it was awarded",
    )

    def __str__(self) -> str:
        return f"raise of award {self.award_id}"


class Question(VerdictFields):
    """A finding of a recheck that a person must look at: never a claim, never ended by itself.

    The verdict is what is found now; `before` is what the run that is rechecked found.
    """

    class Kind(models.TextChoices):
        LESS = "less", "minder"
        DIFFERS = "differs", "ander gezin"

    class Answer(models.TextChoices):
        KEPT = "kept", "blijft zoals het is"
        ENDED = "ended", "toekenning beëindigd"
        LAPSED = "lapsed", "vervallen: de toekenning was al beëindigd"

    run = models.ForeignKey(Run, models.PROTECT, related_name="questions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    household = models.ForeignKey(
        "people.Household", models.PROTECT, related_name="+", db_constraint=False
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    award = models.ForeignKey(
        "awards.Award", models.PROTECT, null=True, related_name="questions", help_text="held now"
    )
    before_outcome = models.SmallIntegerField(
        choices=Outcome.choices, null=True, help_text="empty: that run did not look at this unit"
    )
    before_reasons = ArrayField(models.CharField(max_length=120), default=list)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    closed_by = models.ForeignKey("staff.StaffMember", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.TextField(blank=True)
    superseded_by = models.ForeignKey(
        Run, models.PROTECT, null=True, related_name="+", help_text="a later recheck of the same"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["run", "household", "person"],
                nulls_distinct=False,
                name="rechecks_question_once_per_unit",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, answer="")
                | (
                    Q(closed_by__isnull=False, closed_reason__regex=r"\S.{19,}")
                    & ~Q(answer="")
                    & Q(closed_at__isnull=False)
                ),
                name="rechecks_no_answer_without_reason",
            ),
        )

    @property
    def answers(self) -> list[Answer]:
        """What may become of it: once its award ended, there is nothing to keep or to end."""
        if self.award is None:
            return [self.Answer.KEPT]
        if self.award.known_until is not None:
            return [self.Answer.LAPSED]
        return [self.Answer.KEPT, self.Answer.ENDED]

    def __str__(self) -> str:
        return f"question {self.pk} of run {self.run_id}"


OPEN = Q(closed_at=None, superseded_by=None) & ~Q(run__state="withdrawn")
"""Questions that wait for a person."""
