"""A run: one regulation checked over a population at a reference date."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from vanzelf.city.verdicts.models import VerdictFields


class State(models.TextChoices):
    """Where a run stands. `interrupted` is no state: a run that died resumes where it was."""

    PREPARED = "prepared", "klaargezet"
    EVALUATING = "evaluating", "wordt berekend"
    PREVIEW = "preview", "voorbeeld klaar"
    REQUESTED = "requested", "wacht op goedkeuring"
    APPROVED = "approved", "goedgekeurd"
    AWARDING = "awarding", "wordt toegekend"
    DONE = "done", "toegekend"
    WITHDRAWN = "withdrawn", "ingetrokken"
    FAILED = "failed", "mislukt"


class Run(models.Model):
    regulation = models.CharField(max_length=120)
    on = models.DateField(help_text="the day for which is checked")
    period = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PREPARED)
    regulation_hash = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=40)
    population_digest = models.CharField(max_length=64, blank=True)
    delivery = models.ForeignKey(
        "people.PopulationImport",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="whose data are looked at: the presences of this delivery",
    )
    personal = models.BooleanField(default=False, help_text="a right of persons, not households")
    rechecks = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="the earlier run that is looked at again, with the facts as known now",
    )
    created_by = models.ForeignKey("staff.StaffMember", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    total = models.PositiveIntegerField(default=0, help_text="households to evaluate or to award")
    done = models.PositiveIntegerField(default=0, help_text="of these, what is finished")
    result = models.JSONField(default=dict, help_text="counts and bounds of the frozen list")
    list_hash = models.CharField(max_length=64, blank=True)
    requested_by = models.ForeignKey(
        "staff.StaffMember", models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(null=True)
    override_reason = models.TextField(blank=True, help_text="why the breaker was set aside")
    approved_by = models.ForeignKey(
        "staff.StaffMember", models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "staff.StaffMember", models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)
    problem = models.TextField(blank=True, help_text="what went wrong, for staff to read")

    class Meta:
        indexes = (models.Index(fields=["regulation", "-on"], name="runs_run_regulation"),)

    def __str__(self) -> str:
        return f"run {self.pk}: {self.regulation} on {self.on}"


class RunChunk(models.Model):
    """A piece of work that is finished: written in the transaction that did it."""

    class Phase(models.TextChoices):
        EVALUATE = "evaluate"
        AWARD = "award"

    run = models.ForeignKey(Run, models.PROTECT, related_name="chunks")
    phase = models.CharField(max_length=8, choices=Phase.choices)
    number = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["run", "phase", "number"], name="runs_chunk_is_done_once"
            ),
        )

    def __str__(self) -> str:
        return f"run {self.run_id}, {self.phase} {self.number}"


class Said(models.Model):
    """Reason codes, or facts that are missing: a list that many findings share."""

    texts = ArrayField(models.CharField(max_length=200), unique=True)

    def __str__(self) -> str:
        return ", ".join(self.texts)


class Findings(models.Model):
    """All that a run found in one piece, a column over its units. Frozen.

    Everyone is in it, also who gets nothing and of whom nothing changed; a unit is at the same
    place in each column.
    """

    pk = models.CompositePrimaryKey("run", "number")
    run = models.ForeignKey(Run, models.PROTECT, related_name="findings", db_index=False)
    number = models.PositiveIntegerField(help_text="of the piece")
    households = ArrayField(models.BigIntegerField())
    persons = ArrayField(
        models.BigIntegerField(null=True), help_text="empty elements for a right of households"
    )
    outcomes = ArrayField(models.SmallIntegerField())
    cents = ArrayField(
        models.BigIntegerField(null=True),
        help_text="euro cents: the amounts in money together; of an UNKNOWN what a YES would give",
    )
    worth = ArrayField(
        models.TextField(null=True),
        help_text="per line of the amount hundredths, ? where not known; of a NO empty",
    )
    marks = ArrayField(
        models.BinaryField(null=True),
        default=list,
        help_text="of an UNKNOWN a keyed digest of all that is known of it; of others empty",
    )
    reasons = ArrayField(models.BigIntegerField(), help_text="ids of Said")
    missing = ArrayField(models.BigIntegerField(), help_text="ids of Said")

    def __str__(self) -> str:
        return f"piece {self.number} of run {self.run_id}"


class RunVerdict(VerdictFields):
    """A verdict that a run proposes to award or to keep: a YES or UNKNOWN that is not what stood
    before, or a YES of whom not everyone has the award. Frozen: never changed once written."""

    upper_cents = models.BigIntegerField(
        null=True, help_text="euro cents: what an UNKNOWN would cost as a YES"
    )
    run = models.ForeignKey(Run, models.PROTECT, related_name="verdicts")
    household = models.ForeignKey(
        "people.Household", models.PROTECT, related_name="+", db_constraint=False
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", db_constraint=False
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["run", "household", "person"],
                nulls_distinct=False,
                name="runs_verdict_once_per_unit",
            ),
        )

    def __str__(self) -> str:
        return f"verdict {self.pk} of run {self.run_id}"


class SampleDossier(models.Model):
    """A dossier that someone must have read before approval is asked."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "gewoon"
        EXCEPTIONAL = "exceptional", "uitzonderlijk"

    run = models.ForeignKey(Run, models.PROTECT, related_name="sample")
    verdict = models.ForeignKey(RunVerdict, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    why = models.CharField(max_length=60, help_text="code: why this dossier was drawn")
    read_by = models.ForeignKey("staff.StaffMember", models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["run", "number"], name="runs_sample_number"),
        )

    def __str__(self) -> str:
        return f"dossier {self.number} of run {self.run_id}"
