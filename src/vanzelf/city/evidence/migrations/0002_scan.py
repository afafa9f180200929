from django.db import migrations, models


class Migration(migrations.Migration):
    """What was handed in before there was a scanner was not scanned."""

    dependencies = [("evidence", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="scan",
            field=models.CharField(
                choices=[
                    ("clean", "niets gevonden"),
                    ("unscanned", "niet gescand: er was geen scanner"),
                    ("waiting", "wordt nog gescand"),
                    ("harmful", "weggedaan: er zat een virus in"),
                ],
                default="unscanned",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="evidence", name="scanned_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("scan", "harmful"))
                ^ models.Q(models.Q(("content", b""), _negated=True)),
                name="evidence_nothing_harmful_is_kept",
            ),
        ),
    ]
