"""Every command says what it does."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from vanzelf.faces.cli.main import main

PROMISED = {"check", "facts", "run", "approve", "explain", "test", "serve", "demo", "magda-standin"}


def commands() -> list[str]:
    return sorted(main.list_commands(None))  # type: ignore[arg-type]  # no context is needed to list


def test_help_names_every_promised_command() -> None:
    assert set(commands()) >= PROMISED


@pytest.mark.parametrize("name", commands())
def test_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    summary = result.output.split("\n\n")[1].strip()
    assert len(summary) > 15


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["serve", "--port", "99999"], "not in the range"),
        (["demo", "--port", "0"], "not in the range"),
        (["run", "nosuch", "--on", "2026-01-01"], "gent/huisvuilzakken"),
        (["run", "huisvuilzakken", "--on", "2026-02-30"], "--on"),
        (["explain", "nosuch"], "gent/huisvuilzakken"),
        (["magda-standin", "--answers", ".", "--delay", "-1"], "--delay"),
    ],
)
def test_command_typed_wrong_is_told_in_one_message(arguments: list[str], says: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert says in result.output
    assert "Traceback" not in result.output
