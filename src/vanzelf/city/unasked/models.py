"""What was not asked in a check, and why: no more was wanted of people than was needed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from vanzelf.sources.types import Why


class LeftOut(models.Model):
    """A fact of a person, or of the household, about which no source was asked in a check."""

    check_ref = models.ForeignKey("awards.PointCheck", models.CASCADE, related_name="left_out")
    person = models.ForeignKey(
        "people.Person",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        help_text="empty: about the household",
    )
    on = models.DateField(help_text="the day on which the rights look at the facts")
    fact = models.CharField(max_length=120)
    why = models.CharField(max_length=16, choices=[(why.value, why.value) for why in Why])
    rights = ArrayField(models.CharField(max_length=120))

    def __str__(self) -> str:
        return f"{self.fact}: {self.why}"
