from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bulk", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="withdrawn_at",
            field=models.DateTimeField(null=True, help_text="nothing more is sent from then on"),
        ),
        migrations.AlterField(
            model_name="listfile",
            name="state",
            field=models.CharField(
                max_length=10,
                choices=[
                    ("planned", "klaar om te verzenden"),
                    ("uploaded", "opgeladen, nog niet vrijgegeven"),
                    ("sent", "verzonden"),
                    ("withdrawn", "teruggehouden"),
                ],
                default="planned",
            ),
        ),
    ]
