"""Names of files: `<prefix>_<yyyyMMddHHmmssSSS>.xml`, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, islice

from vanzelf.sources.clock import BRUSSELS

LIST = "gssvl"
"""GeefSociaalStatuutVoorLijst, out and back."""

MUTATIONS = "pmss"
"""PubliceerMutatieSocialeStatuten. Inferred: no file of this service was seen."""

FEEDBACK = "pfss"
"""PubliceerFeedbackSocialeStatuten. Inferred: no file of this service was seen."""

_NAME = re.compile(r"(?P<prefix>[a-z]+)_(?P<moment>[0-9]{17})\.xml")
_STEP = timedelta(milliseconds=1)
_FORM = "%Y%m%d%H%M%S%f"


def file_names(prefix: str, at: datetime, number: int, after: str = "") -> list[str]:
    """So many names from this moment on, a millisecond apart, all later than the name `after`.

    The clock of a name is that of Belgium, which goes back once a year: `after` keeps names apart
    all the same.
    """
    first = at.astimezone(BRUSSELS).replace(tzinfo=None)
    last = _NAME.fullmatch(after)
    if last:
        first = max(first, datetime.strptime(last["moment"] + "000", _FORM) + _STEP)  # noqa: DTZ007
    return list(islice(_names(prefix, first), number))


def prefix_of(name: str) -> str | None:
    """The prefix of a whole file; None for a name of another form, such as one under way."""
    found = _NAME.fullmatch(name)
    return found["prefix"] if found else None


def _names(prefix: str, first: datetime) -> Iterator[str]:
    for step in count():
        yield f"{prefix}_{(first + step * _STEP).strftime(_FORM)[:17]}.xml"
