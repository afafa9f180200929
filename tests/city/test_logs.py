"""What is logged is listed: nothing personal gets through, whichever way it tries."""

from __future__ import annotations

import ast
import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from django.db import connection, transaction
from django.db.utils import DatabaseError

import vanzelf
from tests.city.conftest import REASON, Desk
from vanzelf.city.awards.models import Advice
from vanzelf.city.checks import domain, work
from vanzelf.city.checks.models import CheckRequest, State
from vanzelf.city.database.server import DatabaseError as NoDatabase
from vanzelf.city.operations.logs import FIELDS, formatter
from vanzelf.synthetic import cast

SOURCE = Path(vanzelf.__file__).parent
CANARY = "Kanarievogel"
NUMBER = next(iter(cast())).insz


@pytest.fixture
def lines() -> Iterator[Written]:
    """Everything that is logged, at every level, as the site writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield Written(stream)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@dataclass
class Written:
    """The lines that were written so far."""

    stream: io.StringIO

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def last(self) -> dict[str, Any]:
        line: dict[str, Any] = json.loads(self.text.splitlines()[-1])
        return line


def test_line_has_the_template_and_only_fields_that_are_listed(lines: Written) -> None:
    log = logging.getLogger("vanzelf.test")
    log.info("a check came to nothing", extra={"request": 7, "problem": "busy", "person": CANARY})
    line = lines.last
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "info",
        "logger": "vanzelf.test",
        "event": "a check came to nothing",
        "request": 7,
        "problem": "busy",
    }


@pytest.mark.parametrize("logger", ["vanzelf.test", "django.request", "elsewhere"])
def test_what_would_be_filled_in_is_left_out(logger: str, lines: Written) -> None:
    logging.getLogger(logger).warning("Not Found: %s", CANARY)
    assert lines.last["event"] == "Not Found: %s"
    assert CANARY not in lines.text


def test_text_that_another_package_made_up_is_left_out(lines: Written) -> None:
    logging.getLogger("elsewhere").warning(f"Starting for {CANARY}")
    assert lines.last["event"].startswith("(text left out: test_logs.py:")


@pytest.mark.parametrize(
    "value",
    [NUMBER, int(NUMBER), f"{NUMBER[:6]}-{NUMBER[6:9]}.{NUMBER[9:]}", "Jan Peeters", "Kwam langs."],
)
def test_field_that_is_listed_takes_only_codes_and_measures(value: object, lines: Written) -> None:
    logging.getLogger("vanzelf.test").info("x", extra={"state": value})
    assert "state" not in lines.last


@pytest.mark.parametrize("value", [True, 3, 0.5, "asking", "counter:advice", "magda/GeefPersoon"])
def test_codes_and_measures_stand_in_the_line(value: object, lines: Written) -> None:
    logging.getLogger("vanzelf.test").info("x", extra={"state": value})
    assert lines.last["state"] == value


def test_error_is_told_by_kind_and_place_without_its_text(lines: Written) -> None:
    try:
        try:
            raise ValueError(CANARY)
        except ValueError as first:
            raise KeyError(CANARY) from first
    except KeyError:
        logging.getLogger("vanzelf.test").exception("it broke")
    errors = lines.last["errors"]
    assert [error["kind"] for error in errors] == ["builtins.KeyError", "builtins.ValueError"]
    assert errors[0]["at"][0].startswith("test_logs.py:")
    assert CANARY not in lines.text


def test_error_of_the_installation_says_what_is_wrong(lines: Written) -> None:
    try:
        raise NoDatabase("DATABASE_URL cannot be reached")
    except NoDatabase:
        logging.getLogger("vanzelf.test").exception("it broke")
    assert lines.last["errors"][0]["says"] == "DATABASE_URL cannot be reached"


def test_error_that_an_attacker_names_alike_is_not_quoted(lines: Written) -> None:
    try:
        raise type("DatabaseError", (Exception,), {"__module__": "elsewhere"})(CANARY)
    except Exception:
        logging.getLogger("vanzelf.test").exception("it broke")
    assert CANARY not in lines.text


def test_bound_logger_is_held_to_the_same(lines: Written) -> None:
    structlog.get_logger("vanzelf.test").info("bound", run=3, person=CANARY)
    assert (lines.last["event"], lines.last["run"]) == ("bound", 3)
    assert CANARY not in lines.text


def test_refusal_of_the_database_quotes_no_value(lines: Written, db: None) -> None:
    with (
        pytest.raises(DatabaseError, match=CANARY) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT %s::int", [CANARY])
    logging.getLogger("vanzelf.test").error("refused", exc_info=refused.value)
    assert lines.last["errors"]
    assert CANARY not in lines.text


def test_check_and_its_failure_log_nothing_personal(
    desk: Desk, lines: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every level of every package, while someone is checked through real messages."""
    reason = f"{REASON} {CANARY} wacht."
    ask = {"insz": NUMBER, "on": work.clock.today(), "by": desk.town.clerk, "reason": reason}
    request = work.answer(domain.ask(**ask, queue=False).pk)
    assert request.state == State.DONE
    monkeypatch.setattr(Advice.objects, "create", _fail)
    failing = domain.ask(**ask, queue=False)
    with pytest.raises(RuntimeError):
        work.answer(failing.pk)
    logging.getLogger("vanzelf.test").error("x", exc_info=RuntimeError(CANARY))
    person = request.check_ref.person
    household = request.check_ref.household
    personal = {NUMBER, CANARY, person.last_name, household.street, desk.town.clerk.name}
    assert {one for one in personal if one and one in lines.text} == set()
    assert CheckRequest.objects.get(pk=failing.pk).problem == "error"


def _fail(**values: object) -> None:
    raise RuntimeError(f"{CANARY}: {values}")


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "logger"))):
                    yield f"{path.relative_to(SOURCE)}:{node.lineno}", node


def test_our_own_calls_log_templates_and_listed_fields() -> None:
    wrong = []
    for place, call in calls():
        first = call.args[0] if call.args else None
        constant = isinstance(first, ast.Constant) and isinstance(first.value, str)
        extra = [word.value for word in call.keywords if word.arg == "extra"]
        names = {
            key.value if isinstance(key, ast.Constant) else "?"
            for one in extra
            for key in getattr(one, "keys", [None])
        }
        if not constant or len(call.args) > 1 or not names <= FIELDS:
            wrong.append(place)
    assert wrong == []
