"""Values in words: amounts, dates, yes and no, in Dutch and English."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from vanzelf.feel import Unknown
from vanzelf.rights.facts import Catalogue
from vanzelf.rights.verdict import FactValue

_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}
WORDS = {
    "nl": {
        "true": "ja",
        "false": "nee",
        "null": "geen",
        "unknown": "niet gekend",
        "all": "Dit klopt allemaal:",
        "any": "Minstens een hiervan klopt:",
        "not": "Dit is niet zo:",
        "jaar": "per jaar",
        "maand": "per maand",
        "week": "per week",
        "dag": "per dag",
        "of": "van",
        "row": "bij",
        "member": "gezinslid",
        "unverified": "niet nagekeken",
        "from": "vanaf",
        "until": "tot en met",
        "amount unknown": "bedrag nog niet gekend",
        "any value": "maakt niet uit",
        "or": "of",
        "and": "en",
        "not a": "niet",
        "less": "minder dan",
        "at most": "hoogstens",
        "more": "meer dan",
        "at least": "minstens",
        "anything but": "niet",
        "table": "Tabel",
        "this row": "deze rij geldt",
        "row not known": "Het is nog niet gekend welke rij geldt.",
        "no row": "Geen rij geldt.",
        "more rows": "Meer dan één rij geldt, en er kan er maar één gelden: de tabel klopt niet.",
    },
    "en": {
        "true": "yes",
        "false": "no",
        "null": "none",
        "unknown": "not known",
        "all": "All of this holds:",
        "any": "At least one of these holds:",
        "not": "This is not so:",
        "jaar": "a year",
        "maand": "a month",
        "week": "a week",
        "dag": "a day",
        "of": "of",
        "row": "for",
        "member": "household member",
        "unverified": "not verified",
        "from": "from",
        "until": "until",
        "amount unknown": "amount not known yet",
        "any value": "any",
        "or": "or",
        "and": "and",
        "not a": "not",
        "less": "less than",
        "at most": "at most",
        "more": "more than",
        "at least": "at least",
        "anything but": "not",
        "table": "Table",
        "this row": "this row holds",
        "row not known": "It is not known yet which row holds.",
        "no row": "No row holds.",
        "more rows": "More than one row holds, and only one may: the table is wrong.",
    },
}


def day(value: date, language: str) -> str:
    """`15 januari 2026`."""
    return f"{value.day} {_MONTHS[language].split()[value.month - 1]} {value.year}"


def number(value: Decimal, language: str) -> str:
    """With a comma and points in Dutch; without needless zeros."""
    plain = format(value.normalize(), ",f")
    return plain.translate(str.maketrans(",.", ".,")) if language == "nl" else plain


def euros(value: Decimal, language: str) -> str:
    """`1.234,50 euro`; whole amounts without cents, more than two decimals are rounded."""
    cents = value.quantize(Decimal("0.01"))
    whole = cents == cents.to_integral_value()
    plain = format(cents.to_integral_value() if whole else cents, ",f")
    if language == "nl":
        return plain.translate(str.maketrans(",.", ".,")) + " euro"
    return f"€{plain}"


def capital(text: str) -> str:
    """With its first letter as a capital."""
    return text[:1].upper() + text[1:]


def per(period: str | None, language: str) -> str:
    """` per jaar`; nothing for a single sum."""
    return " " + WORDS[language][period] if period in WORDS[language] and period else ""


def typed(kind: str, period: str | None, value: object, language: str) -> str:
    """The value of a fact or a parameter of a declared type."""
    words = WORDS[language]
    if isinstance(value, Unknown):
        return words["unknown"]
    if value is None:
        return words["null"]
    if isinstance(value, bool):
        return words["true" if value else "false"]
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        forms: dict[str, Callable[[Decimal, str], str]] = {"money": euros}
        text = forms.get(kind, number)(value, language)
        return f"{text} %" if kind == "percentage" else text + per(period, language)
    return str(value)


def fact_value(catalogue: Catalogue, path: str, value: FactValue, language: str) -> str:
    fact = catalogue.at(path)
    return typed(fact.type, fact.per, value, language)


def fact_name(
    catalogue: Catalogue, path: str, language: str, people: dict[str, str] | None = None
) -> str:
    """`gezinslid 2: leefloon`; `people` gives names instead (`{"gezin.leden[2]": "Lore"}`)."""
    name = catalogue.at(path).names[language]
    owner, _, _ = path.rpartition(".")
    who = (people or {}).get(owner)
    if who is None and owner.endswith("]"):
        who = f"{WORDS[language]['member']} {owner[owner.rindex('[') + 1 : -1]}"
    return f"{who}: {name}" if who else name
