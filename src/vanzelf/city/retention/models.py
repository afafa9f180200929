"""What was taken away when: the account of the keeping itself. It only grows."""

from __future__ import annotations

from django.db import models


class Sweep(models.Model):
    """One class of data brought back to its term, once. A class without anything past it makes no
    row, but the run as a whole does (with an empty class)."""

    at = models.DateTimeField()
    data_class = models.CharField(max_length=40, blank=True, help_text="id in retention.yaml")
    taken = models.PositiveBigIntegerField(help_text="rows, values or files that went")
    past = models.PositiveBigIntegerField(help_text="that are past their term still, and should go")
    keys = models.PositiveIntegerField(default=0, help_text="keys of past days that were destroyed")

    class Meta:
        indexes = (models.Index(fields=["-at"], name="retention_sweep_at"),)

    def __str__(self) -> str:
        return f"sweep {self.pk} of {self.data_class or 'all'}"
