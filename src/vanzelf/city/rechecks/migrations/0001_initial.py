import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("awards", "0002_kept"),
        ("people", "0001_initial"),
        ("runs", "0002_frozen"),
        ("staff", "0001_initial"),
        ("verdicts", "0002_members"),
    ]

    operations = [
        migrations.CreateModel(
            name="Raise",
            fields=[
                (
                    "verdict",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="raises",
                        serialize=False,
                        to="runs.runverdict",
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="awards.award",
                    ),
                ),
                (
                    "became",
                    models.ForeignKey(
                        help_text="the award that took its place, once it was awarded",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="awards.award",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.SmallIntegerField(choices=[(0, "NO"), (1, "YES"), (2, "UNKNOWN")]),
                ),
                (
                    "amount_cents",
                    models.BigIntegerField(
                        help_text="euro cents: the amounts in money together; empty when not known",
                        null=True,
                    ),
                ),
                (
                    "amounts",
                    models.JSONField(
                        default=list, help_text="id, kind, value, per and unit of each"
                    ),
                ),
                ("delivery", models.CharField(blank=True, max_length=60)),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        default=list,
                        help_text="reason codes",
                        size=None,
                    ),
                ),
                (
                    "missing",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                (
                    "settled_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        default=list,
                        help_text="a smallest set of facts",
                        size=None,
                    ),
                ),
                ("next_question", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("less", "minder"), ("differs", "ander gezin")], max_length=8
                    ),
                ),
                (
                    "before_outcome",
                    models.SmallIntegerField(
                        choices=[(0, "NO"), (1, "YES"), (2, "UNKNOWN")],
                        help_text="empty: that run did not look at this unit",
                        null=True,
                    ),
                ),
                (
                    "before_reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "blijft zoals het is"),
                            ("ended", "toekenning beëindigd"),
                        ],
                        max_length=8,
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_reason", models.TextField(blank=True)),
                (
                    "award",
                    models.ForeignKey(
                        help_text="held now",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="awards.award",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.staffmember",
                    ),
                ),
                (
                    "explanation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="verdicts.explanation",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="runs.run",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        help_text="a later recheck of the same",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="runs.run",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "household", "person"),
                        name="rechecks_question_once_per_unit",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("closed_at", None)),
                            models.Q(
                                ("closed_by__isnull", False),
                                ("closed_reason__regex", "\\S.{19,}"),
                                models.Q(("answer", ""), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="rechecks_no_answer_without_reason",
                    ),
                ],
            },
        ),
    ]
