"""People and households. A person has an id of our own; the INSZ is an alias, sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from vanzelf.city import secrets
from vanzelf.city.time_axes import CURRENT, TwoAxes


class Person(models.Model):
    """Someone of whom the city knows something, by an id that never changes."""

    first_name = models.CharField(max_length=120)
    last_name = models.CharField(max_length=120)
    birth_date = models.DateField(null=True)
    deceased = models.BooleanField(null=True)
    known_from = models.DateTimeField()

    def __str__(self) -> str:
        return f"person {self.pk}"  # no name: this text ends up in logs

    @property
    def name(self) -> str:
        """First name and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def household(self) -> Household | None:
        """The household this person belongs to now, None when the register gives none."""
        membership = self.memberships.filter(CURRENT).select_related("household").first()
        return membership.household if membership else None

    @property
    def insz(self) -> str | None:
        """The number in use now, opened; do not log it, do not put it in an address."""
        alias = self.aliases.filter(CURRENT).order_by("-id").first()
        return alias.open() if alias else None


class InszAlias(TwoAxes):
    """A number by which a person is known; it can change, and both numbers stay findable."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="aliases", db_constraint=False)
    index = models.BinaryField(unique=True, help_text="HMAC of the number, to find it by")
    ciphertext = models.BinaryField()
    key_id = models.CharField(max_length=20)
    invented = models.BooleanField(help_text="a test number: month + 60")

    def __str__(self) -> str:
        return f"alias {self.pk} of person {self.person_id}"

    def open(self) -> str:
        """The number itself; raises SealError when the row was tampered with."""
        sealed = secrets.Sealed(self.key_id, bytes(self.ciphertext))
        return secrets.open_sealed(sealed, table="people_inszalias", column="insz", row=self.pk)


class Household(models.Model):
    """Who lives together; members come and go through Membership."""

    register_number = models.BigIntegerField(null=True, unique=True)
    street = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    municipality = models.CharField(max_length=5, blank=True, help_text="NIS code")
    known_from = models.DateTimeField()
    delivered = models.BinaryField(
        null=True, help_text="keyed digest of what the latest delivery says; empty: not in it"
    )

    def __str__(self) -> str:
        return f"household {self.pk}"

    @property
    def members(self) -> list[Person]:
        """The persons who belong to it now, in the order in which the register gives them."""
        found = self.memberships.filter(CURRENT).select_related("person").order_by("place", "id")
        return [membership.person for membership in found]


class Membership(TwoAxes):
    """A person belongs to a household, in a position (01 is the reference person)."""

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="memberships", db_constraint=False
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="memberships", db_constraint=False
    )
    position = models.CharField(max_length=3)
    place = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="order of delivery, from 0: paths number members so"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(valid_until=None, known_until=None),
                name="people_one_household_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"person {self.person_id} in household {self.household_id}"


class Fact(TwoAxes):
    """One datum about a person or a household, from a source; value empty: not known, and why."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="facts")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="facts")
    fact = models.CharField(max_length=200, help_text="path as in facts.yaml")
    value = models.JSONField(null=True, help_text="empty when not known, or when sealed")
    sealed = models.BinaryField(null=True, help_text="financial values are never in clear")
    key_id = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=40, blank=True, help_text="code: why it is not known")
    source = models.CharField(max_length=120, blank=True)
    as_of = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(household__isnull=False),
                name="people_fact_is_about_someone",
            ),
        )

    def __str__(self) -> str:
        return f"fact {self.pk}: {self.fact}"


class PopulationImport(models.Model):
    """One delivery of the register, taken in as a whole."""

    digest = models.CharField(max_length=64, help_text="SHA-256 over the files of the delivery")
    persons = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    at = models.DateTimeField()
    reason = models.TextField(blank=True, help_text="why a much smaller delivery is right")
    by = models.ForeignKey(
        "staff.StaffMember", models.PROTECT, null=True, related_name="+", db_constraint=False
    )

    def __str__(self) -> str:
        return f"import {self.digest[:12]}"


class Presence(models.Model):
    """A person was in a household in every delivery from `since` up to, not including, `until`.

    Written once; only its end is filled in. Of two deliveries the later has the higher id.
    """

    pk = models.CompositePrimaryKey("person", "since")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="presences", db_constraint=False, db_index=False
    )
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="presences", db_constraint=False
    )
    place = models.PositiveSmallIntegerField(help_text="order of delivery, from 0")
    private = models.BooleanField(help_text="not a care home, student home or cloister")
    since = models.ForeignKey(
        PopulationImport, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    until = models.ForeignKey(
        PopulationImport,
        models.PROTECT,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        help_text="the first delivery in which this is no longer so; empty: it still is",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="people_present_once"
            ),
        )

    def __str__(self) -> str:
        return f"person {self.person_id} in household {self.household_id}"
