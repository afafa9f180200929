"""`vanzelf`: one command per file in this folder, imported only when it is called."""

from __future__ import annotations

import importlib
import pkgutil

import click

import vanzelf
from vanzelf.faces.cli import commands


class LazyGroup(click.Group):
    """A module `commands/magda_standin.py` with a `command` becomes `vanzelf magda-standin`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = (module.name for module in pkgutil.iter_modules(commands.__path__))
        return sorted(name.replace("_", "-") for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(vanzelf.__version__, prog_name="vanzelf")
def main() -> None:
    """Rights that come by themselves: check, award and explain what people are entitled to."""
