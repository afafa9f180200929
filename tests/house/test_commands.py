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
