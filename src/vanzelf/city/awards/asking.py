"""Asking the sources for one person and household, as this installation is set up."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from vanzelf.city import clock
from vanzelf.city.lawfulness.domain import keep_questions
from vanzelf.city.lawfulness.queries import in_force
from vanzelf.city.lists.queries import current
from vanzelf.rights import Regulation
from vanzelf.sources import Endpoints, Household
from vanzelf.sources.means import Means
from vanzelf.sources.waiting import Abandoned

PURPOSE = "controle"
BASIS = frozenset({"geboortedatum", "overleden", "gemeente", "postcode"})
"""Whom it is about and where they live: asked for every right."""


def ask_for(asked: Sequence[Regulation], insz: str, on: date) -> dict[date, Household]:
    """What the sources say, for each day on which these rights look at the facts.

    Of each day only what can still change the verdict of a right of that day is asked, until all
    of them stand. A right that looks at 1 January is not answered with how things stand today.
    """
    days: defaultdict[date, list[Regulation]] = defaultdict(list)
    for regulation in asked:
        days[regulation.reference_date(on)].append(regulation)
    return {day: _ask(insz, day, days[day], on) for day in sorted(days)}


def _ask(insz: str, day: date, rights: Sequence[Regulation], checked_on: date) -> Household:
    """What the sources say of one day, with a reason for all they do not say.

    VANZELF_MAGDA_URL says where MAGDA is, `city.lawfulness` on what ground it may be asked,
    `city.lists` which of the city's own lists are in use. The questions that left are written
    down. Raises EndpointError, DataError or ListError when the installation is not set up.
    """
    means = Means(
        purpose=PURPOSE,
        authorisations=in_force().all,
        endpoints=Endpoints.from_env(os.environ),
        lists=current(day),
    )
    try:
        found = means.ask(
            insz, day, now=clock.now(), facts=BASIS, rights=rights, checked_on=checked_on
        )
    except Abandoned as error:
        keep_questions(error.asked)
        raise
    keep_questions(found.questions)
    return found
