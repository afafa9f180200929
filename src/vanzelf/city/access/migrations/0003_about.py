"""Whom a look was about, and of which person each fact is: the others see only their own."""

from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0002_append_only"), ("people", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField(
            "look",
            "about",
            models.ForeignKey(
                to="people.person",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                help_text="whom was asked about: only they see who looked and why",
            ),
        ),
        migrations.AddField(
            "looksubject",
            "facts",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200),
                default=list,
                db_default=[],
                size=None,
                help_text="of the look's facts, those of this person, when another was asked about",
            ),
        ),
    ]
