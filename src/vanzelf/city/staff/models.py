"""Members of staff and what each may do."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Role(models.TextChoices):
    CLERK = "clerk", "baliemedewerker"
    PREPARER = "preparer", "voorbereider"
    APPROVER = "approver", "goedkeurder"
    POLICY = "policy", "beleidsmedewerker"
    PRIVACY = "privacy", "gegevensbescherming"


class StaffMember(models.Model):
    """Someone who works for the city. Two accounts of one human share `human`."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="staff")
    name = models.CharField(max_length=120)
    service = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices))
    human = models.BinaryField(help_text="blind index of who this is, whichever the account")
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name

    def has(self, role: Role) -> bool:
        """Whether this member of staff holds the role now."""
        return self.active and role in self.roles

    def same_human(self, other: StaffMember) -> bool:
        """Whether both accounts belong to one human being."""
        return self.pk == other.pk or bytes(self.human) == bytes(other.human)
