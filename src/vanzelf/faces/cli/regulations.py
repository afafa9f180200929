"""The regulations that a command works with, and its options that have to do with them."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

from vanzelf.rights import Regulation, RegulationError, Regulations, beside_shipped, load
from vanzelf.sources.clock import BRUSSELS

SETTING = "VANZELF_REGULATIONS"
"""A city's own folders beside the shipped regulations, separated as in PATH."""
_Command = TypeVar("_Command", bound=Callable[..., Any])


def at_hand(*folders: str, cases: bool = False) -> Regulations:
    """The regulations in these folders; without any, the shipped ones and the city's own."""
    own = beside_shipped(os.environ.get(SETTING, ""))
    try:
        return load(*(folders or own), cases=cases)
    except RegulationError as error:
        raise click.ClickException(str(error)) from None


def one(name: str) -> tuple[Regulations, Regulation]:
    """The regulation with that id; its last part will do when no other ends in it."""
    regulations = at_hand()
    found = [name] if name in regulations else [
        known for known in regulations if known.rpartition("/")[2] == name
    ]  # fmt: skip
    if len(found) != 1:
        known = "\n  ".join(regulations)
        raise click.BadParameter(f"there is no regulation {name!r}. There are:\n  {known}")
    return regulations, regulations[found[0]]


def print_sources(right: Regulation) -> None:
    """The legal sources that lines refer to by their key."""
    for law in right.content.law.values():
        click.echo(f"  [{law.key}] {law.title}\n    {law.link}")


def language_option(command: _Command) -> _Command:
    choice = click.Choice(["nl", "en"])
    return click.option("--language", type=choice, default="nl", show_default=True)(command)


def day_option(command: _Command) -> _Command:
    kind = click.DateTime(["%Y-%m-%d"])
    return click.option("--on", type=kind, help="Day of the check; default: today.")(command)


def day(on: datetime | None) -> date:
    """The day that was asked for, or today in Belgium."""
    return (on or datetime.now(BRUSSELS)).date()
