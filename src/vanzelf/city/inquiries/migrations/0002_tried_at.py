"""When someone last went on with an inquiry."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("inquiries", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="inquiry",
            name="tried_at",
            field=models.DateTimeField(help_text="when someone last went on with it", null=True),
        ),
    ]
