"""How sources are doing. Nothing about persons: names, addresses of services, counts, moments."""

from __future__ import annotations

from django.db import models


class SourceCondition(models.Model):
    """What is remembered of one source at one address."""

    source = models.CharField(max_length=120, help_text="as readings name it: magda/GeefPersoon")
    address = models.CharField(max_length=255, help_text="host and port")
    condition = models.JSONField(help_text="as sources.endurance.Condition.as_data tells it")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "address"], name="endurance_source_once"),
        )

    def __str__(self) -> str:
        return f"{self.source} at {self.address}"
