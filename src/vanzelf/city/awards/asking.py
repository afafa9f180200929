"""Asking the sources for one person and household, as this installation is set up."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from django.conf import settings

from vanzelf.city import clock
from vanzelf.city.paths import city_folder
from vanzelf.sources import Endpoints, Household, gather, load_authorisations
from vanzelf.sources.lists import OwnList, load_folder

PURPOSE = "controle"


def ask(insz: str, on: date) -> Household:
    """What the sources say, with a reason for all they do not say.

    VANZELF_MAGDA_URL says where MAGDA is, VANZELF_AUTHORISATIONS on what ground it may be asked,
    VANZELF_LISTS where the city's own lists are (the city's folder when it has them). Raises
    EndpointError, DataError or ListError when the installation is not set up.
    """
    ground = os.environ.get("VANZELF_AUTHORISATIONS")
    return gather(
        insz,
        on,
        purpose=PURPOSE,
        authorisations=load_authorisations(Path(ground) if ground else None).all,
        endpoints=Endpoints.from_env(os.environ),
        lists=_lists(),
        now=clock.now(),
    )


def _lists() -> list[OwnList]:
    named = os.environ.get("VANZELF_LISTS")
    folder = Path(named) if named else city_folder() / "lists"
    if not (folder / "lists.yaml").exists():
        return []
    return load_folder(folder, allow_test=settings.VANZELF_DEMO)
