"""Evidence of what a resident told: a file, sealed with a key that ends."""

from __future__ import annotations

import base64
from typing import Any

from django.db import models

from vanzelf.city import secrets


class Scan(models.TextChoices):
    """What the scanner said of a file. Only the first two are opened."""

    CLEAN = "clean", "niets gevonden"
    UNSCANNED = "unscanned", "niet gescand: er was geen scanner"
    WAITING = "waiting", "wordt nog gescand"
    HARMFUL = "harmful", "weggedaan: er zat een virus in"


class Evidence(models.Model):
    """A file beside an answer. The content opens in no other row, and not after its term."""

    fact = models.CharField(max_length=200, help_text="path as in facts.yaml")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", help_text="whom it is about"
    )
    household = models.ForeignKey("people.Household", models.PROTECT, null=True, related_name="+")
    added_by = models.ForeignKey("people.Person", models.PROTECT, related_name="evidence")
    at = models.DateTimeField()
    until = models.DateField(help_text="the last day on which it can be opened")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    size = models.IntegerField(help_text="bytes")
    content = models.BinaryField()
    key_id = models.CharField(max_length=20)
    seen_at = models.DateTimeField(null=True, help_text="when staff first looked")
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.UNSCANNED)
    scanned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(person=None) ^ models.Q(household=None),
                name="evidence_is_about_a_person_or_a_household",
            ),
            models.CheckConstraint(
                condition=models.Q(scan=Scan.HARMFUL) ^ ~models.Q(content=b""),
                name="evidence_nothing_harmful_is_kept",
            ),
        )

    def __str__(self) -> str:
        return f"evidence {self.pk}"

    def seal(self, content: bytes) -> None:
        """Sets the content, bound to this row, which must have its id and its term."""
        text = base64.b64encode(content).decode()
        self.key_id, self.content = secrets.seal(text, until=self.until, **_place(self.pk))

    @property
    def opens(self) -> bool:
        """Whether it may be opened: it was scanned, or there was no scanner."""
        return self.scan in (Scan.CLEAN, Scan.UNSCANNED)

    def open(self) -> bytes:
        """The file. Raises `secrets.ForgottenError` after its term."""
        sealed = secrets.Sealed(self.key_id, bytes(self.content))
        return base64.b64decode(secrets.open_sealed(sealed, **_place(self.pk)))


def _place(row: int) -> dict[str, Any]:
    return {"table": "evidence_evidence", "column": "content", "row": row}
