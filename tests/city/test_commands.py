"""`vanzelf run` and `vanzelf approve`, as one types them."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result

from tests.city.conftest import BAGS, Town
from vanzelf.city.awards.models import Award
from vanzelf.city.people.models import InszAlias
from vanzelf.city.runs.models import Run
from vanzelf.faces.cli.main import main


def typed(*words: object, answers: str = "") -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=answers)


def prepared(town: Town) -> Result:
    return typed("run", BAGS, "--on", "2026-01-15", "--city", town.folder)


def test_run_shows_its_preview_and_what_comes_next(committed_town: Town) -> None:
    result = prepared(committed_town)
    run = Run.objects.get()
    assert result.exit_code == 0, result.output
    assert f"yes {run.result['yes']:,}" in result.output
    assert f"vanzelf approve {run.pk} --by NAME" in result.output
    assert run.list_hash in result.output


def test_approval_awards_after_reading(committed_town: Town) -> None:
    prepared(committed_town)
    run = Run.objects.get()
    shown = typed(
        "approve", run.pk, "--by", "an.peeters", "--reader", "lies.maes", answers="y\n" * 8
    )
    assert shown.exit_code == 0, shown.output
    (list_hash,) = set(re.findall(r"[0-9a-f]{64}", shown.output))
    result = typed("approve", run.pk, "--by", "an.peeters", "--hash", list_hash)
    assert result.exit_code == 0, result.output
    assert Award.objects.count() == run.result["yes"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", "gent/onbestaand", "--on", "2026-01-15"), "there is no regulation"),
        (("run", "federaal/leefloon", "--on", "2026-01-15"), "enkel een advies"),
        (("run", BAGS, "--on", "2026-01-15", "--by", "niemand"), "is called 'niemand'"),
        (("run", BAGS, "--on", "2026-01-15", "--by", "sam.dewilde"), "may not do runs.prepare"),
        (("run", BAGS, "--on", "2026-01-15", "--resume"), "is unfinished"),
        (("run", BAGS, "--on", "15/01/2026"), "does not match the format"),
        (("approve", "99", "--by", "an.peeters"), "There is no run 99"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_mistake_is_said_in_one_line(
    committed_town: Town, words: tuple[str, ...], says: str
) -> None:
    result = typed(*words)
    assert result.exit_code != 0
    assert says in result.output
    assert "Traceback" not in result.output


def test_unread_dossier_stops_the_request(committed_town: Town) -> None:
    prepared(committed_town)
    run = Run.objects.get()
    result = typed("approve", run.pk, "--by", "an.peeters", "--reader", "lies.maes", answers="n\n")
    assert result.exit_code != 0
    assert "every dossier has been read" in result.output


def test_approval_by_the_preparer_is_refused(committed_town: Town) -> None:
    typed("run", BAGS, "--on", "2026-01-15", "--by", "fatma.yildiz")
    run = Run.objects.get()
    typed("approve", run.pk, "--by", "fatma.yildiz", "--reader", "lies.maes", answers="y\n" * 8)
    run.refresh_from_db()
    result = typed("approve", run.pk, "--by", "fatma.yildiz", "--hash", run.list_hash)
    assert result.exit_code != 0
    assert "iemand anders" in result.output
    assert not Award.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("run", BAGS, "--on", "2026-01-15", "--by", "lies.maes"),
        ("approve", "1", "--by", "an.peeters", "--reader", "lies.maes"),
        ("approve", "1", "--by", "an.peeters"),
    ],
    ids=" ".join,
)
def test_name_typed_in_a_shell_decides_nothing_about_real_people(
    committed_town: Town, words: tuple[str, ...]
) -> None:
    prepared(committed_town)
    InszAlias.objects.filter(pk=InszAlias.objects.first().pk).update(invented=False)
    result = typed(*words, answers="y\n" * 8)
    assert result.exit_code != 0
    assert "a shell does not" in result.output
    assert Run.objects.get().requested_by is None
