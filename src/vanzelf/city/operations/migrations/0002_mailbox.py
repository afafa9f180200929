from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="probe",
            name="arrived",
            field=models.PositiveIntegerField(null=True, help_text="files that wait there for us"),
        ),
        migrations.AddField(
            model_name="probe",
            name="untaken",
            field=models.PositiveIntegerField(null=True, help_text="files of ours, not yet taken"),
        ),
    ]
