"""What was tried, and what was kept. Of people there are only protected numbers in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vanzelf.city.staff.models import StaffMember
from vanzelf.population.simulation import Effect

NAME, NOTE = 80, 2_000
"""Characters of a name and of a note, at most."""


class FirstTried(models.Model):
    """When a delivery of the register was first tried: the city's own lists are looked at as they
    stood then."""

    population = models.CharField(max_length=64, help_text="digest of the files of the delivery")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["population", "at"], name="simulations_first_tried"),)

    def __str__(self) -> str:
        return f"delivery {self.population[:8]}, first tried {self.at:%d/%m/%Y}"


class Trial(models.Model):
    """An answer that someone got: a change of a right, on a day, on one population.

    The same question again is the same answer, and makes no new row.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    right = models.CharField(max_length=120, help_text="id of the regulation")
    on = models.DateField(help_text="the day of the check")
    change = models.JSONField(help_text="as Change.as_data tells it")
    answer = models.BinaryField(help_text="digest of population, regulation, day and change")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["answer", "by"], name="simulations_trial_once"),
        )
        indexes = (models.Index(fields=["right", "at"], name="simulations_trial_right"),)

    def __str__(self) -> str:
        return f"trial {self.pk} of {self.right}"


class SavedSimulation(models.Model):
    """A simulation under a name, with the numbers as they were when it was saved."""

    name = models.CharField(max_length=NAME)
    note = models.TextField(blank=True, max_length=NOTE)
    by = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    right = models.CharField(max_length=120, help_text="id of the regulation")
    on = models.DateField(help_text="the day of the check")
    change = models.JSONField(help_text="as Change.as_data tells it")
    numbers = models.JSONField(help_text="as Effect.as_data tells it")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="simulations_saved_has_a_name"),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="simulations_removed_by_someone",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def effect(self) -> Effect:
        """What it would do, as it was when it was saved."""
        return Effect.from_data(self.numbers)
