"""Awards, decisions, advice, and the latest verdict on every right."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from vanzelf.city.time_axes import TwoAxes
from vanzelf.city.verdicts.models import Explanation, VerdictFields


class PointCheck(models.Model):
    """The sources were asked for one person and household, by someone, for a reason."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="checks")
    household = models.ForeignKey("people.Household", models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("staff.StaffMember", models.PROTECT, related_name="+")
    reason = models.TextField()
    facts = models.ManyToManyField("people.Fact", related_name="checks")

    def __str__(self) -> str:
        return f"check {self.pk}"


class Advice(VerdictFields):
    """A verdict put before a member of staff."""

    check_ref = models.ForeignKey(PointCheck, models.PROTECT, related_name="advices")
    right = models.CharField(max_length=120)
    period = models.CharField(max_length=40)
    regulation_hash = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"advice {self.pk} on {self.right}"


class Decision(models.Model):
    """What the city decided on an advice: by whom, and with which motivation."""

    class Kind(models.TextChoices):
        AWARD = "award", "toekennen"
        REFUSE = "refuse", "weigeren"
        ASK = "ask", "meer vragen"

    advice = models.ForeignKey(Advice, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    by = models.ForeignKey("staff.StaffMember", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    motivation = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="refuse") | Q(motivation__regex=r"\S.{19,}"),
                name="awards_no_refusal_without_reason",
            ),
        )

    def __str__(self) -> str:
        return f"decision {self.pk}: {self.kind}"


class Award(TwoAxes):
    """A right given to a household or a person for a period."""

    right = models.CharField(max_length=120)
    period = models.CharField(max_length=40)
    household = models.ForeignKey(
        "people.Household", models.PROTECT, null=True, related_name="awards"
    )
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="awards")
    regulation_hash = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=40)
    amount_cents = models.BigIntegerField(null=True)
    amounts = models.JSONField(default=list)
    delivery = models.CharField(max_length=60, blank=True)
    explanation = models.ForeignKey(Explanation, models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey("runs.Run", models.PROTECT, null=True, related_name="awards")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="awards")
    decided_by = models.ForeignKey("staff.StaffMember", models.PROTECT, related_name="+")
    approved_by = models.ForeignKey("staff.StaffMember", models.PROTECT, related_name="+")
    ended_by = models.ForeignKey("staff.StaffMember", models.PROTECT, null=True, related_name="+")
    ended_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(run__isnull=False) | Q(decision__isnull=False),
                name="awards_award_has_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(known_until=None)
                | (Q(ended_by__isnull=False) & Q(ended_reason__regex=r"\S.{19,}")),
                name="awards_no_end_without_reason",
            ),
        )

    def __str__(self) -> str:
        return f"award {self.pk} of {self.right}"

    @property
    def amount(self) -> dict[str, Any] | None:
        """The first amount, for a right that has one."""
        return self.amounts[0] if self.amounts else None


class AwardCover(models.Model):
    """A person whom an award covers: once for a right and a period, wherever they live then."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="covers")
    right = models.CharField(max_length=120)
    period = models.CharField(max_length=40)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="covers", db_constraint=False
    )
    known_until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["right", "period", "person"],
                condition=Q(known_until=None),
                name="awards_cover_once",
            ),
        )

    def __str__(self) -> str:
        return f"award {self.award_id} covers person {self.person_id}"


class LatestVerdict(VerdictFields):
    """The last thing we found on a right for a household or person, so that we can say why not."""

    right = models.CharField(max_length=120)
    household = models.ForeignKey(
        "people.Household", models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    on = models.DateField()
    at = models.DateTimeField()
    worth = models.TextField(
        null=True, help_text="as the findings of its run have it; empty: not from a run"
    )
    mark = models.BinaryField(null=True, help_text="as the findings of its run have it")
    regulation_hash = models.CharField(max_length=64)
    run = models.ForeignKey(
        "runs.Run", models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    advice = models.ForeignKey(Advice, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["right", "household", "person"],
                nulls_distinct=False,
                name="awards_latest_once_per_unit",
            ),
        )

    def __str__(self) -> str:
        return f"latest verdict on {self.right}"
