"""The account of what was taken away; and a role that may take away, put on for that work only.

The access log gives up nothing younger than ten years, by the clock of the database itself,
whatever the terms in the data file say, and to this role alone.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

ROLE = "vanzelf_retention"
CHANGED = {
    "verdicts_explanation": "sealed, key_id",
    "people_fact": "sealed, key_id, reason",
    "people_person": "first_name, last_name, birth_date, deceased",
    "people_household": "street, number, postcode, register_number, delivered",
    "awards_latestverdict": "advice_id",
    "rechecks_question": "award_id",
}
RIGHTS = f"""
GRANT USAGE ON SCHEMA public TO {ROLE};
GRANT SELECT, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, DELETE ON TABLES TO {ROLE};
""" + "".join(
    f"GRANT UPDATE ({columns}) ON {table} TO {ROLE};\n" for table, columns in CHANGED.items()
)
NO_RIGHTS = f"""
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT, DELETE ON TABLES FROM {ROLE};
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {ROLE};
"""
ACCOUNT = f"""
REVOKE UPDATE, DELETE, TRUNCATE ON retention_sweep FROM vanzelf_app;
REVOKE DELETE ON retention_sweep FROM {ROLE};
"""
# A statement by anyone else is refused before it begins; of this role row by row.
TABLES = ("access_look", "access_looksubject")
KEEPS = """
CREATE FUNCTION refuse_younger_than_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz;
BEGIN
    IF TG_TABLE_NAME = 'access_look' THEN
        moment := OLD.at;
    ELSE
        SELECT at INTO moment FROM access_look WHERE id = OLD.look_id;
    END IF;
    IF moment >= now() - interval '10 years' THEN
        RAISE EXCEPTION 'table % keeps each line ten years: DELETE is refused', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
"""
LOG = f"""
DROP TRIGGER append_only ON {{table}};
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON {{table}}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER only_retention BEFORE DELETE ON {{table}}
    FOR EACH STATEMENT WHEN (current_user <> '{ROLE}') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ten_years BEFORE DELETE ON {{table}}
    FOR EACH ROW EXECUTE FUNCTION refuse_younger_than_term();
"""
LOG_AS_BEFORE = """
DROP TRIGGER ten_years ON {table};
DROP TRIGGER only_retention ON {table};
DROP TRIGGER append_only ON {table};
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = [
        ("access", "0003_about"),
        ("awards", "0004_mark"),
        ("people", "0005_delivered"),
        ("rechecks", "0002_kept"),
        ("verdicts", "0002_members"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Sweep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "data_class",
                    models.CharField(blank=True, help_text="id in retention.yaml", max_length=40),
                ),
                (
                    "taken",
                    models.PositiveBigIntegerField(help_text="rows, values or files that went"),
                ),
                (
                    "past",
                    models.PositiveBigIntegerField(
                        help_text="that are past their term still, and should go"
                    ),
                ),
                (
                    "keys",
                    models.PositiveIntegerField(
                        default=0, help_text="keys of past days that were destroyed"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["-at"], name="retention_sweep_at")]},
        ),
        migrations.RunSQL(RIGHTS, NO_RIGHTS),
        migrations.RunSQL(ACCOUNT, migrations.RunSQL.noop),
        migrations.RunSQL(KEEPS, "DROP FUNCTION refuse_younger_than_term()"),
        *(
            migrations.RunSQL(LOG.format(table=table), LOG_AS_BEFORE.format(table=table))
            for table in TABLES
        ),
    ]
