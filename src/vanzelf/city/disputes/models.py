"""What a person did about a contradiction between someone's own word and a source."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Dispute(models.Model):
    """One contradiction in a check, closed by someone, with a reason."""

    class How(models.TextChoices):
        REPORTED = "reported", "gemeld aan de bron"
        SET_ASIDE = "set-aside", "het antwoord telt niet meer"

    check_ref = models.ForeignKey("awards.PointCheck", models.PROTECT, related_name="disputes")
    fact = models.CharField(max_length=200, help_text="path as in facts.yaml")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", help_text="empty: household"
    )
    source = models.CharField(max_length=120)
    how = models.CharField(max_length=12, choices=How.choices)
    reason = models.TextField()
    by = models.ForeignKey("staff.StaffMember", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["check_ref", "fact", "person"],
                nulls_distinct=False,
                name="disputes_closed_once",
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S.{19,}"), name="disputes_no_answer_without_reason"
            ),
        )

    def __str__(self) -> str:
        return f"dispute {self.pk}: {self.how}"
