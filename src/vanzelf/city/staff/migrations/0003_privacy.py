# The role of who guards personal data.

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0002_alter_staffmember_roles"),
    ]

    operations = [
        migrations.AlterField(
            model_name="staffmember",
            name="roles",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("clerk", "baliemedewerker"),
                        ("preparer", "voorbereider"),
                        ("approver", "goedkeurder"),
                        ("policy", "beleidsmedewerker"),
                        ("privacy", "gegevensbescherming"),
                    ],
                    max_length=20,
                ),
                size=None,
            ),
        ),
    ]
