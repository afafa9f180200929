"""Asking the sources for one person and household, as this installation is set up."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from vanzelf.city import clock
from vanzelf.city.lists.queries import current
from vanzelf.rights import Regulation
from vanzelf.sources import Endpoints, Household, gather, load_authorisations

PURPOSE = "controle"
BASIS = frozenset({"geboortedatum", "overleden", "gemeente", "postcode"})
"""Whom it is about and where they live: asked for every right."""


def ask_for(asked: Sequence[Regulation], insz: str, on: date) -> dict[date, Household]:
    """What the sources say, for each day on which these rights look at the facts.

    Of each day only the facts are asked that the rights of that day need. A right that looks at
    1 January is not answered with how things stand today.
    """
    days: defaultdict[date, set[str]] = defaultdict(set)
    for regulation in asked:
        needed = {path.rpartition(".")[2] for path in regulation.needed}
        days[regulation.reference_date(on)] |= needed
    return {day: ask(insz, day, facts=days[day] | BASIS) for day in sorted(days)}


def ask(insz: str, on: date, *, facts: Collection[str] | None = None) -> Household:
    """What the sources say, with a reason for all they do not say.

    VANZELF_MAGDA_URL says where MAGDA is, VANZELF_AUTHORISATIONS on what ground it may be asked,
    `city.lists` which of the city's own lists are in use. Raises EndpointError, DataError or
    ListError when the installation is not set up.
    """
    ground = os.environ.get("VANZELF_AUTHORISATIONS")
    return gather(
        insz,
        on,
        purpose=PURPOSE,
        authorisations=load_authorisations(Path(ground) if ground else None).all,
        endpoints=Endpoints.from_env(os.environ),
        lists=current(on),
        now=clock.now(),
        facts=facts,
    )
