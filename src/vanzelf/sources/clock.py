"""Belgian time: that of MAGDA, of authorisations and of lists."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


def day_and_time(now: datetime) -> tuple[str, str]:
    """Datum and Tijd of a Tijdstip. Some services refuse milliseconds that are not zero."""
    if now.tzinfo is None:
        raise ValueError("the moment of asking needs a time zone")
    local = now.astimezone(BRUSSELS)
    return local.strftime("%Y-%m-%d"), local.strftime("%H:%M:%S.000")
