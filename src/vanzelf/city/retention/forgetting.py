"""Raw values past their term: emptied, or sealed anew where the decision they belong to came later.

Which row is past is read from the name of its key, the day with which it ends. Only then is looked
whether the value is still needed: a decision, a raise or an answer that came after the check has
an appeal term of its own.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from django.db import connection

from vanzelf.city import clock, secrets
from vanzelf.city.retention.role import taking_away
from vanzelf.city.retention.rows import BATCH, Found
from vanzelf.city.retention.values import longest, until
from vanzelf.city.secrets.expiring import PREFIX, ends, key_id, last_days
from vanzelf.city.secrets.keyring import keyring

OVER = "t.sealed IS NOT NULL AND (t.key_id < %(today)s OR t.key_id NOT LIKE %(ends)s)"
LOOK = "SELECT count(*), min(t.key_id) FROM {table} t WHERE t.sealed IS NOT NULL"
# The last moment at which this was decided, or else looked at; an open question or a run that is
# not approved yet will still be decided.
EXPLANATIONS = f"""
SELECT t.id, t.key_id, t.sealed, t.data->>'regulation', greatest(
    (SELECT max(greatest(a.known_from, a.known_until)) FROM awards_award a
     WHERE a.explanation_id = t.id),
    (SELECT max(greatest(c.at, d.at)) FROM awards_advice v
     JOIN awards_pointcheck c ON c.id = v.check_ref_id
     LEFT JOIN awards_decision d ON d.advice_id = v.id WHERE v.explanation_id = t.id),
    (SELECT max(l.at) FROM awards_latestverdict l WHERE l.explanation_id = t.id),
    (SELECT max(coalesce(q.closed_at, s.created_at, w.withdrawn_at, %(now)s))
     FROM rechecks_question q JOIN runs_run w ON w.id = q.run_id
     LEFT JOIN runs_run s ON s.id = q.superseded_by_id WHERE q.explanation_id = t.id),
    (SELECT max(CASE WHEN r.state IN ('evaluating', 'preview', 'requested', 'approved', 'awarding')
                     THEN %(now)s ELSE r.created_at END)
     FROM runs_runverdict v JOIN runs_run r ON r.id = v.run_id WHERE v.explanation_id = t.id))
FROM verdicts_explanation t WHERE {OVER} LIMIT %(limit)s
"""  # noqa: S608 - put together from constants
FACTS = f"""
SELECT t.id, t.key_id, t.sealed, NULL, t.known_from
FROM people_fact t WHERE {OVER} LIMIT %(limit)s
"""  # noqa: S608
CHANGE_EXPLANATION = """
UPDATE verdicts_explanation SET sealed = %(box)s, key_id = %(key)s WHERE id = %(row)s
"""
CHANGE_FACT = """
UPDATE people_fact SET sealed = %(box)s, key_id = %(key)s,
    reason = CASE WHEN %(box)s::bytea IS NULL THEN 'forgotten' ELSE reason END
WHERE id = %(row)s
"""
KEYS = """
SELECT key_id, count(*) FROM (
    SELECT key_id FROM verdicts_explanation WHERE sealed IS NOT NULL
    UNION ALL SELECT key_id FROM people_fact WHERE sealed IS NOT NULL) held
GROUP BY key_id
"""


class Value(NamedTuple):
    """A sealed value whose key ended: of which right, and when that was last decided or asked."""

    row: int
    key_id: str
    ciphertext: bytes
    right: str | None
    decided: datetime | None


class _Values:
    table: str
    column: str
    over: str
    change: str

    def look(self, before: datetime) -> Found:
        """How many values are sealed, the first day after which one goes, and how many should."""
        today = clock.today()
        with connection.cursor() as cursor:
            cursor.execute(LOOK.format(table=self.table))
            count, first = cursor.fetchone()
        past = sum(self._kept_until(value) < today for value in self._over(None))
        day = ends(first) if first else None
        moment = datetime.combine(day, time(), clock.GHENT) if day else None
        return Found(f"{self.table}.sealed", count, moment, past)

    def take(self, before: datetime, limit: int = BATCH) -> int:
        """Empties at most so many values, or seals them until the term of what came later ends."""
        over = self._over(limit)
        if over:
            with taking_away() as cursor:
                cursor.executemany(self.change, [self._new(value) for value in over])
        return len(over)

    def _over(self, limit: int | None) -> list[Value]:
        today, now = key_id(clock.today()), clock.now()
        values: dict[str, str | datetime | int | None] = {
            "today": today,
            "ends": f"{PREFIX}%",
            "now": now,
            "limit": limit,
        }
        with connection.cursor() as cursor:
            cursor.execute(self.over, values)
            return [Value(*row) for row in cursor.fetchall()]

    def _new(self, value: Value) -> dict[str, bytes | str | int | None]:
        kept = self._kept_until(value)
        again = self._sealed_again(value, kept) if kept >= clock.today() else None
        box, key = (again.ciphertext, again.key_id) if again else (None, "")
        return {"box": box, "key": key, "row": value.row}

    def _sealed_again(self, value: Value, kept: date) -> secrets.Sealed | None:
        """None when its key is gone, as in a copy of the database that was put back."""
        sealed = secrets.Sealed(value.key_id, bytes(value.ciphertext))
        try:
            text = secrets.open_sealed(sealed, table=self.table, column=self.column, row=value.row)
        except secrets.ForgottenError:
            return None
        return secrets.seal(text, table=self.table, column=self.column, row=value.row, until=kept)

    def _kept_until(self, value: Value) -> date:
        if value.decided is None:
            return date.min
        day = value.decided.astimezone(clock.GHENT).date()
        return until(value.right, day) if value.right else longest(day)


class ExplanationValues(_Values):
    """Of decisions, in their explanation."""

    table, column = "verdicts_explanation", "sealed"
    over, change = EXPLANATIONS, CHANGE_EXPLANATION


class FactValues(_Values):
    """Of facts, as a source or a resident gave them."""

    table, column = "people_fact", "value"
    over, change = FACTS, CHANGE_FACT


def missing_keys() -> dict[str, int]:
    """How many values are sealed with a key that should be here still and is not, by its name."""
    there = {key_id(day) for day in last_days()} | keyring().seal.keys()
    with connection.cursor() as cursor:
        cursor.execute(KEYS)
        held = dict(cursor.fetchall())
    due = key_id(clock.today())
    return {
        key: count
        for key, count in held.items()
        if key not in there and (ends(key) is None or key >= due)
    }


def first_key_in_use() -> date | None:
    """The earliest last day of a key that still seals something; None when none does."""
    with connection.cursor() as cursor:
        cursor.execute(KEYS)
        return min(filter(None, (ends(key) for key, _ in cursor.fetchall())), default=None)
