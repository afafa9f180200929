from django.db import migrations, models


class Migration(migrations.Migration):
    """A question whose award had ended already is closed as lapsed."""

    dependencies = [("rechecks", "0003_limit")]

    operations = [
        migrations.AlterField(
            model_name="question",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[
                    ("kept", "blijft zoals het is"),
                    ("ended", "toekenning beëindigd"),
                    ("lapsed", "vervallen: de toekenning was al beëindigd"),
                ],
                max_length=8,
            ),
        ),
    ]
