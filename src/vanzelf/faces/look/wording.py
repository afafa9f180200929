"""Amounts, numbers and days as people write them, in Dutch or in English."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import gettext, gettext_noop

from vanzelf.city import clock
from vanzelf.faces.look.language import current

MILLION = 100_000_000  # cents
NARROW = "\u00a0"  # keeps "€" and its figure on one line


def number(value: int | Decimal, decimals: int = 0) -> str:
    """1234567 → 1.234.567; in English 1,234,567."""
    text = f"{value:,.{decimals}f}"
    return text if current() == "en" else text.translate(str.maketrans(",.", ".,"))


def signed(value: int) -> str:
    """A difference: + 1.486, − 375 (with a true minus), 0."""
    sign = {True: "+" + NARROW, False: "−" + NARROW}[value > 0] if value else ""
    return sign + number(abs(value))


def euro(cents: int) -> str:
    """Euro cents as money: 123450 → € 1.234,50; whole euros without decimals."""
    whole = cents % 100 == 0
    text = number(Decimal(abs(cents)) / 100, 0 if whole else 2)
    space = "" if current() == "en" else NARROW
    return f"{'−' + NARROW if cents < 0 else ''}€{space}{text}"


def euro_short(cents: int) -> str:
    """A large sum that need not be exact: € 1,83 mln; below a million as it is, without cents."""
    if abs(cents) < MILLION:
        return euro(round(cents, -2))
    return gettext("€ %(millions)s mln") % {"millions": _millions(cents)}


def euro_range(low: int, high: int) -> str:
    """From … to …: € 1,83 – 1,90 mln; the unit once where both are in millions."""
    if low < MILLION:
        return f"{euro_short(low)} – {euro_short(high)}"
    figures = f"{_millions(low)}{NARROW}–{NARROW}{_millions(high)}"
    return gettext("€ %(millions)s mln") % {"millions": figures}


def _millions(cents: int) -> str:
    return number(Decimal(cents) / MILLION, 2)


def day(value: date | datetime) -> str:
    """12 januari; with the year when it is not this year's."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    this_year = local.year == clock.today().year
    return formats.date_format(local, "j F" if this_year else "j F Y")


def day_and_year(value: date) -> str:
    """12 januari 2026, for what is kept."""
    return formats.date_format(value, "j F Y")


def moment(value: datetime) -> str:
    """12 januari, 02.14 uur."""
    local = timezone.localtime(value)
    time = local.strftime("%H:%M" if current() == "en" else "%H.%M")
    return gettext("%(day)s, %(time)s") % {"day": day(value), "time": time}


PER = {
    "jaar": gettext_noop("per year"),
    "maand": gettext_noop("per month"),
    "week": gettext_noop("per week"),
    "dag": gettext_noop("per day"),
    "kalenderjaar": gettext_noop("calendar year"),
    "kwartaal": gettext_noop("quarter"),
    "schooljaar": gettext_noop("school year"),
    "toekenningsjaar": gettext_noop("award year (October to September)"),
    "eenmalig": gettext_noop("once, and not again"),
}


def quantity(value: object, kind: str, per: str | None = None) -> str:
    """A parameter's value in words; `kind` is money (euros), percentage, number, text or date."""
    if isinstance(value, date):
        return day(value)
    if not isinstance(value, Decimal):
        return gettext("not known") if not isinstance(value, str) else value
    if kind == "money":
        text = euro(int((value * 100).to_integral_value()))
    else:
        places = max(0, -int(value.normalize().as_tuple().exponent))
        text = number(value, places) + (f"{NARROW}%" if kind == "percentage" else "")
    return f"{text} {gettext(PER[per])}" if per in PER else text
