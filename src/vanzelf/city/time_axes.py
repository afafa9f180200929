"""Two time axes: when something holds in the world, and from when the city knew it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q

CURRENT = Q(valid_until=None, known_until=None)
"""What the city holds to be true now, with no end in sight."""


def at(valid: date, known: datetime) -> Q:
    """What held on the day `valid`, as the city knew it at the moment `known`."""
    return (
        (Q(valid_from=None) | Q(valid_from__lte=valid))
        & (Q(valid_until=None) | Q(valid_until__gte=valid))
        & (Q(known_until=None) | Q(known_until__gt=known))
        & Q(known_from__lte=known)
    )


class TwoAxes(models.Model):
    """Base of rows with both axes. Nothing is overwritten: a correction ends what was known."""

    valid_from = models.DateField(null=True, help_text="first day, included; empty: not known")
    valid_until = models.DateField(null=True, help_text="last day, included; empty: still so")
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True, help_text="until when we held this to be so")

    class Meta:
        abstract = True
