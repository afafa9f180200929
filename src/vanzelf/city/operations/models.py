"""What workers leave for pages to show: they saw a source answer, and they are there themselves."""

from __future__ import annotations

from django.db import models


class Probe(models.Model):
    """The last probe of a service."""

    service = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12, help_text="as sources.magda.probing.Outcome")
    seconds = models.FloatField()
    certificate_ends = models.DateTimeField(null=True)
    arrived = models.PositiveIntegerField(null=True, help_text="files that wait there for us")
    untaken = models.PositiveIntegerField(null=True, help_text="files of ours, not yet taken")
    silent_since = models.DateTimeField(null=True, help_text="first probe without an answer")

    def __str__(self) -> str:
        return f"probe of {self.service}: {self.outcome}"


class Beat(models.Model):
    """When a worker of a lane was last alive."""

    lane = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"beat of {self.lane}"
