"""Asking the sources from the command line: the settings, and what they mean."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from vanzelf.rights import Regulation
from vanzelf.sources import EndpointError, Endpoints, Household, load_authorisations
from vanzelf.sources.clock import BRUSSELS
from vanzelf.sources.data import DataError
from vanzelf.sources.insz import InszError, parse
from vanzelf.sources.lists import ListError, OwnList, load_folder
from vanzelf.sources.means import Means
from vanzelf.sources.planning.stages import REGISTER
from vanzelf.sources.types import Why

_WHY = {
    Why.SETTLED: "the verdict stands without",
    Why.BY_FAMILY: "told by the answer about the family",
    Why.CANNOT_CHANGE: "no answer could settle it",
}

_OPTIONS = (
    click.option(
        "--purpose", default="controle", show_default=True, help="What the facts are for."
    ),
    click.option(
        "--authorisations",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        envvar="VANZELF_AUTHORISATIONS",
        help="The authority's own authorisations.yaml; default: the invented ones for the demo.",
    ),
    click.option(
        "--lists",
        "lists_folder",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        envvar="VANZELF_LISTS",
        help="Folder with the city's own lists and lists.yaml.",
    ),
    click.option(
        "--test-numbers/--no-test-numbers",
        envvar="VANZELF_TEST_NUMBERS",
        default=None,
        help="Take numbers of invented persons; default: when MAGDA is a stand-in on this machine.",
    ),
)


@dataclass(frozen=True, slots=True)
class Asking:
    """For what, on what ground and of whom a command may ask."""

    purpose: str
    authorisations: Path | None
    lists_folder: Path | None
    test_numbers: bool | None

    def household(
        self,
        insz: str,
        on: date | None,
        facts: Collection[str] | None = None,
        *,
        everyone: bool = True,
        right: Regulation | None = None,
        checked_on: date | None = None,
    ) -> Household:
        """What the sources say of the person (and of `everyone` they live with).

        With a `right`, checked on a day, only what can still change its verdict is asked. Raises
        click's own errors for what was typed or is not set up.
        """
        now = datetime.now(BRUSSELS)
        try:
            endpoints = Endpoints.from_env(os.environ)
            endpoints.check()
            allow_test = endpoints.loopback if self.test_numbers is None else self.test_numbers
            number = parse(insz, allow_test).number
            ground = load_authorisations(self.authorisations)
            means = Means(self.purpose, ground.all, endpoints, self._lists(allow_test))
            return means.ask(
                number,
                on or now.date(),
                now=now,
                facts=facts,
                everyone=everyone,
                rights=None if right is None else [right],
                checked_on=checked_on,
            )
        except InszError as error:
            raise click.BadParameter(str(error), param_hint="INSZ") from None
        except (EndpointError, DataError, ListError) as error:
            raise click.UsageError(str(error)) from None

    def tell_refused(self, household: Household) -> None:
        """Say on standard error what was not asked, and which purposes there are."""
        if household.refused:
            known = ", ".join(load_authorisations(self.authorisations).purposes)
            click.echo(
                f'Not asked: no authorisation of today covers it for the purpose "{self.purpose}"'
                f" (there are: {known}): {'; '.join(household.refused)}",
                err=True,
            )

    def tell_not_needed(self, household: Household) -> None:
        """Say on standard error which questions did not leave because they were not needed."""
        if not household.not_asked:
            return
        sent = len(facts_asked(household))
        left = len({(one.insz, one.fact) for one in household.not_asked})
        click.echo(f"Asked {sent} facts outside the city, and left out {left}:", err=True)
        for why, text in _WHY.items():
            names = Counter(one.fact for one in household.not_asked if one.why is why)
            if names:
                listed = ", ".join(
                    f"{name} ({times} persons)" if times > 1 else name
                    for name, times in names.items()
                )
                click.echo(f"  {text}: {listed}", err=True)

    def _lists(self, allow_test: bool) -> list[OwnList]:
        return load_folder(self.lists_folder, allow_test=allow_test) if self.lists_folder else []


def facts_asked(household: Household) -> set[tuple[str, str]]:
    """Every (person, fact) that was asked outside the city, besides who and where someone is."""
    return {
        (question.insz, fact)
        for question in household.questions
        if question.service not in REGISTER
        for fact in question.facts
    }


def asking_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how the sources are asked, handed on as one `asking`."""

    @wraps(command)
    def with_asking(
        *,
        purpose: str,
        authorisations: Path | None,
        lists_folder: Path | None,
        test_numbers: bool | None,
        **others: Any,
    ) -> Any:
        asking = Asking(purpose, authorisations, lists_folder, test_numbers)
        return command(asking=asking, **others)

    for option in reversed(_OPTIONS):
        option(with_asking)
    return with_asking
