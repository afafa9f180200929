"""Deliveries of the city's own lists, and their rows, sealed."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vanzelf.city.staff.models import StaffMember


class State(models.TextChoices):
    READING = "reading"  # it waits for the worker, or is being read
    FAILED = "failed"  # it could not be read
    WRONG = "wrong"  # rows with problems: it cannot be taken in
    PREVIEW = "preview"  # to be looked at
    TAKEN = "taken"  # the last one of a list is in use
    UNDONE = "undone"  # it was taken back
    DISCARDED = "discarded"  # it was not taken in


class Delivery(models.Model):
    """One delivery of one list. Its rows stand in `ListedRow` while it is looked at or in use."""

    name = models.CharField(max_length=80, help_text="of the layout")
    as_of = models.DateField(help_text="the day for which the list was made")
    complete = models.BooleanField(help_text="who is not on it, has nothing of the kind")
    last_day = models.DateField(help_text="after it the list says nothing any more")
    file_name = models.CharField(max_length=120, blank=True, help_text="empty: from a view")
    digest = models.BinaryField(help_text="keyed digest of what was delivered")
    state = models.CharField(max_length=10, choices=State.choices)
    read = models.PositiveIntegerField(default=0, help_text="rows that were looked at")
    expected = models.PositiveIntegerField(null=True, help_text="rows, about; of a file that waits")
    tries = models.PositiveSmallIntegerField(default=0, help_text="how often a worker began it")
    kept = models.PositiveIntegerField(default=0, help_text="rows, of facts that may be kept")
    left_out = models.PositiveIntegerField(default=0, help_text="rows of facts without a ground")
    grounds = ArrayField(
        models.CharField(max_length=200), default=list, help_text="references of authorisations"
    )
    problem_count = models.PositiveIntegerField(default=0)
    problems = models.BinaryField(null=True, help_text="sealed: they repeat what stood in cells")
    key_id = models.CharField(max_length=20, blank=True)
    differences = models.JSONField(default=dict, help_text="as Differences.as_data tells it")
    compared_with = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", help_text="in use at that moment"
    )
    by = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="why it was taken in, where that was asked")
    undone_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.TextField(blank=True)
    rows_until = models.DateField(help_text="until when its rows are kept at most")
    rows_removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["name", "-taken_at"], name="lists_delivery_taken"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="lists_taken_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone")
                | (Q(undone_by__isnull=False, undone_at__isnull=False) & ~Q(undo_reason="")),
                name="lists_undone_by_someone_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"delivery {self.pk} of {self.name}"

    def days_left(self, today: date) -> int:
        """Days until the last on which it says anything; negative: past."""
        return (self.last_day - today) // timedelta(days=1)


class UploadPiece(models.Model):
    """A piece of a file that waits for the worker, sealed; gone once it was read."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="upload")
    ciphertext = models.BinaryField()
    key_id = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"piece {self.pk} of the file of delivery {self.delivery_id}"


class ListedRow(models.Model):
    """A row of a delivery, sealed; found by whom it is about, without opening any."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, db_constraint=False, db_index=False)
    index = models.BinaryField(help_text="HMAC of the list and whom (or which address) it is about")
    ciphertext = models.BinaryField()
    key_id = models.CharField(max_length=20)

    class Meta:
        indexes = (models.Index(fields=["delivery", "index"], name="lists_row_about"),)

    def __str__(self) -> str:
        return f"row {self.pk} of delivery {self.delivery_id}"
