"""Everyone asked about some rights in stages: what each stage asked, and what was never asked."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vanzelf.sources.types import Why


class State(models.TextChoices):
    ASKING = "asking", "vraagt"
    WAITING = "waiting", "wacht op antwoorden"
    DONE = "done", "klaar"
    STOPPED = "stopped", "gestopt"


class Inquiry(models.Model):
    """The questions about some rights on one day, of everyone, stage after stage."""

    rights = ArrayField(models.CharField(max_length=120), help_text="ids of regulations")
    on = models.DateField(help_text="the day for which the rights are checked")
    at_once = models.BooleanField(help_text="all members of a household in one stage")
    by = models.ForeignKey("staff.StaffMember", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKING)
    everything = models.JSONField(default=dict, help_text="by fact: persons, if all were asked")
    not_by_file = ArrayField(
        models.CharField(max_length=200), default=list, help_text="facts that no list can ask"
    )
    problem = models.TextField(blank=True, help_text="why it does not go on; empty: it does")
    tried_at = models.DateTimeField(null=True, help_text="when someone last went on with it")
    finished_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey("staff.StaffMember", models.PROTECT, null=True, related_name="+")
    stopped_reason = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "inquiries"
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("done", "stopped"), finished_at__isnull=False)
                | Q(state__in=("asking", "waiting"), finished_at=None),
                name="inquiries_finished_at",
            ),
        )

    def __str__(self) -> str:
        return f"inquiry {self.pk}"

    @property
    def ended(self) -> bool:
        return self.state in (State.DONE, State.STOPPED)


class Stage(models.Model):
    """One order by file within an inquiry; open until it is answered or its term is past."""

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="stages")
    number = models.PositiveIntegerField()
    order = models.OneToOneField(
        "bulk.Order", models.SET_NULL, null=True, related_name="+", help_text="until its term ends"
    )
    questions = models.JSONField(help_text="by fact: of how many persons")
    at = models.DateTimeField()
    answered = models.PositiveIntegerField(default=0, help_text="questions, when it closed")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["inquiry", "number"], name="inquiries_stage_number"),
        )

    def __str__(self) -> str:
        return f"stage {self.number} of inquiry {self.inquiry_id}"


class LeftOut(models.Model):
    """Persons of whom a fact was not asked for one reason: a piece of some thousands."""

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="left_out")
    right = models.CharField(max_length=120)
    fact = models.CharField(max_length=200)
    why = models.CharField(max_length=16, choices=[(why.value, why.value) for why in Why])
    persons = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = (models.Index(fields=["inquiry", "right"], name="inquiries_left_out"),)

    def __str__(self) -> str:
        return f"{self.fact}: {self.why}"
