"""Who looked at whose data. Append-only: the database refuses a change, whoever asks."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Actor(models.TextChoices):
    STAFF = "staff", "medewerker"
    RESIDENT = "resident", "bewoner"
    RUN = "run", "controle van iedereen"
    SYSTEM = "system", "systeem"


class Look(models.Model):
    """One look. A look by a run has no subjects of its own: the delivery of the run tells whose."""

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10, choices=Actor.choices)
    actor = models.CharField(max_length=120, help_text="name as it was at the time")
    service = models.CharField(max_length=120, blank=True)
    staff = models.ForeignKey("staff.StaffMember", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey("runs.Run", models.PROTECT, null=True, related_name="looks")
    purpose = models.CharField(max_length=120)
    right = models.CharField(max_length=120, blank=True, help_text="id of the regulation")
    facts = ArrayField(models.CharField(max_length=200), default=list)
    reason = models.TextField(blank=True)
    about = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="whom was asked about: only they see who looked and why",
    )

    class Meta:
        indexes = (models.Index(fields=["run"], name="access_look_run"),)

    def __str__(self) -> str:
        return f"look {self.pk}"


class LookSubject(models.Model):
    """Whose data a look was about."""

    pk = models.CompositePrimaryKey("person", "look")
    look = models.ForeignKey(Look, models.PROTECT, related_name="subjects")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", db_constraint=False
    )
    facts = ArrayField(
        models.CharField(max_length=200),
        default=list,
        db_default=[],
        help_text="of the look's facts, those of this person, when another was asked about",
    )

    def __str__(self) -> str:
        return f"look {self.look_id} at person {self.person_id}"
