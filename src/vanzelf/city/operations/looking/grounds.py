"""Which authorisations run out, and is there any?"""

from __future__ import annotations

from collections.abc import Iterator

from vanzelf.city import clock
from vanzelf.city.lawfulness.queries import in_force
from vanzelf.city.operations.finding import Area, Finding, Level
from vanzelf.sources.data import DataError
from vanzelf.sources.lawfulness import State, expiring, state


def findings() -> Iterator[Finding]:
    try:
        found = in_force().all
    except DataError as error:
        yield Finding(Area.GROUNDS, "unreadable", Level.BROKEN, {"why": str(error)})
        return
    today = clock.today()
    valid = [one for one in found if one.valid(today)]
    if not valid:
        yield Finding(Area.GROUNDS, "none", Level.BROKEN)
        return
    yield Finding(Area.GROUNDS, "valid", values={"count": len(valid)})
    for expiry in expiring(found, today):
        yield Finding(
            Area.GROUNDS,
            "ends",
            Level.SOON,
            {
                "reference": expiry.authorisation.reference,
                "ends": expiry.authorisation.valid_until,
                "days": expiry.days,
            },
        )
    for one in found:
        if state(one, today) is State.EXPIRED:
            values = {"reference": one.reference, "ends": one.valid_until}
            yield Finding(Area.GROUNDS, "ended", Level.SOON, values)
